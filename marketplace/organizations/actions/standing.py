"""Ratings, credit lists, and what is about to run out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.queries import staff_reaching
from marketplace.history.actions import record
from marketplace.messaging.actions import tell
from marketplace.workflow.actions import lock
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.wording import say_day

from .. import rules
from ..enums import CreditList, OrganizationStatus
from ..models import CreditFlag, Organization, Rating
from ..queries import papers_running_out, ratings_running_out
from .life import suspend_organization
from .members import tell_members


@transaction.atomic
def record_rating(
    organization: Organization, *, actor: Any, grade: str, starts_on: date, ends_on: date | None, source: str
) -> Rating:
    """A grade with its days (黔民发〔2025〕6号), recorded by those who verify."""
    refuse_if(rules.refuse_decision(organization, actor))
    rating = Rating.objects.create(
        organization=organization, grade=grade, starts_on=starts_on, ends_on=ends_on, source=source, recorded_by=actor
    )
    record("organization.rated", organization, actor=actor, grade=str(grade))
    return rating


@transaction.atomic
def record_flag(
    organization: Organization,
    *,
    actor: Any,
    list: str,
    starts_on: date,
    source: str,
    ends_on: date | None = None,
) -> CreditFlag:
    """On a credit list (民政部令第60号); the list of serious breaches suspends at once."""
    fresh = lock(organization)
    refuse_if(rules.refuse_decision(fresh, actor))
    flag = CreditFlag.objects.create(
        organization=fresh, list=list, starts_on=starts_on, ends_on=ends_on, source=source, recorded_by=actor
    )
    record("organization.flagged", fresh, actor=actor, list=str(list))
    if fresh.status == OrganizationStatus.ACTIVE and rules.refuse_serious_breach(fresh):
        why = _("列入%(list)s：%(source)s") % {"list": CreditList(list).label, "source": source}
        suspend_organization(fresh, actor=actor, remark=why)
    return flag


@transaction.atomic
def lift_flag(flag: CreditFlag, *, actor: Any, ends_on: date) -> CreditFlag:
    """Taken off the list on this day; the record stays. A suspended organization is restored by its own step."""
    refuse_if(rules.refuse_decision(flag.organization, actor))
    if ends_on < flag.starts_on:
        raise Refused(_("移出日期不能早于列入日期。"))
    flag.ends_on = ends_on
    flag.save(update_fields=["ends_on"])
    record("organization.flag_lifted", flag.organization, actor=actor, list=flag.list)
    return flag


@transaction.atomic
def warn_of_expiry(today: date) -> int:
    """Tell members and those who verify, once, of papers and ratings that are about to run out. Returns how many there were."""
    papers = [(one, one.get_kind_display(), one.valid_until) for one in papers_running_out(today)]
    ratings = [(one, _("评估等级"), one.ends_on) for one in ratings_running_out(today)]
    running_out: list[Any] = [*papers, *ratings]
    for one, what, last in running_out:
        _warn(one.organization, what=what, last=last)
        record(f"{one._meta.model_name}.expiry_told", one, actor=None)
    return len(running_out)


def _warn(organization: Organization, *, what: str, last: date) -> None:
    def subject() -> str:
        said = {"name": organization, "what": what, "day": say_day(last)}
        return _("「%(name)s」的%(what)s %(day)s 到期") % said

    tell_members(
        organization,
        lambda: subject().replace("%", "%%"),
        body=lambda: _("请上传新的材料，或者联系登记地区的民政部门更新。"),
    )
    for person in staff_reaching(organization.area_code, *rules.VERIFIERS):
        tell(person, subject, link=f"/desk/organizations/{organization.pk}/")
