"""Every status × every step × every role: what is allowed passes, everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.needs import actions
from marketplace.needs.enums import NeedStatus
from marketplace.needs.models import Need
from marketplace.shifts.models import Shift
from marketplace.workflow.models import Remark
from marketplace.workflow.refusals import Refused
from tests.factories import (
    PANZHOU,
    a_bureau_clerk,
    a_county_clerk,
    a_keeper,
    a_need,
    a_site,
    a_township_clerk,
    a_user,
    a_village_worker,
    a_volunteer,
    add_keeper,
    an_organization,
)

pytestmark = pytest.mark.django_db


def a_member() -> Any:
    member = a_user("机构小何")
    an_organization(member=member)
    return member


PEOPLE: dict[str, Callable[[Need], Any]] = {
    "nobody in particular": lambda _need: a_user(),
    "raiser": lambda need: need.raised_by,
    "keeper of another site": lambda _need: a_keeper(),
    "village of the area": lambda _need: a_village_worker(),
    "village elsewhere": lambda _need: a_village_worker("520204002001"),
    "township of the area": lambda _need: a_township_clerk(),
    "township elsewhere": lambda _need: a_township_clerk("520281001"),
    "county of the area": lambda _need: a_county_clerk(),
    "county elsewhere": lambda _need: a_county_clerk(PANZHOU),
    "bureau": lambda _need: a_bureau_clerk(),
    "volunteer": lambda _need: a_volunteer().user,
    "organization": lambda _need: a_member(),
    "supervisor": lambda _need: a_user(role="supervisor", area="520200"),
}

SPEAKING = frozenset({"raiser", "village of the area", "township of the area"})
DECIDING = frozenset({"township of the area", "county of the area", "bureau"})

STEPS: dict[str, Callable[[Need, Any], Any]] = {
    "submitted": lambda need, who: actions.submit_need(need, actor=who),
    "returned": lambda need, who: actions.return_need(need, actor=who, remark="请补充几个人"),
    "verified": lambda need, who: actions.verify_need(need, actor=who),
    "referred": lambda need, who: actions.refer_need(need, actor=who, remark="转儿童督导员"),
    "published": lambda need, who: actions.publish_need(need, actor=who),
    "fulfilled": lambda need, who: actions.fulfil_need(need, actor=who),
    "withdrawn": lambda need, who: actions.withdraw_need(need, actor=who, remark="已经找到人了"),
    "expired": lambda need, who: actions.expire_need(need, actor=who),
}

# step → (statuses from which it may be taken, people who may take it)
ALLOWED: dict[str, tuple[set[str], frozenset[str]]] = {
    "submitted": ({"draft", "returned"}, SPEAKING),
    "returned": ({"submitted"}, DECIDING),
    "verified": ({"submitted"}, DECIDING),
    "referred": ({"submitted"}, DECIDING),
    "published": ({"verified"}, DECIDING),
    "fulfilled": ({"published"}, SPEAKING),
    "withdrawn": ({"draft", "submitted", "returned", "verified", "published"}, SPEAKING),
    "expired": ({"verified", "published"}, frozenset()),
}


def kept() -> tuple[int, ...]:
    """How much has been written anywhere a step writes."""
    return tuple(table.objects.count() for table in (Event, Remark, Message, Shift))


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", NeedStatus.values)
def test_need_step(status: str, step: str, who: str) -> None:
    site = a_site()
    need = a_need(status=status, site=site, raised_by=a_keeper(site))
    actor = PEOPLE[who](need)
    before = kept()
    statuses, people = ALLOWED[step]

    if status in statuses and who in people:
        STEPS[step](need, actor)
        assert Need.objects.get(pk=need.pk).status == step
        assert Event.objects.about(need).filter(verb=f"need.{step}").count() == 1
    else:
        with pytest.raises(Refused) as refusal:
            STEPS[step](need, actor)
        assert refusal.value.sentence
        assert Need.objects.get(pk=need.pk).status == status
        assert kept() == before


@pytest.mark.parametrize("status", NeedStatus.values)
def test_clock_alone_ends_a_need(status: str) -> None:
    need = a_need(status=status)

    if status in ALLOWED["expired"][0]:
        assert actions.expire_need(need).status == "expired"
        assert [(event.verb, event.actor_id) for event in Event.objects.about(need)] == [("need.expired", None)]
    else:
        with pytest.raises(Refused, match="现在的状态是"):
            actions.expire_need(need)
        assert Event.objects.count() == 0


@pytest.mark.parametrize("step", ["returned", "verified", "referred"])
def test_raiser_does_not_decide_whatever_their_office(step: str) -> None:
    clerk = a_township_clerk()
    need = a_need(status="submitted", raised_by=clerk)

    with pytest.raises(Refused, match="应当由另一位工作人员核实"):
        STEPS[step](need, clerk)


@pytest.mark.parametrize("step", ["returned", "verified", "referred"])
def test_keeper_does_not_decide_about_their_own_site(step: str) -> None:
    clerk, site = a_county_clerk(), a_site()
    add_keeper(site, clerk)
    clerk.__dict__.pop("assignments", None)

    with pytest.raises(Refused, match="应当回避"):
        STEPS[step](a_need(status="submitted", site=site), clerk)


def test_every_transition_of_the_model_is_walked() -> None:
    declared = {transition.name for transition in Need._meta.get_field("status").get_all_transitions(Need)}

    assert declared == set(STEPS)
