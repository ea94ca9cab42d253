"""Who may record what about a volunteer, answer for one under age, and lead a group."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role
from marketplace.organizations.rules import is_member

from .enums import AgeGroup
from .models import (
    GroupMember,
    GuardianInvitation,
    KinshipDeclaration,
    Season,
    SkillEvidence,
    Volunteer,
    VolunteerGroup,
)
from .queries import RECORDERS

RESTRICTERS = (Role.COUNTY, Role.BUREAU)


def refuse_own_profile(volunteer: Volunteer, actor: Any) -> str | None:
    return None if volunteer.user_id == actor.pk else _("只能办理自己的资料。")


def refuse_entry(volunteer: Volunteer, actor: Any) -> str | None:
    """Staff of the volunteer's area, never for themselves."""
    if not actor.reaches(volunteer.area_code, *RECORDERS):
        return _("由志愿者常住地的乡镇、县级或市级工作人员登记。")
    if volunteer.user_id == actor.pk:
        return _("不能办理自己的登记，请同事办理。")
    return None


def refuse_clearance_entry(volunteer: Volunteer, actor: Any, checked_on: date, today: date) -> str | None:
    """Staff of the volunteer's area, never for themselves, never with a date to come (未成年人保护法 §62)."""
    if not actor.reaches(volunteer.area_code, *RECORDERS):
        return _("由志愿者常住地的乡镇、县级或市级工作人员登记。")
    if volunteer.user_id == actor.pk:
        return _("不能登记自己的审查结果，请同事办理。")
    if checked_on > today:
        return _("查询日期不能晚于今天。")
    return None


def refuse_evidence_check(evidence: SkillEvidence, actor: Any) -> str | None:
    return refuse_entry(evidence.volunteer, actor)


def refuse_past_end(valid_until: date | None, today: date) -> str | None:
    if valid_until and valid_until < today:
        return _("这份证明已经过期，请不通过并写明原因。")
    return None


def refuse_kinship_entry(declaration: KinshipDeclaration, actor: Any) -> str | None:
    return refuse_entry(declaration.volunteer, actor)


def refuse_restriction_entry(volunteer: Volunteer, actor: Any) -> str | None:
    """County and bureau only: what it rests on is theirs to know."""
    if not actor.reaches(volunteer.area_code, *RESTRICTERS):
        return _("由志愿者常住地的县级或市级工作人员登记。")
    if volunteer.user_id == actor.pk:
        return _("不能办理自己的登记，请同事办理。")
    return None


def refuse_season(volunteer: Volunteer, season: Season, today: date) -> str | None:
    """Consent is asked of those under age, for a season that is not over."""
    if volunteer.age_group == AgeGroup.ADULT:
        return _("年满 18 岁的志愿者不需要监护人同意。")
    if season.ends_on < today:
        return _("这个学期已经结束，请选择现在或以后的学期。")
    return None


def refuse_inviting_guardian(volunteer: Volunteer, actor: Any, season: Season, today: date) -> str | None:
    return refuse_own_profile(volunteer, actor) or refuse_season(volunteer, season, today)


def refuse_paper_consent(volunteer: Volunteer, actor: Any, season: Season, today: date) -> str | None:
    return refuse_entry(volunteer, actor) or refuse_season(volunteer, season, today)


def refuse_answer_of_guardian(invitation: GuardianInvitation, now: datetime) -> str | None:
    """A link works once, and only for some days."""
    if invitation.answered_at or invitation.ends_at <= now or invitation.guardian.deleted_at:
        return link_is_over()
    return None


def refuse_own_consent(invitation: GuardianInvitation, reader: Any) -> str | None:
    """Nobody answers as their own guardian."""
    if invitation.volunteer.user_id != reader.pk:
        return None
    return _("这里登录的是您自己的账号，不能替监护人同意。请把链接发给监护人，在监护人的手机上打开。")


def link_is_over() -> str:
    return _("这个链接已经用过或者过期。请让孩子在「我的资料」里重新生成一个。")


def refuse_group_change(leader: Any, actor: Any) -> str | None:
    if leader.user_id != actor.pk:
        return _("只有团队负责人可以办理。")
    return None


def refuse_group_confirmation(group: VolunteerGroup, actor: Any) -> str | None:
    if not is_member(actor, group.host_organization):
        return _("由依托组织的工作人员确认。")
    return None


def refuse_invitation(group: VolunteerGroup, actor: Any) -> str | None:
    """The leader of a confirmed group that has room; those who have not answered take up none, or its lack would tell
    who has an account."""
    if sentence := refuse_group_change(group.leader, actor):
        return sentence
    if group.confirmed_at is None:
        return _("还差一步：等「%(host)s」确认这个团队，之后就能邀请成员。") % {"host": group.host_organization}
    if sum(one.agreed_at is not None for one in group.groupmember_set.all()) >= group.capacity:
        return _("团队已满 %(capacity)d 人，先移出一位才能再邀请。") % {"capacity": group.capacity}
    return None


def refuse_overfull(group: VolunteerGroup) -> str | None:
    if group.groupmember_set.exclude(agreed_at=None).count() >= group.capacity:
        return _("团队已经满了，请联系负责人。")
    return None


def refuse_leaving(member: GroupMember, actor: Any) -> str | None:
    """Everybody may leave, the leader takes out others; a group is never without its leader."""
    if member.volunteer_id == member.group.leader_id:
        return _("负责人不能离开自己的团队。")
    if actor.pk in (member.volunteer.user_id, member.group.leader.user_id):
        return None
    return _("只有本人或团队负责人可以办理。")
