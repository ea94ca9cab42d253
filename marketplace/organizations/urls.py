"""Addresses of organizations on the desk."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/organizations/", views.list_organizations, name="desk_organizations"),
    path("desk/organizations/new/", views.register_organization, name="desk_organization_new"),
    path("desk/organizations/<int:pk>/", views.show_organization, name="desk_organization"),
    path("desk/organizations/<int:pk>/edit/", views.edit_organization, name="desk_organization_edit"),
    path("desk/organizations/<int:pk>/<slug:step>/", views.take_organization_step, name="organization_step"),
]
