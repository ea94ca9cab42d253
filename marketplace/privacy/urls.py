"""Addresses of identities, openings, consents and corrections. No address holds a name or a number of a person."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/identities/", views.find_identity, name="identities"),
    path("desk/identities/<int:pk>/", views.show_identity, name="identity"),
    path("desk/identities/<int:pk>/ask/", views.ask_opening, name="ask_opening"),
    path("desk/identities/<int:pk>/open/", views.open_identity, name="open_identity"),
    path("desk/openings/", views.list_openings, name="openings"),
    path("desk/openings/<int:pk>/<slug:step>/", views.take_opening_step, name="opening_step"),
    path("desk/corrections/", views.list_corrections, name="corrections"),
    path("desk/corrections/<int:pk>/", views.show_correction, name="correction"),
    path("desk/corrections/<int:pk>/<slug:step>/", views.take_correction_step, name="correction_step"),
    path("desk/my-data/consents/<int:pk>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("desk/my-data/corrections/", views.ask_correction, name="ask_correction"),
]
