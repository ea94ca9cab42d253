"""Addresses of programs, and of moving and calling off one of their shifts."""

from django.urls import path

from .views import desk, offering, public, running, week

urlpatterns = [
    path("programs/", public.list_public_programs, name="programs"),
    path("programs/<int:pk>/", public.show_public_program, name="program"),
    path("desk/programs/", desk.list_programs, name="desk_programs"),
    path("desk/programs/new/", offering.offer_program, name="desk_program_new"),
    path("desk/programs/<int:pk>/", desk.show_program, name="desk_program"),
    path("desk/programs/<int:pk>/edit/", offering.edit_program, name="desk_program_edit"),
    path("desk/programs/<int:pk>/preview/", offering.preview_program, name="desk_program_preview"),
    path("desk/programs/<int:pk>/week/", week.plan_week, name="desk_program_week"),
    path("desk/programs/<int:pk>/risks/", running.say_new_risks, name="desk_program_risks"),
    path("desk/programs/<int:pk>/insurance/", running.insure_program, name="desk_program_insurance"),
    path("desk/insurances/<int:pk>/paper/", running.read_insurance_paper, name="insurance_paper"),
    path("desk/insurances/<int:pk>/remove/", running.drop_insurance, name="insurance_remove"),
    path("desk/programs/<int:pk>/<slug:step>/", desk.take_program_step, name="program_step"),
    path("desk/shifts/<int:pk>/cancel/", desk.call_off, name="cancel_shift"),
    path("desk/shifts/<int:pk>/move/", running.move, name="move_shift"),
]
