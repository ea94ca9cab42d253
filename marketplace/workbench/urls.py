"""Addresses of the workbench."""

from django.urls import path

from .views.components import show_components
from .views.desk import show_desk
from .views.display import set_display
from .views.pages import show_help, show_privacy
from .views.public import list_organizations, list_sites, show_need, show_organization, show_site

urlpatterns = [
    path("desk/", show_desk, name="desk"),
    path("needs/<int:pk>/", show_need, name="need"),
    path("sites/", list_sites, name="sites"),
    path("sites/<int:pk>/", show_site, name="site"),
    path("organizations/", list_organizations, name="organizations"),
    path("organizations/<int:pk>/", show_organization, name="organization"),
    path("help/", show_help, name="help"),
    path("privacy/", show_privacy, name="privacy"),
    path("preferences/", set_display, name="set_display"),
    path("components/", show_components, name="components"),
]
