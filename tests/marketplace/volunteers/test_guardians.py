"""A guardian's consent: a link that works once and for some days, or paper; one season at a time."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marketplace.privacy.models import Consent, Identity
from marketplace.volunteers.actions import agree_as_guardian, invite_guardian, record_paper_consent
from marketplace.volunteers.actions.guardians import open_invitation
from marketplace.volunteers.models import GuardianInvitation
from marketplace.volunteers.queries import guardian_spans
from marketplace.workflow.refusals import Refused
from tests.factories import ZHONGSHAN, a_county_clerk, a_township_clerk, a_user, a_volunteer
from tests.factories.people import a_season

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
GUARDIAN = {"name": "吴建国", "phone": "13800138000"}


@pytest.fixture
def youth():
    return a_volunteer("小吴", age_group="youth")


@pytest.fixture
def season():
    return a_season()


def token_for(youth, season) -> str:
    return invite_guardian(youth, actor=youth.user, season=season, **GUARDIAN)


def test_the_guardian_agrees_through_the_link_without_an_account(client, youth, season):
    address = reverse("guardian_consent", args=[token_for(youth, season)])

    assert "小吴" in client.get(address).content.decode()
    client.post(address, {"is_guardian": "on", "knows_risks": "on"})

    consent = Consent.objects.get(purpose="minor_service")
    assert (consent.subject, consent.method, consent.guardian.whose) == (youth.user, "online", "guardian")
    assert guardian_spans([youth.user_id]) == {youth.user_id: ((TODAY, season.ends_on),)}


def test_the_link_works_once(client, youth, season):
    address = reverse("guardian_consent", args=[token_for(youth, season)])
    answers = [client.post(address, {"is_guardian": "on", "knows_risks": "on"}).status_code for _ in range(2)]

    assert answers == [200, 404]
    assert Consent.objects.filter(purpose="minor_service").count() == 1


def test_an_invitation_read_twice_is_agreed_to_once(youth, season):
    token = token_for(youth, season)
    first, second = open_invitation(token), open_invitation(token)
    agree_as_guardian(first)

    with pytest.raises(Refused):
        agree_as_guardian(second)


@pytest.mark.parametrize("answer", [{}, {"is_guardian": "on"}, {"knows_risks": "on"}])
def test_both_boxes_are_to_be_ticked(client, youth, season, answer):
    client.post(reverse("guardian_consent", args=[token_for(youth, season)]), answer)

    assert not Consent.objects.filter(purpose="minor_service").exists()


@pytest.mark.parametrize("minutes", [-1, 1])
def test_the_link_is_over_after_some_days(client, youth, season, minutes):
    token = token_for(youth, season)
    age = timedelta(days=settings.GUARDIAN_LINK_DAYS) - timedelta(minutes=minutes)
    invitation = GuardianInvitation.objects.get()
    GuardianInvitation.objects.update(ends_at=invitation.ends_at - age)

    answer = client.get(reverse("guardian_consent", args=[token]))

    assert answer.status_code == (200 if minutes > 0 else 404)


def test_wrong_used_and_old_links_get_the_same_answer(client, youth, season):
    used = token_for(youth, season)
    agree_as_guardian(open_invitation(used))
    bodies = {
        re.sub(r"nonce-\S+", "", client.get(reverse("guardian_consent", args=[token])).content.decode())
        for token in (used, "wrong", "x" * 300)
    }

    assert len({body.split("<main")[1].split("</main")[0] for body in bodies}) == 1


def test_only_a_hash_of_the_token_and_a_sealed_guardian_are_kept(youth, season):
    token = token_for(youth, season)

    kept = GuardianInvitation.objects.get()
    assert token not in str(GuardianInvitation.objects.values().get())
    assert GUARDIAN["name"].encode() not in bytes(kept.guardian.person_sealed)


def test_a_new_link_ends_the_old_one_and_forgets_its_guardian(client, youth, season):
    old, new = token_for(youth, season), token_for(youth, season)

    assert client.get(reverse("guardian_consent", args=[old])).status_code == 404
    assert client.get(reverse("guardian_consent", args=[new])).status_code == 200
    assert Identity.objects.filter(whose="guardian", deleted_at=None).count() == 1


def test_the_page_shows_the_link_once(client, youth, season):
    client.force_login(youth.user)
    page = client.post(reverse("guardian"), {"season": season.pk, **GUARDIAN})

    link = re.search(r"/guardian/([\w-]+)/", page.content.decode())
    assert link
    assert page["Cache-Control"].startswith("no-store, private")
    assert open_invitation(link[1]).volunteer == youth
    assert "/guardian/" + link[1] not in client.get(reverse("guardian")).content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"age_group": "adult"}, "年满 18 岁"), ({"age_group": "youth"}, "已经结束")],
)
def test_inviting_is_for_the_young_and_for_seasons_ahead(fields, sentence):
    volunteer = a_volunteer(**fields)
    past = a_season(starts_on=TODAY - timedelta(days=90), ends_on=TODAY - timedelta(days=1))

    with pytest.raises(Refused, match=sentence):
        token_for(volunteer, past)


def test_nobody_invites_a_guardian_for_another(youth, season):
    with pytest.raises(Refused, match="自己的资料"):
        invite_guardian(youth, actor=a_user(), season=season, **GUARDIAN)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [(a_township_clerk, 1), (a_county_clerk, 1), (lambda: a_county_clerk(ZHONGSHAN), 0), (a_user, 0)],
)
def test_paper_is_recorded_by_staff_of_the_area(youth, season, who, allowed):
    with suppress(Refused):
        record_paper_consent(youth, actor=who(), season=season, **GUARDIAN)
    assert Consent.objects.filter(subject=youth.user, method="paper").count() == allowed


def test_staff_record_paper_on_the_page(client, youth, season):
    client.force_login(a_township_clerk())
    address = reverse("guardian_paper", args=[youth.pk])

    assert client.post(address, {"season": season.pk, "name": "吴建国", "phone": "12"}).status_code == 200
    assert client.post(address, {"season": season.pk, **GUARDIAN}).status_code == 302
    assert Consent.objects.get(subject=youth.user).recorded_by is not None


def test_nobody_agrees_as_their_own_guardian(client, youth, season):
    url = reverse("guardian_consent", args=[token_for(youth, season)])
    client.force_login(youth.user)

    answers = [client.get(url), client.post(url, {"is_guardian": "on", "knows_risks": "on"})]

    assert ["不能替监护人同意" in answer.content.decode() for answer in answers] == [True, True]
    assert not Consent.objects.filter(purpose="minor_service").exists()
