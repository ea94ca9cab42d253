"""The steps of a site as its page offers them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

STEPS = (
    Step(
        slug="reopen",
        transition="reopened",
        label=_("重新开放"),
        done=_("已重新开放。先前取消的场次不会恢复，需要时请重新提出需求。"),
        act=actions.reopen_site,
        refuse=rules.refuse_change,
    ),
    Step(
        slug="close",
        transition="closed",
        label=_("关闭"),
        done=_("已关闭。这里还没开始的场次随之取消，报名的人会收到消息。"),
        act=actions.close_site,
        refuse=rules.refuse_change,
        kind="refuse",
        asks=_("为什么关闭？"),
        reasons=(_("场地维修"), _("搬到别处"), _("暂时没有人开门"), _("与另一处合并")),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
