"""Addresses of sign-ups: the shift's public page, one's own activities, who comes."""

from django.urls import path

from .views import pages, teams

urlpatterns = [
    path("shifts/<int:pk>/", pages.show_shift, name="shift"),
    path("desk/shifts/<int:pk>/sign-up/", pages.sign_up_here, name="sign_up"),
    path("desk/shifts/<int:pk>/groups/<int:group>/", teams.sign_up_team, name="group_sign_up"),
    path("desk/shifts/<int:pk>/roster/", pages.show_roster, name="roster"),
    path("desk/signups/", pages.show_my_signups, name="my_signups"),
    path("desk/signups/<int:pk>/withdraw/", pages.withdraw, name="withdraw"),
    path("desk/signups/<int:pk>/alternatives/", pages.show_alternatives, name="alternatives"),
    path("desk/signups/<int:pk>/accept/", pages.accept, name="accept_offer"),
    path("desk/signups/<int:pk>/attendance/", pages.record_presence, name="attendance"),
]
