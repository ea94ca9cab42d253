"""May this person sign up, withdraw, see who comes, or say who was there?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.matching.constraints import SAFEGUARDING, needs_qualification, obstacles
from marketplace.matching.facts import Obstacle
from marketplace.matching.queries import person_facts, required_clearances, shift_facts
from marketplace.organizations.rules import refuse_to_act
from marketplace.programs.rules import runs_shift
from marketplace.shifts.enums import ShiftStatus
from marketplace.shifts.models import Shift
from marketplace.sites.rules import speaks_for
from marketplace.volunteers.models import Volunteer, VolunteerGroup
from marketplace.volunteers.queries import volunteer_of

from .adults import refuse_without_adults
from .candidates import Candidate
from .models import SignUp
from .queries import held_shifts


def refuse_shift(shift: Shift, now: datetime) -> str | None:
    """Whether anybody can still sign up here."""
    if shift.published_at is None:
        return _("这个场次还没有发布。")
    if shift.status != ShiftStatus.OPEN:
        return _("这个场次现在是「%(status)s」，不能报名。") % {"status": shift.get_status_display()}
    if shift.starts_at <= now:
        return _("活动已经开始，不能再报名。")
    return None


def obstacles_between(volunteer: Volunteer, shift: Shift) -> list[Obstacle]:
    """Everything that keeps this person from this shift, with what they hold already."""
    return obstacles(person_facts(volunteer, held_shifts(volunteer)), shift_facts(shift, required_clearances()))


def refuse_person(shift: Shift, volunteer: Volunteer) -> str | None:
    """The same, in one sentence each."""
    return " ".join(obstacle.sentence for obstacle in obstacles_between(volunteer, shift)) or None


def refuse_signup(shift: Shift, volunteer: Volunteer, acknowledged_risks: bool, now: datetime) -> str | None:
    """All rules of a sign-up, the shift's own first."""
    if sentence := refuse_shift(shift, now):
        return sentence
    if shift.risk_disclosure and not acknowledged_risks:
        return _("还差一步：请阅读风险提示，并勾选「我已了解以上风险」。")
    if SignUp.objects.active().filter(shift=shift, volunteer=volunteer).exists():
        return _("您已经报过名了，可以在「我的活动」里查看。")
    return refuse_person(shift, volunteer)


def refuse_own(signup: SignUp, actor: Any) -> str | None:
    if signup.volunteer.user_id != actor.pk:
        return _("只能办理自己的报名。")
    return None


def refuse_withdrawal(signup: SignUp, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_own(signup, actor):
        return sentence
    if signup.shift.starts_at <= now:
        return _("活动已经开始，不能退出；没有去的话请联系活动负责人。")
    return None


def refuse_acceptance(signup: SignUp, actor: Any, now: datetime) -> str | None:
    if sentence := refuse_own(signup, actor):
        return sentence
    if is_offer_over(signup, now):
        return _("这个空位的保留时间已过，已让给下一位。")
    return refuse_shift(signup.shift, now) or refuse_person(signup.shift, signup.volunteer)


def is_offer_over(signup: SignUp, now: datetime) -> bool:
    return signup.offer_ends_at is not None and signup.offer_ends_at <= now


def refuse_roster(shift: Shift, user: Any) -> str | None:
    """Who may see who comes: those who receive the people.

    Who comes to children is shown by office to those who speak for the site; a member of an organization must be
    cleared for that day like everybody who serves there (未成年人保护法 §62).
    """
    if not runs_shift(user, shift):
        return _("名单只给活动地点和组织方的负责人看。")
    if not shift.clearance_required or speaks_for(user, shift.site):
        return None
    volunteer = volunteer_of(user)
    if volunteer is None:
        return _("这一场服务儿童，名单只给通过审查的人看。请先填写「我的资料」，再请乡镇（街道）登记审查结果。")
    missing = _safeguarding_obstacles(volunteer, shift)
    if not missing:
        return None
    return _("这一场服务儿童，名单只给通过审查的人看。%(missing)s由谁办理，请看「我的资料」。") % {
        "missing": "".join(obstacle.sentence for obstacle in missing)
    }


def _safeguarding_obstacles(volunteer: Volunteer, shift: Shift) -> list[Obstacle]:
    return obstacles(person_facts(volunteer), shift_facts(shift, required_clearances()), SAFEGUARDING)


# What must go on holding after somebody was let in; an hour of theirs or a skill they no longer name is not among it.
KEPT = (*SAFEGUARDING, needs_qualification)


def refuse_to_keep(signup: SignUp) -> str | None:
    """Whether somebody who was let in must be let go again: no longer cleared, kept from it, without their guardian's
    consent, or without the paper that the law asks for (未成年人保护法 §62, 志愿服务条例 §16)."""
    person, shift = person_facts(signup.volunteer), shift_facts(signup.shift, required_clearances())
    return "".join(obstacle.sentence for obstacle in obstacles(person, shift, KEPT)) or None


def refuse_attendance(signup: SignUp, actor: Any, now: datetime) -> str | None:
    if not runs_shift(actor, signup.shift):
        return _("由活动地点或组织方登记到场。")
    if signup.shift.starts_at > now:
        return _("活动还没有开始，开始以后才能登记到场。")
    return refuse_roster(signup.shift, actor) or refuse_without_adults(signup.shift)


def refuse_group(
    group: VolunteerGroup, shift: Shift, chosen: list[Candidate], actor: Any, acknowledged_risks: bool, now: datetime
) -> str | None:
    """The shift's own rules first, then everything that keeps one of the members from it, by name."""
    if group.leader.user_id != actor.pk:
        return _("由队长为团队报名。")
    if sentence := refuse_to_act(group.host_organization) or refuse_shift(shift, now):
        return sentence
    if not chosen:
        return _("还差一步：请至少勾选一位队员。")
    if shift.risk_disclosure and not acknowledged_risks:
        return _("还差一步：请把风险提示告诉每位队员，并勾选「每位队员都已了解以上风险」。")
    return " ".join(sentence for one in chosen if (sentence := _refuse_member(one))) or None


def _refuse_member(one: Candidate) -> str | None:
    if one.may_come:
        return None
    if one.signup:
        said = _("已经报过名了。")
    else:
        said = "".join(one.missing)
    return _("%(name)s：%(said)s") % {"name": one.volunteer, "said": said}
