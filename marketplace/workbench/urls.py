"""Addresses of the workbench."""

from django.urls import path

from .views.components import show_components
from .views.desk import show_desk
from .views.display import set_display
from .views.pages import show_help, show_privacy

urlpatterns = [
    path("desk/", show_desk, name="desk"),
    path("help/", show_help, name="help"),
    path("privacy/", show_privacy, name="privacy"),
    path("preferences/", set_display, name="set_display"),
    path("components/", show_components, name="components"),
]
