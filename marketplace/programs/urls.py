"""Addresses of programs, and of calling off one of their shifts."""

from django.urls import path

from .views import desk, offering, public

urlpatterns = [
    path("programs/", public.list_public_programs, name="programs"),
    path("programs/<int:pk>/", public.show_public_program, name="program"),
    path("desk/programs/", desk.list_programs, name="desk_programs"),
    path("desk/programs/new/", offering.offer_program, name="desk_program_new"),
    path("desk/programs/<int:pk>/", desk.show_program, name="desk_program"),
    path("desk/programs/<int:pk>/edit/", offering.edit_program, name="desk_program_edit"),
    path("desk/programs/<int:pk>/<slug:step>/", desk.take_program_step, name="program_step"),
    path("desk/shifts/<int:pk>/cancel/", desk.call_off, name="cancel_shift"),
]
