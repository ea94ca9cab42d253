"""The demo: what people try first has to be there, in every state, and the same each time it is made on one day."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from marketplace.accounts.demo import DEMO_PASSWORD
from marketplace.accounts.models import User
from marketplace.geography.point import Point
from marketplace.geography.queries import bounds_of
from marketplace.geography.rules import refuse_point
from marketplace.management.demo.papers import WORDS
from marketplace.matching.constraints import obstacles
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.needs.models import Need, NeedPrivate
from marketplace.organizations.models import Organization, OrganizationPaper
from marketplace.organizations.uscc import refuse_uscc
from marketplace.programs.models import Program
from marketplace.safeguarding.models import Complaint, MandatoryReport
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.models import ServiceSite
from marketplace.sites.queries import unpinned
from marketplace.volunteers.models import Volunteer

NAMED = ["bureau", "county", "township", "ngo", "ngo2", "site", "village", "volunteer", "group"]
SMALL = {"volunteers": 20, "programs": 16, "verbosity": 0}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """One demo for all tests of this module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", **SMALL)
        yield
        transaction.set_rollback(True)


def test_named_accounts_sign_in_with_the_published_password(demo, client):
    for name in NAMED:
        assert client.login(email=f"{name}@example.org", password=DEMO_PASSWORD), name
    assert User.objects.filter(email__startswith="volunteer0").count() == 20


def test_everything_that_stands_for_the_world_is_marked_as_demo(demo):
    for model in (ServiceSite, Need, Program, Organization, Volunteer):
        assert set(model.objects.values_list("is_demo", flat=True)) == {True}, model


def test_there_are_78_relocation_sites_each_with_its_home(demo):
    sites = ServiceSite.objects.filter(kind="relocation_site")
    homes = ServiceSite.objects.filter(kind="childrens_home")

    assert (len(sites), len(homes)) == (78, 78)
    assert set(homes.values_list("relocation_site", flat=True)) == set(sites.values_list("pk", flat=True))
    assert [site.name for site in sites if not site.source_note.startswith("演示数据")] == []


def test_village_without_a_point_waits_for_the_township(demo):
    waiting = unpinned(User.objects.get(email="township@example.org"), "township")
    assert waiting.count() == 1


def test_elders_needs_come_by_phone_and_were_read_back(demo):
    needs = Need.objects.filter(channel="phone")
    assert Counter(needs.values_list("status", flat=True)) == {"published": 4, "submitted": 1}
    assert not needs.filter(read_back_at=None).exists()
    assert NeedPrivate.objects.filter(need__in=needs).exclude(identity=None).count() == 5
    assert {language.code for need in needs for language in need.languages.all()} == {"guizhou", "miao", "yi"}


def test_cleared_volunteers_declared_their_relatives(demo):
    cleared = Volunteer.objects.filter(clearances__isnull=False).distinct()
    assert cleared.filter(kinship_declaration__recorded_on=None).count() == 0
    assert not Volunteer.objects.filter(languages=None).exists()


def test_there_are_78_homes_whose_points_lie_in_their_township(demo):
    homes = ServiceSite.objects.filter(kind="childrens_home").select_related("area__parent")
    assert len(homes) == 78
    pinned = [home for home in homes if home.has_point]
    assert len(pinned) > 60
    refused = [
        home.name for home in pinned if refuse_point(Point(home.lng, home.lat), bounds_of(home.area.parent)) is not None
    ]
    assert refused == []


def test_sites_of_townships_without_a_reliable_point_have_none(demo):
    unsure = ServiceSite.objects.filter(area__parent__reference_point__confidence="very_low")
    assert all(not site.has_point for site in unsure)
    assert unsure.exists()


def test_codes_of_the_invented_organizations_pass_their_own_check(demo):
    refused = [(one.name, refuse_uscc(one.uscc, one.form)) for one in Organization.objects.all()]
    assert [pair for pair in refused if pair[1]] == []


def test_at_least_a_third_of_the_shifts_asks_for_nothing(demo):
    findable = Shift.objects.findable(timezone.now())
    free = findable.filter(clearance_required=False, skills=None, languages=None)
    assert free.count() * 3 >= findable.count()


def test_four_in_five_volunteers_are_adults_without_signups_who_may_serve(demo):
    shift = (
        Shift.objects.findable(timezone.now())
        .filter(clearance_required=False, skills=None, languages=None)
        .with_parents()
        .first()
    )
    facts = shift_facts(shift, required_clearances())
    numbered = Volunteer.objects.filter(user__email__startswith="volunteer0").exclude(user__email__regex="[05]@")
    ready = [
        one
        for one in numbered
        if one.age_group == "adult" and not one.signups.exists() and not obstacles(person_facts(one), facts)
    ]
    assert len(ready) == 16


def test_needs_and_programs_are_in_every_early_state(demo):
    assert {"draft", "submitted", "returned", "published"} <= set(Need.objects.values_list("status", flat=True))
    assert {"draft", "submitted", "approved"} <= set(Program.objects.values_list("status", flat=True))
    assert {"active", "submitted", "returned"} == set(Organization.objects.values_list("status", flat=True))


def test_places_taken_equal_the_signups_that_hold_them(demo):
    held = Counter(SignUp.objects.filter(status__in=["confirmed", "offered"]).values_list("shift_id", flat=True))
    wrong = [shift.pk for shift in Shift.objects.all() if shift.places_taken != held[shift.pk]]
    assert wrong == []


def test_a_filled_database_is_refused(demo):
    with pytest.raises(CommandError, match="已经有账号"):
        call_command("load_demo", **SMALL)


def test_reports_and_complaints_wait_and_were_seen_to(demo):
    assert Counter(MandatoryReport.objects.values_list("status", flat=True)) == {"reported": 1, "handed_on": 1}
    assert Counter(Complaint.objects.values_list("status", flat=True)) == {"open": 1, "answered": 1}
    assert MandatoryReport.objects.get(status="reported").site.keepers.filter(user__email="site@example.org").exists()


def test_every_organization_handed_in_a_certificate_that_says_it_is_invented(demo):
    papers = OrganizationPaper.objects.select_related("document")
    assert papers.filter(kind="certificate").count() == Organization.objects.count()
    assert papers.first().document.content_type == "application/pdf"
    assert WORDS.startswith("演示数据")
