"""What a village worker reads out on the phone: the need as it was taken down, sentence by sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from marketplace.privacy.queries import masked_person
from marketplace.workflow.wording import say_when

from .models import Need, NeedPrivate


def read_back_script(need: Need) -> list[str]:
    """The sentences in the order of the form; of the sealed part no more than lets the other person recognize it."""
    lines = [
        _("我把刚才记下的念一遍，哪里不对您随时说。"),
        _("您需要的是：%(title)s。") % {"title": need.title},
        _("这是为%(audience)s的「%(category)s」。")
        % {"audience": need.get_audience_display(), "category": need.category},
        _("请来的人做这些：%(summary)s") % {"summary": need.summary},
        _("地点写的是%(site)s。") % {"site": need.site},
        *_visit(need),
        *_times(need),
        *_people(need),
        *_private(need),
        _("大家能看到的只有前面这些，没有您的姓名、电话和住址。都对吗？"),
    ]
    return [str(line) for line in lines]


def _visit(need: Need) -> list[str]:
    return [_("来的人会到家里来，都是年满十八岁的。")] if need.is_home_visit else []


def _times(need: Need) -> list[str]:
    windows = list(need.windows.all())
    if not windows:
        return [_("还没有说定时间。")]
    said = "；".join(say_when(window.starts_at, window.ends_at) for window in windows)
    most = max(window.places for window in windows)
    return [
        _("时间是：%(times)s。一共 %(count)s 次，每次 %(places)s 人以内。")
        % {"times": said, "count": len(windows), "places": most}
    ]


def _people(need: Need) -> list[str]:
    wanted = [str(one) for one in (*need.languages.all(), *need.skills.all())]
    said = [_("希望来的人会：%(wanted)s。") % {"wanted": "、".join(wanted)}] if wanted else []
    if need.risk_disclosure:
        said.append(_("要提醒来的人：%(risks)s") % {"risks": need.risk_disclosure})
    return said


def _private(need: Need) -> list[str]:
    private = NeedPrivate.objects.filter(need=need).select_related("identity").first()
    if private is None or private.identity is None:
        return []
    phone = masked_person(private.identity)["phone"]
    said = [_("您的姓名和住处我另外登记了，只有核实的工作人员写明原因才能看。")]
    if phone:
        said.append(_("登记的电话尾号是 %(last)s，对吗？") % {"last": phone[-4:]})
    return said
