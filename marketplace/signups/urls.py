"""Addresses of sign-ups: the shift's public page, one's own activities, who comes."""

from django.urls import path

from . import group_views, views

urlpatterns = [
    path("shifts/<int:pk>/", views.show_shift, name="shift"),
    path("desk/shifts/<int:pk>/sign-up/", views.sign_up_here, name="sign_up"),
    path("desk/shifts/<int:pk>/groups/<int:group>/", group_views.sign_up_team, name="group_sign_up"),
    path("desk/shifts/<int:pk>/roster/", views.show_roster, name="roster"),
    path("desk/signups/", views.show_my_signups, name="my_signups"),
    path("desk/signups/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("desk/signups/<int:pk>/alternatives/", views.show_alternatives, name="alternatives"),
    path("desk/signups/<int:pk>/accept/", views.accept, name="accept_offer"),
    path("desk/signups/<int:pk>/attendance/", views.record_presence, name="attendance"),
]
