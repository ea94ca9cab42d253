"""Addresses of volunteers: one's own profile, papers, guardian, relatives and groups; and what staff record."""

from django.urls import path

from .views import clearances, evidence, groups, guardians, kinship, profile, restrictions

urlpatterns = [
    path("desk/profile/", profile.edit_profile, name="profile"),
    path("desk/profile/papers/", evidence.own_papers, name="skill_papers"),
    path("desk/profile/papers/<int:pk>/remove/", evidence.take_paper_back, name="skill_paper_remove"),
    path("desk/profile/guardian/", guardians.ask_guardian, name="guardian"),
    path("desk/profile/relatives/", kinship.declare, name="kinship"),
    path("guardian/<str:token>/", guardians.answer_as_guardian, name="guardian_consent"),
    path("desk/papers/", evidence.list_papers, name="papers_to_check"),
    path("desk/papers/<int:pk>/", evidence.check_paper, name="paper_check"),
    path("desk/papers/<int:pk>/file/", evidence.read_paper, name="skill_paper"),
    path("desk/declarations/", kinship.list_declarations, name="declarations"),
    path("desk/declarations/<int:pk>/record/", kinship.record_declaration, name="declaration_record"),
    path("desk/clearances/", clearances.list_volunteers, name="clearances"),
    path("desk/clearances/<int:pk>/", clearances.record_result, name="record_clearance"),
    path("desk/clearances/<int:pk>/guardian/", guardians.record_on_paper, name="guardian_paper"),
    path("desk/clearances/<int:pk>/restrictions/", restrictions.list_restrictions, name="restrictions"),
    path("desk/clearances/<int:pk>/restrictions/<int:restriction>/end/", restrictions.end, name="restriction_end"),
    path("desk/group/", groups.show_groups, name="groups"),
    path("desk/group/new/", groups.make_group, name="group_new"),
    path("desk/group/<int:pk>/invite/", groups.invite, name="group_invite"),
    path("desk/group/<int:pk>/confirm/", groups.confirm, name="group_confirm"),
    path("desk/group/members/<int:pk>/join/", groups.join, name="group_join"),
    path("desk/group/members/<int:pk>/leave/", groups.leave, name="group_leave"),
]
