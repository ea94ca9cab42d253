"""Addresses of volunteers: one's own profile, and the clearances that staff record."""

from django.urls import path

from .views import clearances, profile

urlpatterns = [
    path("desk/profile/", profile.edit_profile, name="profile"),
    path("desk/clearances/", clearances.list_volunteers, name="clearances"),
    path("desk/clearances/<int:pk>/", clearances.record_result, name="record_clearance"),
]
