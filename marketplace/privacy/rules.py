"""Who may keep, ask for, decide on and look at an identity; what a public text may not say."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.accounts.enums import Role

from .enums import IdType, Purpose
from .id_numbers import born_on, refuse_id_number
from .models import Consent, DataRequest, Identity, IdentityOpening
from .queries import ANSWERERS, APPROVERS, READERS, known_names, opening_in_force
from .sealed import Person


def refuse_known_names(text: str, area_code: str) -> str | None:
    """A public text may not name anybody whose identity is kept in this county (未成年人保护法 §103)."""
    found = known_names(text, area_code)
    if not found:
        return None
    return _("文字里的「%(names)s」可能是真实姓名，公开的内容里请换一种说法，例如「一名学生」「一位老人」。") % {
        "names": "」「".join(sorted(found))
    }


def refuse_person(person: Person) -> str | None:
    """Whether these values can be kept at all: a good number, and a birth date that agrees with it."""
    if sentence := refuse_id_number(person.id_number, person.id_type):
        return sentence
    told = born_on(person.id_number) if person.id_type != IdType.NONE else None
    if told and person.born_on and told != person.born_on:
        return _("出生日期和证件号码里的不一致，请照着证件再看一遍。")
    if person.born_on and person.born_on > timezone.localdate():
        return _("出生日期不能晚于今天。")
    return None


def needs_approval(identity: Identity) -> bool:
    """Somebody under age is looked at only with another person's word (未成年人网络保护条例 §36)."""
    return identity.is_minor and (identity.adult_on is None or timezone.localdate() < identity.adult_on)


def refuse_asking(identity: Identity, actor: Any) -> str | None:
    """Staff of the area ask; one's own data are on one's own page."""
    if identity.deleted_at:
        return _("这份资料已经按本人的要求删除。")
    if identity.user_id == actor.pk:
        return _("这是您自己的资料，请在「我的信息」里查看。")
    if not actor.reaches(identity.area_code, *READERS):
        return _("由所在地的工作人员查看。")
    return None


def refuse_opening_decision(opening: IdentityOpening, actor: Any) -> str | None:
    """County or bureau of the area, and never the one who asked (未成年人网络保护条例 §36)."""
    if opening.asked_by_id == actor.pk:
        return _("不能批准自己的申请，请同事办理。")
    if opening.identity.user_id == actor.pk:
        return _("这是您自己的资料，应当回避，请同事办理。")
    if not actor.reaches(opening.area_code, *APPROVERS):
        return _("由所在地的县级或市级民政部门批准。")
    return None


def refuse_looking(identity: Identity, actor: Any) -> str | None:
    """Only while an opening of one's own lasts, and the role with it."""
    if sentence := refuse_asking(identity, actor):
        return sentence
    if opening_in_force(identity, actor) is None:
        return _("现在不能查看完整资料，请先写明原因提出申请。")
    return None


def refuse_withdrawal(consent: Consent, actor: Any) -> str | None:
    """The person themselves; for somebody without an account, staff of the area write down what they were told."""
    identity = consent.identity
    if consent.withdrawn_at:
        return _("这项同意已经撤回。")
    if consent.purpose == Purpose.ACCOUNT:
        return _("撤回这一项就不能再使用账号，请在「我的信息」里注销账号。")
    if actor.pk in (consent.subject_id, identity.user_id if identity else None):
        return None
    if identity and identity.user_id is None and actor.reaches(identity.area_code, *READERS):
        return None
    return _("由本人撤回。")


def refuse_answer(request: DataRequest, actor: Any) -> str | None:
    """Staff of the person's area, never the person; where no area is known, the bureau."""
    if request.subject_id == actor.pk:
        return _("不能办理自己的申请，请同事办理。")
    may = actor.reaches(request.area_code, *ANSWERERS) if request.area_code else actor.has_role(Role.BUREAU)
    return None if may else _("由所在地的乡镇、县级或市级工作人员办理。")
