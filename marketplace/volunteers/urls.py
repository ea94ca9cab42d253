"""Addresses of volunteers: one's own profile."""

from django.urls import path

from .views import profile

urlpatterns = [
    path("desk/profile/", profile.edit_profile, name="profile"),
]
