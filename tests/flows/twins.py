"""One side of the twin counties: an organization, a home, staff and volunteers, with the side's mark in all that is private."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.geography.models import AdminArea
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import add_remark
from tests.factories import (
    PANZHOU,
    SHUICHENG,
    a_group,
    a_need,
    a_program,
    a_shift,
    a_signup,
    a_site,
    a_user,
    a_volunteer,
    an_area,
    an_organization,
)

MARKS = {"east": "东界私件", "west": "西界私件"}
COUNTIES = {"east": SHUICHENG, "west": PANZHOU}
ROLES = ("ngo", "keeper", "village", "township", "county", "volunteer", "leader")


@dataclass
class Places:
    county: AdminArea
    township: AdminArea
    village: AdminArea


def places_of(side: str) -> Places:
    county = an_area(COUNTIES[side])
    township = AdminArea.objects.current().townships().filter(parent=county).order_by("code")[1]
    village = AdminArea.objects.current().filter(parent=township).order_by("code")[0]
    return Places(county, township, village)


def a_side(side: str) -> dict[str, User]:
    """The people of a side by their role; what is theirs alone reads MARKS[side]."""
    mark, places = MARKS[side], places_of(side)
    people = _people(side, places)
    site = a_site(keeper=people["keeper"], area=places.village.code, name=f"{side}儿童之家")
    organization = an_organization(member=people["ngo"], area=places.county.code, name=f"{side}服务中心")
    _needs(mark, site, people["keeper"])
    _programs(mark, site, organization, people["ngo"])
    returned = an_organization(member=people["ngo"], area=places.county.code, status="returned", name=f"{mark}新组织")
    _remark(returned, mark, people["county"])
    volunteers = [a_volunteer(f"{mark}志愿者", base_area=places.township, cleared=True) for _ in range(2)]
    shift = a_shift(need=a_need(status="published", site=site, windows=0, raised_by=people["keeper"]))
    for volunteer in volunteers:
        a_signup(shift=shift, volunteer=volunteer)
    people["volunteer"] = volunteers[0].user
    group = a_group(leader=volunteers[1], host=organization, name=f"{mark}志愿队")
    people["leader"] = group.leader.user
    for person in people.values():
        tell(person, f"{mark}：给{person}的消息", body=mark)
    return people


def _people(side: str, places: Places) -> dict[str, User]:
    people = {name: a_user(f"{side}{name}") for name in ("ngo", "keeper")}
    people["village"] = a_user(f"{side}社区", role="village", area=places.village.code)
    people["township"] = a_user(f"{side}街道", role="township", area=places.township.code)
    people["county"] = a_user(f"{side}区县", role="county", area=places.county.code)
    return people


def _needs(mark: str, site, keeper: User) -> None:
    for status in ("draft", "submitted", "returned", "verified", "withdrawn", "referred"):
        need = a_need(status=status, site=site, raised_by=keeper, title=f"{mark}{status}", submitted_at=timezone.now())
        _remark(need, mark, keeper)


def _programs(mark: str, site, organization, member: User) -> None:
    for status in ("draft", "submitted", "returned", "cancelled"):
        program = a_program(
            status=status,
            organization=organization,
            drafted_by=member,
            title=f"{mark}{status}",
            submitted_at=timezone.now(),
        )
        a_shift(program=program, site=site, published_at=None)
        _remark(program, mark, member)


def _remark(subject, mark: str, author: User) -> None:
    event = record(f"{subject._meta.model_name}.changed", subject, actor=author)
    add_remark(event, text=mark, author=author)
