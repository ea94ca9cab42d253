"""Addresses of reports, complaints and numbers to call."""

from django.urls import path

from .views import complaints, hotlines, reports

urlpatterns = [
    path("report/", reports.report, name="report"),
    path("report/<str:receipt>/", reports.show_receipt, name="report_receipt"),
    path("complain/", complaints.make_complaint, name="complain"),
    path("complaint/", complaints.find_complaint, name="complaint"),
    path("desk/reports/", reports.list_reports, name="desk_reports"),
    path("desk/reports/<int:pk>/", reports.show_report, name="desk_report"),
    path("desk/reports/<int:pk>/<slug:step>/", reports.take_report_step, name="report_step"),
    path("desk/complaints/", complaints.list_complaints, name="desk_complaints"),
    path("desk/complaints/<int:pk>/", complaints.show_complaint, name="desk_complaint"),
    path("desk/hotlines/", hotlines.list_hotlines, name="desk_hotlines"),
    path("desk/hotlines/new/", hotlines.add_hotline, name="desk_hotline_new"),
    path("desk/hotlines/<int:pk>/", hotlines.edit_hotline, name="desk_hotline"),
]
