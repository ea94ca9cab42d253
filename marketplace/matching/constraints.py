"""May this person serve this shift? The one place for hard rules: sign-up, cards, proposals and planner all ask it.

Each rule is pure and gives an obstacle or None; `obstacles` gives all of them, so that a person sees everything that is
missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.geography.distance import great_circle_km
from marketplace.geography.travel import known_minutes, straight_line_minutes
from marketplace.volunteers.enums import RestrictionKind
from marketplace.workflow.wording import say_when

from .facts import Commitment, Obstacle, OpenSpan, PersonFacts, Restricted, ShiftFacts

Rule = Callable[[PersonFacts, ShiftFacts], Obstacle | None]


def days_of(shift: ShiftFacts) -> tuple[date, date]:
    """The first and the last day of service, in Asia/Shanghai."""
    return timezone.localtime(shift.starts_at).date(), timezone.localtime(shift.ends_at).date()


def not_restricted(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """The sentence is the same for every restriction: it tells neither which one it is nor why, only whom to ask."""
    if not any(_is_kept_from(restricted, shift) for restricted in person.restrictions):
        return None
    return Obstacle(
        "restricted",
        _("这一场暂时不能安排您参加。想了解情况，请问您常住乡镇（街道）的工作人员，或拨打 %(phone)s。")
        % {"phone": settings.HELP_PHONE},
    )


def _is_kept_from(restricted: Restricted, shift: ShiftFacts) -> bool:
    first, last = days_of(shift)
    if restricted.first > last or (restricted.last is not None and restricted.last < first):
        return False
    return {
        RestrictionKind.EVERYTHING.value: True,
        RestrictionKind.CHILDREN.value: shift.for_children,
        RestrictionKind.SITE.value: restricted.site_id == shift.site_id,
        RestrictionKind.ORGANIZATION.value: restricted.organization_id == shift.organization_id,
    }[restricted.kind]


def is_of_age(person: PersonFacts, day: date) -> bool:
    """By the birth date where it is known, else as the person said."""
    return person.adult_on <= day if person.adult_on else person.is_adult


def needs_adult(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Shifts with personal risk, and all that take a clearance, are for adults (志愿服务条例 §15: 与年龄相适应)."""
    if not shift.adults_only or is_of_age(person, days_of(shift)[0]):
        return None
    return Obstacle("age", _("这个场次需要年满 18 岁。"))


