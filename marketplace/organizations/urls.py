"""Addresses of organizations on the desk."""

from django.urls import path

from .views import members, papers, registration, standing

ONE = "desk/organizations/<int:pk>/"
urlpatterns = [
    path("desk/organizations/", registration.list_organizations, name="desk_organizations"),
    path("desk/organizations/new/", registration.register_organization, name="desk_organization_new"),
    path(ONE, registration.show_organization, name="desk_organization"),
    path(f"{ONE}edit/", registration.edit_organization, name="desk_organization_edit"),
    path(f"{ONE}papers/", papers.hand_in_paper, name="organization_papers"),
    path(f"{ONE}papers/<int:paper>/", papers.read_paper, name="organization_paper"),
    path(f"{ONE}papers/<int:paper>/remove/", papers.take_paper_away, name="organization_paper_remove"),
    path(f"{ONE}members/", members.show_members, name="organization_members"),
    path(f"{ONE}members/<int:member>/role/", members.set_role, name="organization_member_role"),
    path(f"{ONE}members/<int:member>/end/", members.leave, name="organization_member_end"),
    path(f"{ONE}rating/", standing.rate, name="organization_rating"),
    path(f"{ONE}flag/", standing.flag, name="organization_flag"),
    path(f"{ONE}flag/<int:flag>/lift/", standing.lift, name="organization_flag_lift"),
    path(f"{ONE}<slug:step>/", registration.take_organization_step, name="organization_step"),
]
