"""Addresses of accounts; what is not here is allauth's."""

from django.urls import path

from . import views

urlpatterns = [
    path("accounts/", views.show_account, name="account"),
    path("accounts/login/", views.LoginView.as_view(), name="account_login"),
    path("accounts/signup/", views.SignupView.as_view(), name="account_signup"),
    path("accounts/phone/change/", views.change_own_phone, name="account_change_phone"),
    path("accounts/sessions/", views.SessionsView.as_view(), name="usersessions_list"),
    path("desk/tokens/", views.show_tokens, name="tokens"),
    path("desk/tokens/<int:pk>/end/", views.end_own_token, name="end_token"),
    path("cms/login/", views.enter_editor, name="wagtailadmin_login"),
]
