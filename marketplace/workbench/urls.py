"""Addresses of the workbench."""

from django.urls import path

from .views.components import show_components
from .views.desk import show_desk
from .views.display import set_display
from .views.my_data import close_account, download_my_data, edit_own_identity, show_my_data
from .views.pages import show_help, show_privacy
from .views.public import list_organizations, list_sites, show_need, show_organization, show_site

urlpatterns = [
    path("desk/", show_desk, name="desk"),
    path("desk/profile/identity/", edit_own_identity, name="own_identity"),
    path("desk/my-data/", show_my_data, name="my_data"),
    path("desk/my-data/copy/", download_my_data, name="my_data_copy"),
    path("desk/my-data/close/", close_account, name="close_account"),
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
