"""Addresses of the inbox."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/inbox/", views.show_inbox, name="inbox"),
    path("desk/inbox/<int:pk>/", views.show_message, name="message"),
]
