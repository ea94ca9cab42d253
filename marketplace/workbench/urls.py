"""Addresses of the workbench."""

from django.urls import path

from .views.components import show_components
from .views.display import set_display

urlpatterns = [
    path("preferences/", set_display, name="set_display"),
    path("components/", show_components, name="components"),
]
