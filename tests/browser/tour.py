"""Every page of ours, and who opens it: what the walks over all pages go by.

An address may name a record in braces: one that the demo holds (RECORDS), or a draft that a guest made (guests.py).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

from marketplace.permissions import allowed_roles

# Interfaces, the editor's own pages, files.
NOT_OURS = ("api/", "cms/", "documents/", "media/", "_util/")
# Answers to machines; a file to keep; an address that leads everybody who has a password to another page of the tour.
NO_PAGES = {
    "healthz",
    "readyz",
    "robots",
    "mfa_download_recovery_codes",
    "account_set_password",
    "insurance_paper",
    "organization_paper",
    "skill_paper",
    "desk_need_import_template",
    "desk_need_import_corrections",
}


@dataclass(frozen=True)
class Stop:
    """`name` of the URL, its address, who of guests.py opens it (nobody known, where empty), and how it answers."""

    name: str
    path: str
    guest: str = ""
    status: int = 200

    def __str__(self) -> str:
        return f"{self.guest or 'anybody'}{self.path.partition('?')[0]}"


def _stops(guest: str, **paths: str) -> list[Stop]:
    return [Stop(name, path, guest) for name, path in paths.items()]


STOPS = (
    *_stops(
        "",
        wagtail_serve="/",
        search="/search/",
        shift="/shifts/{shift}/",
        need="/needs/{need}/",
        programs="/programs/",
        program="/programs/{program}/",
        sites="/sites/",
        site="/sites/{site}/",
        organizations="/organizations/",
        organization="/organizations/{organization}/",
        help="/help/",
        privacy="/privacy/",
        report="/report/",
        complain="/complain/?about=program-{program}",
        complaint="/complaint/",
        account_login="/accounts/login/",
        account_signup="/accounts/signup/",
        account_inactive="/accounts/inactive/",
        account_email_verification_sent="/accounts/confirm-email/",
        account_confirm_email="/accounts/confirm-email/wrong/",
        account_reset_password="/accounts/password/reset/",
        account_reset_password_done="/accounts/password/reset/done/",
        account_reset_password_from_key="/accounts/password/reset/key/1-wrong/",
        account_reset_password_from_key_done="/accounts/password/reset/key/done/",
    ),
    *_stops("", wagtail_serve="/projects/", search="/search/?q=没有这样的活动&on=2020-01-01"),
    *_stops("", wagtail_serve="/projects/program-{program}/", account_confirm_email="{confirm_email}"),
    *_stops("", account_reset_password_from_key="{reset_password}"),
    *_stops(
        "volunteer",
        wagtail_serve="/",
        search="/search/?q=课业辅导&place=双水街道&km=20",
        shift="/shifts/{shift}/",
        desk="/desk/",
        my_signups="/desk/signups/",
        profile="/desk/profile/",
        skill_papers="/desk/profile/papers/",
        kinship="/desk/profile/relatives/",
        groups="/desk/group/",
        group_new="/desk/group/new/",
        guardian="/desk/profile/guardian/",
        inbox="/desk/inbox/",
        desk_organizations="/desk/organizations/",
        desk_organization_new="/desk/organizations/new/",
        account="/accounts/",
        account_email="/accounts/email/",
        tokens="/desk/tokens/",
        account_change_phone="/accounts/phone/change/",
        account_change_password="/accounts/password/change/",
        account_logout="/accounts/logout/",
        account_reauthenticate="/accounts/reauthenticate/",
        usersessions_list="/accounts/sessions/",
        mfa_index="/accounts/2fa/",
    ),
    *_stops("volunteer", complaint="/complaint/?receipt={own_complaint}", report_receipt="/report/{own_report}/"),
    *_stops("busy", desk="/desk/", my_signups="/desk/signups/", shift="/shifts/{joined}/", inbox="/desk/inbox/"),
    *_stops("busy", alternatives="/desk/signups/{own_signup}/alternatives/"),
    *_stops("group", desk="/desk/", group_sign_up="/desk/shifts/{shift}/groups/{own_group}/"),
    *_stops(
        "site",
        desk="/desk/",
        inbox="/desk/inbox/",
        message="/desk/inbox/{message}/",
        desk_needs="/desk/needs/",
        desk_need_new="/desk/needs/new/",
        desk_need="/desk/needs/{own_need}/",
        desk_need_edit="/desk/needs/{need_draft}/edit/",
        desk_need_paper_form="/desk/needs/paper-form/",
        desk_need_read_back="/desk/needs/{need_call}/read-back/",
        desk_need_import="/desk/needs/import/",
        roster="/desk/shifts/{received}/roster/",
    ),
    *_stops("village", desk="/desk/", desk_need_new="/desk/needs/new/"),
    *_stops(
        "ngo",
        desk="/desk/",
        need="/needs/{need}/",
        desk_programs="/desk/programs/",
        desk_program_new="/desk/programs/new/",
        desk_program="/desk/programs/{own_program}/",
        desk_program_edit="/desk/programs/{program_draft}/edit/",
        desk_program_preview="/desk/programs/{program_draft}/preview/",
        desk_program_week="/desk/programs/{own_program}/week/",
        desk_program_risks="/desk/programs/{own_program}/risks/",
        desk_program_insurance="/desk/programs/{own_program}/insurance/",
        cancel_shift="/desk/shifts/{run}/cancel/",
        move_shift="/desk/shifts/{run}/move/",
        desk_organizations="/desk/organizations/",
        desk_organization="/desk/organizations/{own_organization}/",
        organization_papers="/desk/organizations/{own_organization}/papers/",
        organization_members="/desk/organizations/{own_organization}/members/",
    ),
    *_stops("founder", desk="/desk/", desk_organization_edit="/desk/organizations/{organization_draft}/edit/"),
    *_stops("founder", desk_organization="/desk/organizations/{organization_draft}/"),
    *_stops(
        "township",
        desk="/desk/",
        desk_sites="/desk/sites/",
        desk_site="/desk/sites/{local_site}/",
        desk_site_new="/desk/sites/new/",
        desk_site_edit="/desk/sites/{local_site}/edit/",
        desk_site_pin="/desk/sites/{local_site}/pin/",
        desk_needs="/desk/needs/",
        clearances="/desk/clearances/",
        record_clearance="/desk/clearances/{neighbour}/",
        guardian_paper="/desk/clearances/{neighbour}/guardian/",
        papers_to_check="/desk/papers/",
        paper_check="/desk/papers/{waiting_paper}/",
        declarations="/desk/declarations/",
        identities="/desk/identities/",
        identity="/desk/identities/{known_person}/",
    ),
    *_stops("county", desk_sites="/desk/sites/?show=incomplete", site_import="/desk/sites/import/"),
    *_stops("county", restrictions="/desk/clearances/{neighbour}/restrictions/"),
    Stop("guardian_consent", "/guardian/wrong/", status=404),
    Stop("keep_site", "/desk/sites/keep/wrong/", "volunteer", status=410),
    *_stops(
        "county",
        desk="/desk/",
        desk_programs="/desk/programs/",
        desk_report="/desk/reports/{waiting_report}/",
        organization_rating="/desk/organizations/{own_organization}/rating/",
        organization_flag="/desk/organizations/{own_organization}/flag/",
    ),
    *_stops(
        "volunteer",
        my_data="/desk/my-data/",
        own_identity="/desk/profile/identity/",
        close_account="/desk/my-data/close/",
    ),
    *_stops(
        "bureau",
        openings="/desk/openings/",
        corrections="/desk/corrections/",
        correction="/desk/corrections/{correction}/",
    ),
    *_stops(
        "bureau",
        desk="/desk/",
        desk_needs="/desk/needs/",
        desk_need="/desk/needs/{waiting_need}/",
        desk_programs="/desk/programs/",
        desk_program="/desk/programs/{waiting_program}/",
        desk_organizations="/desk/organizations/",
        desk_organization="/desk/organizations/{waiting_organization}/",
        components="/components/",
        desk_reports="/desk/reports/",
        desk_complaints="/desk/complaints/",
        desk_complaint="/desk/complaints/{waiting_complaint}/",
        desk_hotlines="/desk/hotlines/",
        desk_hotline_new="/desk/hotlines/new/",
        desk_hotline="/desk/hotlines/{hotline}/",
    ),
    *_stops(
        "guarded",
        mfa_index="/accounts/2fa/",
        mfa_view_recovery_codes="/accounts/2fa/recovery-codes/",
        mfa_generate_recovery_codes="/accounts/2fa/recovery-codes/generate/",
        mfa_deactivate_totp="/accounts/2fa/totp/deactivate/",
        mfa_reauthenticate="/accounts/2fa/reauthenticate/",
    ),
    *_stops("halfway", mfa_authenticate="/accounts/2fa/authenticate/"),
    *_stops("confirmed", mfa_activate_totp="/accounts/2fa/totp/activate/"),
)

# What stands where there is nothing to see.
CLOSED = (Stop("nowhere", "/nowhere/", status=404), Stop("closed", "/desk/clearances/", "volunteer", status=403))

ADOPTED = "SELECT program_id FROM marketplace_shift WHERE need_id IS NOT NULL AND program_id IS NOT NULL"
OPEN = "s.status = 'open' AND s.published_at IS NOT NULL AND s.starts_at > datetime('now')"
KEPT = "JOIN marketplace_sitekeeper k ON k.site_id = {0}.site_id JOIN marketplace_user u ON u.id = k.user_id"
MEMBER = "JOIN marketplace_membership m USING (organization_id) JOIN marketplace_user u ON u.id = m.user_id"
SITE, NGO = "u.email = 'site@example.org'", "u.email = 'ngo@example.org'"

# name in braces → which record of the demo.
RECORDS = {
    "shift": f"SELECT s.id FROM marketplace_shift s {KEPT.format('s')} WHERE {OPEN} AND {SITE} AND clearance_required",
    "need": f"SELECT s.need_id FROM marketplace_shift s WHERE {OPEN} AND s.program_id IS NULL",
    "program": f"SELECT id FROM marketplace_program WHERE status = 'approved' ORDER BY id IN ({ADOPTED}) DESC",
    "site": f"SELECT s.site_id FROM marketplace_shift s WHERE {OPEN}",
    "organization": "SELECT organization_id FROM marketplace_program WHERE status = 'approved'",
    "joined": f"SELECT s.id FROM marketplace_signup g JOIN marketplace_shift s ON s.id = g.shift_id WHERE {OPEN}",
    "own_signup": f"SELECT g.id FROM marketplace_signup g JOIN marketplace_shift s ON s.id = g.shift_id WHERE {OPEN}",
    "own_group": "SELECT g.id FROM marketplace_volunteergroup g JOIN marketplace_volunteer v ON v.id = g.leader_id "
    "JOIN marketplace_user u ON u.id = v.user_id WHERE u.email = 'group@example.org'",
    "message": f"SELECT m.id FROM marketplace_message m JOIN marketplace_user u ON u.id = recipient_id WHERE {SITE}",
    "local_site": "SELECT s.id FROM marketplace_servicesite s JOIN marketplace_adminarea a ON a.id = s.area_id "
    "WHERE a.code LIKE '520204002%'",
    "own_need": f"SELECT n.id FROM marketplace_need n {KEPT.format('n')} WHERE {SITE} AND n.status = 'published'",
    "received": f"SELECT s.id FROM marketplace_shift s {KEPT.format('s')} WHERE {SITE} ORDER BY s.places_taken DESC",
    "own_program": f"SELECT p.id FROM marketplace_program p {MEMBER} WHERE {NGO} AND p.status = 'approved'",
    "run": f"SELECT s.id FROM marketplace_shift s JOIN marketplace_program p ON p.id = s.program_id {MEMBER} "
    f"WHERE {NGO} AND {OPEN}",
    "own_organization": f"SELECT organization_id FROM marketplace_membership m JOIN marketplace_user u "
    f"ON u.id = m.user_id WHERE {NGO}",
    "neighbour": "SELECT v.id FROM marketplace_volunteer v JOIN marketplace_adminarea a ON a.id = v.base_area_id "
    "WHERE a.code LIKE '520204002%'",
    "known_person": "SELECT identity_id FROM marketplace_identityopening",
    "correction": "SELECT id FROM marketplace_datarequest WHERE status = 'open'",
    "waiting_paper": "SELECT id FROM marketplace_skillevidence WHERE status = 'submitted'",
    "waiting_need": "SELECT id FROM marketplace_need WHERE status = 'submitted'",
    "waiting_program": "SELECT id FROM marketplace_program WHERE status = 'submitted'",
    "own_report": "SELECT receipt FROM marketplace_mandatoryreport WHERE key = 'demo-report-waiting'",
    "waiting_report": "SELECT id FROM marketplace_mandatoryreport WHERE status = 'reported'",
    "own_complaint": "SELECT receipt FROM marketplace_complaint WHERE made_by_id IS NOT NULL",
    "waiting_complaint": "SELECT id FROM marketplace_complaint WHERE status = 'open'",
    "hotline": "SELECT id FROM marketplace_hotline",
    "waiting_organization": "SELECT id FROM marketplace_organization WHERE status = 'submitted'",
}


def pages_of_ours() -> set[str]:
    """Names of all URLs that somebody may open as a page."""
    patterns = [(name, path) for name, path in _walk(get_resolver().url_patterns) if not path.startswith(NOT_OURS)]
    return {name for name, path in patterns if allowed_roles(name, f"/{path}", "GET")} - NO_PAGES


def _walk(patterns: Iterable[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """(name, path) of every URL below."""
    for pattern in patterns:
        path = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), path
        else:
            yield from _walk(pattern.url_patterns, path)