def needs_guardian(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Minors serve with their guardian's consent for the day (中国注册志愿者管理办法, 14–18 岁). Where only adults serve,
    a consent would change nothing and is not asked for."""
    first, last = days_of(shift)
    if shift.adults_only or is_of_age(person, first) or _covers(person.guardian_agreed, first, last):
        return None
    return Obstacle("guardian", _("还差监护人同意：请在「我的资料」里填写监护人，再由监护人打开链接确认。"))


def needs_clearance(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Every required clearance holds on the day of service (未成年人保护法 §62)."""
    days = days_of(shift)
    missing = [name for code, name in shift.clearances.items() if not _covers(person.clearances.get(code, ()), *days)]
    if not missing:
        return None
    return Obstacle(
        "clearance", _("还差 %(count)d 项：%(names)s。") % {"count": len(missing), "names": "、".join(missing)}
    )


def _covers(spans: Iterable[OpenSpan], first: date, last: date) -> bool:
    """Whether one span holds on all these days; two that follow each other are not joined."""
    return any(start <= first and (end is None or last <= end) for start, end in spans)


def needs_skill(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """What can be said of oneself; what takes a paper is asked by `needs_qualification`."""
    plain = {code: name for code, name in shift.skills.items() if code not in shift.qualifications}
    missing = [name for code, name in plain.items() if code not in person.skills]
    if not missing:
        return None
    return Obstacle("skill", _("需要会：%(names)s。会的话请在「我的资料」里勾选。") % {"names": "、".join(missing)})


def needs_qualification(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """A skill that takes a paper counts with one that was accepted and holds on the day (志愿服务条例 §16)."""
    days = days_of(shift)
    missing = [
        name for code, name in shift.qualifications.items() if not _covers(person.qualified.get(code, ()), *days)
    ]
    if not missing:
        return None
    return Obstacle(
        "qualification",
        _("需要核对过、当天有效的证明：%(names)s。有的话请在「我的资料」里上传，由工作人员核对。")
        % {"names": "、".join(missing)},
    )


def needs_language(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    missing = [name for code, name in shift.languages.items() if code not in person.languages]
    if not missing:
        return None
    return Obstacle(
        "language", _("需要会说：%(names)s。会的话请在「我的资料」里勾选。") % {"names": "、".join(missing)}
    )


def needs_insurance(_person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """Nobody serves where there is personal danger without an insurance for the day (志愿服务条例 §17, 慈善法 §69)."""
    if shift.is_insured or not shift.needs_insurance:
        return None
    return Obstacle(
        "insurance",
        _("这一场有人身危险，组织方还没有登记当天有效的保险，暂时不能报名。登记以后就可以报，也可以先看看别的活动。"),
    )


def within_weekly_limit(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """No more in one week, Monday to Sunday, than the person set for themselves."""
    week = _week(shift.starts_at)
    held = {one.shift_id for one in person.commitments if _week(one.starts_at) == week} - {shift.shift_id}
    if person.weekly_limit is None or len(held) < person.weekly_limit:
        return None
    return Obstacle(
        "weekly_limit",
        _("您给自己定了每周最多 %(limit)d 次，这一周已经有 %(count)d 次。还想参加的话，请在「我的资料」里改每周次数。")
        % {"limit": person.weekly_limit, "count": len(held)},
    )


def _week(moment: datetime) -> tuple[int, int]:
    """The ISO year and week in Asia/Shanghai."""
    year, week, _weekday = timezone.localtime(moment).isocalendar()
    return year, week


def fits_calendar(person: PersonFacts, shift: ShiftFacts) -> Obstacle | None:
    """No overlap with what is promised already, the way between the two places included."""
    for held in person.commitments:
        if held.shift_id != shift.shift_id and _clash(person, held, shift):
            return Obstacle(
                "overlap",
                _("与您已报名的 %(when)s 时间冲突（含路上时间）。") % {"when": say_when(held.starts_at, held.ends_at)},
            )
    return None


def _clash(person: PersonFacts, held: Commitment, shift: ShiftFacts) -> bool:
    """Either one begins before the other is over and the way from there is done."""
    there, back = _way(person, held, shift), _way(person, shift, held)
    return held.starts_at < shift.ends_at + back and shift.starts_at < held.ends_at + there


def _way(person: PersonFacts, start: Commitment | ShiftFacts, end: Commitment | ShiftFacts) -> timedelta:
    """The known time, else the estimate; none where nothing is known."""
    minutes = known_minutes((start.area_code, end.area_code), person.journeys)
    if minutes is None and start.place and end.place:
        minutes = straight_line_minutes(great_circle_km(start.place, end.place))
    return timedelta(minutes=minutes or 0)


# Whoever was let in is let go again when one of these no longer holds.
SAFEGUARDING: tuple[Rule, ...] = (not_restricted, needs_adult, needs_guardian, needs_clearance)
RULES: tuple[Rule, ...] = (
    *SAFEGUARDING,
    needs_skill,
    needs_qualification,
    needs_language,
    needs_insurance,
    within_weekly_limit,
    fits_calendar,
)


def obstacles(person: PersonFacts, shift: ShiftFacts, rules: tuple[Rule, ...] = RULES) -> list[Obstacle]:
    """Everything that keeps the person from this shift, in the order in which it is best mended."""
    found = (rule(person, shift) for rule in rules)
    return [obstacle for obstacle in found if obstacle]
