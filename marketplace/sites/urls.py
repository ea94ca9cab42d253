"""Addresses of sites on the desk."""

from django.urls import path

from .views import imports, people, records

urlpatterns = [
    path("desk/sites/", records.list_sites, name="desk_sites"),
    path("desk/sites/new/", records.set_up_site, name="desk_site_new"),
    path("desk/sites/import/", imports.import_sheet, name="site_import"),
    path("desk/sites/import/take-in/", imports.take_in_sheet, name="site_import_take_in"),
    path("desk/sites/import/corrected/", imports.download_corrected, name="site_import_corrected"),
    path("desk/sites/import/<int:pk>/undo/", imports.undo_sheet, name="site_import_undo"),
    path("desk/sites/keep/<str:token>/", people.keep_site, name="keep_site"),
    path("desk/sites/<int:pk>/", records.show_site, name="desk_site"),
    path("desk/sites/<int:pk>/edit/", records.edit_site, name="desk_site_edit"),
    path("desk/sites/<int:pk>/pin/", records.pin_site, name="desk_site_pin"),
    path("desk/sites/<int:pk>/keepers/", people.invite, name="site_keepers"),
    path("desk/sites/<int:pk>/keepers/<int:keeper>/end/", people.end, name="site_keeper_end"),
    path("desk/sites/<int:pk>/<slug:step>/", records.take_site_step, name="site_step"),
]
