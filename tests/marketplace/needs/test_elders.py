"""Anybody may ask for an elder of their village, at its public point: nothing else, and not without end."""

from __future__ import annotations

import pytest
from django.urls import reverse

from marketplace.needs import actions, rules
from marketplace.needs.models import Need
from marketplace.workflow.refusals import Refused
from tests.factories import (
    a_category,
    a_keeper,
    a_need,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
    an_area,
)

pytestmark = pytest.mark.django_db

NOT_YOURS = "只能为自己负责的地点提出需求；为老人提出需求，请选村（社区）或养老服务点。"
NOT_IN_YOUR_NAME = "电话代填和纸质表单由村（社区）或乡镇（街道）工作人员录入。"


@pytest.fixture
def point():
    return a_site(kind="elder_point", name="双水养老服务点")


def fields(site, **changes):
    values = {"site": site, "title": "陪老人去卫生院", "summary": "周三上午陪老人换药。", "category": a_category()}
    return {**values, "audience": "elders", **changes}


PEOPLE = {
    "newcomer": a_user,
    "volunteer": lambda: a_volunteer().user,
    "keeper elsewhere": a_keeper,
    "supervisor": lambda: a_user(role="supervisor", area="520200"),
    "village elsewhere": lambda: a_village_worker("520204002001"),
}
SPEAKING = {"village": a_village_worker, "township": a_township_clerk}


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", ["childrens_home", "relocation_site", "village", "elder_point"])
@pytest.mark.parametrize("audience", ["children", "elders", "everybody"])
def test_somebody_without_a_site_asks_for_elders_at_public_points_only(who, kind, audience):
    refusal = rules.refuse_creation(a_site(kind=kind), PEOPLE[who](), audience=audience)

    assert refusal == (None if kind in {"village", "elder_point"} and audience == "elders" else NOT_YOURS)


@pytest.mark.parametrize("who", {**PEOPLE, **SPEAKING})
@pytest.mark.parametrize("channel", ["self", "phone", "paper"])
def test_only_those_who_take_calls_write_for_others(point, who, channel):
    person = {**PEOPLE, **SPEAKING}[who]()

    refusal = rules.refuse_creation(point, person, audience="elders", channel=channel)
    assert refusal == (NOT_IN_YOUR_NAME if who in PEOPLE and channel != "self" else None)


def test_whoever_asked_carries_it_through(point):
    neighbour = a_user()
    need = a_need(site=point, raised_by=neighbour, audience="elders")

    assert actions.submit_need(need, actor=neighbour).status == "submitted"
    assert actions.withdraw_need(need, actor=neighbour).status == "withdrawn"


def test_neighbour_speaks_for_no_other_need_of_the_place(point):
    other = a_need(site=point, raised_by=a_user(), audience="elders", status="published")

    assert rules.refuse_speaking(other, a_user()) == "由这个地点的负责人或所在村、乡镇的工作人员办理。"


def test_draft_is_not_moved_to_a_childrens_home(point):
    neighbour = a_user()
    need = a_need(site=point, raised_by=neighbour, audience="elders")

    with pytest.raises(Refused, match="只能为自己负责的地点提出需求"):
        actions.change_need(need, actor=neighbour, windows=[], skills=[], **fields(a_site()))
    with pytest.raises(Refused, match="只能为自己负责的地点提出需求"):
        actions.change_need(need, actor=neighbour, windows=[], skills=[], **fields(point, audience="children"))


def test_sixth_open_need_waits_for_an_answer(point, settings):
    neighbour = a_user()
    for _ in range(settings.OPEN_NEEDS_A_PERSON):
        actions.create_need(actor=neighbour, **fields(point))

    with pytest.raises(Refused, match="您已有 5 个需求在等答复"):
        actions.create_need(actor=neighbour, **fields(point))
    actions.withdraw_need(Need.objects.first(), actor=neighbour)
    assert actions.create_need(actor=neighbour, **fields(point)).status == "draft"


def test_those_who_speak_for_a_site_are_not_counted(point, settings):
    settings.OPEN_NEEDS_A_PERSON = 0

    assert actions.create_need(actor=a_village_worker(), **fields(point)).pk


def test_form_offers_the_public_points_of_the_persons_county(client, point):
    far = a_site(kind="village", area="520281001")
    a_site(name="儿童之家不在内")
    volunteer = a_volunteer(base_area=an_area("520204002"))
    client.force_login(volunteer.user)

    form = client.get(reverse("desk_need_new")).context["form"]
    assert list(form.fields["site"].queryset) == [point]
    assert ("channel" in form.fields, form["audience"].value()) == (False, "elders")

    client.force_login(a_user())
    form = client.get(reverse("desk_need_new")).context["form"]
    assert set(form.fields["site"].queryset) == {point, far}


def test_neighbour_sends_the_form_and_finds_the_need_again(client, point):
    client.force_login(a_user())
    data = {
        "site": point.pk,
        "title": "陪老人去卫生院",
        "category": a_category().pk,
        "audience": "elders",
        "channel": "phone",
        "summary": "周三上午陪老人换药。",
        "urgency": "normal",
        "windows-TOTAL_FORMS": 0,
        "windows-INITIAL_FORMS": 0,
        "draft": "yes",
    }
    client.post(reverse("desk_need_new"), data)

    need = Need.objects.get()
    assert (need.channel, need.audience, need.status) == ("self", "elders", "draft")
    assert list(client.get(reverse("desk_needs")).context["page"].object_list) == [need]
    assert client.get(reverse("desk_need", args=[need.pk])).status_code == 200
    assert client.post(reverse("desk_need_new"), {**data, "audience": "children"}).status_code == 200
    assert Need.objects.count() == 1
