"""Addresses of needs on the desk."""

from django.urls import path

from . import import_views, views

urlpatterns = [
    path("desk/needs/", views.list_needs, name="desk_needs"),
    path("desk/needs/new/", views.state_need, name="desk_need_new"),
    path("desk/needs/paper-form/", views.show_paper_form, name="desk_need_paper_form"),
    path("desk/needs/import/", import_views.import_page, name="desk_need_import"),
    path("desk/needs/import/take/", import_views.take_in, name="desk_need_import_take"),
    path("desk/needs/import/template/", import_views.download_template, name="desk_need_import_template"),
    path("desk/needs/import/corrections/", import_views.download_corrections, name="desk_need_import_corrections"),
    path("desk/needs/import/<int:pk>/undo/", import_views.undo, name="desk_need_import_undo"),
    path("desk/needs/<int:pk>/", views.show_need, name="desk_need"),
    path("desk/needs/<int:pk>/edit/", views.edit_need, name="desk_need_edit"),
    path("desk/needs/<int:pk>/read-back/", views.read_back, name="desk_need_read_back"),
    path("desk/needs/<int:pk>/<slug:step>/", views.take_need_step, name="need_step"),
]
