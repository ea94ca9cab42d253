"""Addresses of needs on the desk."""

from django.urls import path

from .views import desk, imports

urlpatterns = [
    path("desk/needs/", desk.list_needs, name="desk_needs"),
    path("desk/needs/new/", desk.state_need, name="desk_need_new"),
    path("desk/needs/paper-form/", desk.show_paper_form, name="desk_need_paper_form"),
    path("desk/needs/import/", imports.import_page, name="desk_need_import"),
    path("desk/needs/import/take/", imports.take_in, name="desk_need_import_take"),
    path("desk/needs/import/template/", imports.download_template, name="desk_need_import_template"),
    path("desk/needs/import/corrections/", imports.download_corrections, name="desk_need_import_corrections"),
    path("desk/needs/import/<int:pk>/undo/", imports.undo, name="desk_need_import_undo"),
    path("desk/needs/<int:pk>/", desk.show_need, name="desk_need"),
    path("desk/needs/<int:pk>/edit/", desk.edit_need, name="desk_need_edit"),
    path("desk/needs/<int:pk>/read-back/", desk.read_back, name="desk_need_read_back"),
    path("desk/needs/<int:pk>/<slug:step>/", desk.take_need_step, name="need_step"),
]
