"""Walking a lifecycle: everybody tries a step, and what they may not do leaves no trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.history.models import Event
from marketplace.messaging.models import Message, OutgoingMail
from marketplace.needs.models import Need
from marketplace.organizations.models import Organization
from marketplace.programs.models import Program
from marketplace.safeguarding.models import Complaint, MandatoryReport
from marketplace.shifts.models import Shift
from marketplace.signups.models import SignUp
from marketplace.sites.models import ServiceSite
from marketplace.workflow.models import Remark
from marketplace.workflow.refusals import Refused
from tests.factories import (
    CITY,
    SHUANGSHUI,
    SHUANGSHUI_COMMUNITY,
    SHUICHENG,
    ZHONGSHAN,
    a_group,
    a_keeper,
    a_user,
    a_volunteer,
    add_member,
    an_organization,
)

WRITTEN = (
    Event,
    Remark,
    Message,
    OutgoingMail,
    Organization,
    ServiceSite,
    Need,
    Program,
    Shift,
    SignUp,
    MandatoryReport,
    Complaint,
)


def strangers() -> dict[str, User]:
    """Somebody of every role, none of whom has to do with the record but by their area: 水城区 and what is below it."""
    member = a_user("别家机构小白")
    an_organization(member=member)
    return {
        "newcomer": a_user("新用户"),
        "volunteer": a_volunteer().user,
        "group leader": a_group().leader.user,
        "other organization": member,
        "other keeper": a_keeper(),
        "village": a_user("社区小周", role="village", area=SHUANGSHUI_COMMUNITY),
        "township": a_user("街道小张", role="township", area=SHUANGSHUI),
        "county": a_user("区县小王", role="county", area=SHUICHENG),
        "other county": a_user("邻县小刘", role="county", area=ZHONGSHAN),
        "bureau": a_user("市局小李", role="bureau", area=CITY),
        "supervisor": a_user("监督小孙", role="supervisor", area=CITY),
    }


def members(organization: Organization) -> dict[str, User]:
    """A colleague of the organization, and a clerk of the bureau who works there too and must stand back."""
    colleague, partial = a_user("机构小何"), a_user("市局小李兼职", role="bureau", area=CITY)
    add_member(organization, colleague)
    add_member(organization, partial)
    return {"colleague": colleague, "bureau and colleague": partial}


def everything() -> list[list[Any]]:
    """All that an action could have written."""
    return [list(model.objects.order_by("pk").values()) for model in WRITTEN]


def who_passes(people: Mapping[str, Any], act: Callable[[Any], Any]) -> set[str]:
    """Names of those for whom `act(person)` goes through; each starts from the same state, a refusal changes nothing."""
    return {name for name, person in people.items() if passes(act, person)}


def passes(act: Callable[[Any], Any], person: Any) -> bool:
    """Whether the person may; what they did is undone again."""
    before, sentence = everything(), ""
    start = transaction.savepoint()
    try:
        act(person)
    except Refused as refusal:
        sentence = refusal.sentence
    after = everything()
    transaction.savepoint_rollback(start)
    if sentence:
        assert sentence.endswith("。")
        assert after == before
    return not sentence
