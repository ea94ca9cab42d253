"""Who is meant: sealed at once, found in no other table and on no page, opened for a reason only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from marketplace.needs import actions
from marketplace.needs.models import Need, NeedPrivate
from marketplace.privacy.actions import ask_opening, open_identity
from marketplace.privacy.models import Consent, Identity
from marketplace.privacy.sealed import Person
from marketplace.workflow.refusals import Refused
from tests.factories import a_category, a_site, a_township_clerk, a_village_worker

pytestmark = pytest.mark.django_db

PERSON = Person(name="王秀英", phone="13800138000", address="双水社区三组", notes="听力不好，请大声敲门")
CANARIES = ("王秀英", "13800138000", "双水社区三组", "请大声敲门")


@pytest.fixture
def point():
    return a_site(kind="elder_point", name="双水养老服务点")


@pytest.fixture
def worker():
    return a_village_worker()


def fields(site, **changes):
    values = {"site": site, "title": "陪老人说话", "summary": "陪一位老人说说话。", "category": a_category()}
    return {**values, "audience": "elders", **changes}


def sheet(site, **changes):
    """What a browser sends."""
    data = {
        **{name: getattr(value, "pk", value) for name, value in fields(site).items()},
        "urgency": "normal",
        "windows-TOTAL_FORMS": 1,
        "windows-INITIAL_FORMS": 0,
        "windows-0-on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "windows-0-begins": "09:00",
        "windows-0-ends": "11:00",
        "windows-0-places": "1",
        "private-name": PERSON.name,
        "private-phone": PERSON.phone,
        "private-address": PERSON.address,
        "private-notes": PERSON.notes,
        "private-agreed": "on",
        "submit": "yes",
    }
    return {**data, **changes}


def test_what_was_typed_is_sealed_and_its_consent_written_down(client, point, worker):
    client.force_login(worker)
    client.post(reverse("desk_need_new"), sheet(point))

    need, identity = Need.objects.get(), Identity.objects.get()
    assert (need.status, need.private.identity, identity.whose, identity.is_minor) == (
        "submitted",
        identity,
        "beneficiary",
        False,
    )
    assert [(consent.purpose, consent.identity, consent.method) for consent in Consent.objects.all()] == [
        ("beneficiary", identity, "online")
    ]


@pytest.mark.parametrize(("channel", "method"), [("self", "online"), ("phone", "phone"), ("paper", "paper")])
def test_consent_was_given_the_way_the_need_came_in(point, worker, channel, method):
    actions.create_need(actor=worker, person=PERSON, channel=channel, **fields(point))

    assert Consent.objects.get().method == method


def test_child_counts_as_one(site, keeper):
    actions.create_need(actor=keeper, person=PERSON, **fields(site, audience="children"))

    assert Identity.objects.get().is_minor


def test_canaries_stand_in_no_table(client, point, worker):
    client.force_login(worker)
    client.post(reverse("desk_need_new"), sheet(point))

    for model in apps.get_models():
        for row in model._default_manager.values_list():
            text = "".join(str(bytes(cell) if isinstance(cell, memoryview) else cell) for cell in row)
            assert not [canary for canary in CANARIES if canary in text], model


@pytest.mark.parametrize("url_name", ["desk_need", "desk_need_edit"])
def test_canaries_stand_on_no_page_not_even_for_who_typed_them(client, point, worker, url_name):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    client.force_login(worker)
    page = client.get(reverse(url_name, args=[need.pk])).text

    assert not [canary for canary in CANARIES if canary in page]


def test_staff_are_led_to_the_opening(client, point, worker):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    Need.objects.filter(pk=need.pk).update(status="submitted")
    identity, clerk = Identity.objects.get(), a_township_clerk()

    client.force_login(clerk)
    page = client.get(reverse("desk_need", args=[need.pk]))
    assert reverse("identity", args=[identity.pk]) in page.text
    assert not [canary for canary in CANARIES if canary in page.text]
    with pytest.raises(Refused):
        open_identity(identity, actor=clerk)
    ask_opening(identity, actor=clerk, reason="电话核实需求")
    assert open_identity(identity, actor=clerk) == PERSON

    client.force_login(worker)
    assert reverse("identity", args=[identity.pk]) not in client.get(reverse("desk_need", args=[need.pk])).text


def test_empty_part_leaves_what_was_there(point, worker):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    actions.change_need(need, actor=worker, windows=[], skills=[], **fields(point))

    assert (NeedPrivate.objects.count(), Identity.objects.count(), Consent.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("change", ["audience", "site"])
def test_another_place_or_age_asks_for_the_words_anew(point, worker, change):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    elsewhere = a_site(kind="elder_point", area="520204002")
    changed = {"audience": fields(point, audience="children"), "site": fields(elsewhere)}[change]
    clerk = a_township_clerk()

    with pytest.raises(Refused, match="也重新填写一遍"):
        actions.change_need(need, actor=clerk, windows=[], skills=[], **changed)
    actions.change_need(need, actor=clerk, windows=[], skills=[], person=PERSON, **changed)
    identity = Identity.objects.get()
    assert (identity.is_minor, identity.area) == (change == "audience", Need.objects.get().site.area)


def test_new_words_take_the_place_of_the_old(point, worker):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    actions.change_need(need, actor=worker, windows=[], skills=[], person=Person(name="李桂花"), **fields(point))
    clerk = a_township_clerk()
    identity = Identity.objects.get()
    ask_opening(identity, actor=clerk, reason="电话核实需求")

    assert open_identity(identity, actor=clerk) == Person(name="李桂花")


@pytest.mark.parametrize("field", ["title", "summary", "risk_disclosure"])
def test_name_of_the_private_part_is_refused_in_each_public_text(client, point, worker, field):
    client.force_login(worker)
    page = client.post(reverse("desk_need_new"), sheet(point, **{field: "请陪王秀英说话"}))

    assert page.context["form"].errors == {
        field: ["这里会公开，请不要写服务对象的姓名，可以写「一位老人」「一个孩子」。"]
    }
    assert (Need.objects.count(), Identity.objects.count()) == (0, 0)


def test_name_that_is_kept_already_is_refused_in_public(client, point, worker):
    actions.create_need(actor=worker, person=PERSON, **fields(point))
    client.force_login(worker)
    page = client.post(reverse("desk_need_new"), sheet(point, summary="请陪王秀英说话", **{"private-name": ""}))

    assert list(page.context["form"].errors) == ["summary"]
    with pytest.raises(Refused, match="王秀英"):
        actions.create_need(actor=worker, **fields(point, summary="请陪王秀英说话"))


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"private-agreed": ""}, "本人或家属知道并同意登记这些内容，只用于核实和上门服务"),
        ({"private-phone": "12345678901"}, "电话"),
        ({"private-phone": "138 0013 800"}, "电话"),
        ({"private-notes": "长" * 401}, "还有什么要说明"),
        ({"private-name": "长" * 41}, "姓名"),
    ],
)
def test_part_that_cannot_be_kept_is_said_and_nothing_is_written(client, point, worker, changes, label):
    client.force_login(worker)
    page = client.post(reverse("desk_need_new"), sheet(point, **changes))

    assert [error["text"].partition("：")[0] for error in page.context["sheet"].row_errors] == [label]
    assert (Need.objects.count(), Identity.objects.count()) == (0, 0)


@pytest.mark.parametrize("phone", ["13800138000", "+86 138-0013-8000", "0858-8222222", "08588222222", ""])
def test_phones_are_taken_as_people_write_them(client, point, worker, phone):
    client.force_login(worker)
    client.post(reverse("desk_need_new"), sheet(point, **{"private-phone": phone}))

    assert Identity.objects.count() == 1


def test_public_page_of_the_need_says_nothing_of_it(client, point, worker):
    need = actions.create_need(actor=worker, person=PERSON, **fields(point))
    Need.objects.filter(pk=need.pk).update(status="published")
    page = client.get(reverse("need", args=[need.pk])).text

    assert not [canary for canary in CANARIES if canary in page]
