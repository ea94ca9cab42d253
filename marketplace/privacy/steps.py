"""The steps of a request to look, and of a request for correction, as their pages offer them."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

OPENING_STEPS = (
    Step(
        slug="grant",
        transition="granted",
        label=_("批准查看"),
        done=_("已批准，也已告诉申请人。到时间会自动关闭。"),
        act=actions.grant_opening,
        refuse=rules.refuse_opening_decision,
    ),
    Step(
        slug="refuse",
        transition="refused",
        label=_("不批准"),
        done=_("没有批准，原因已告诉申请人。"),
        act=actions.refuse_opening,
        refuse=rules.refuse_opening_decision,
        kind="refuse",
        asks=_("为什么不批准？"),
        reasons=(_("不看完整资料也能办"), _("没有写清要办什么事"), _("应由负责这个孩子的工作人员申请")),
    ),
)
CORRECTION_STEPS = (
    Step(
        slug="done",
        transition="done",
        label=_("已更正"),
        done=_("已办理，结果已告诉本人。"),
        act=partial(actions.answer_correction, step="done"),
        refuse=rules.refuse_answer,
        asks=_("更正了什么？"),
    ),
    Step(
        slug="refuse",
        transition="refused",
        label=_("不能更正"),
        done=_("原因已告诉本人。"),
        act=partial(actions.answer_correction, step="refused"),
        refuse=rules.refuse_answer,
        kind="refuse",
        asks=_("为什么不能更正？"),
        reasons=(_("和证件上的一致，不用更正"), _("请先带证件到村（社区）或乡镇核对")),
    ),
)
BY_SLUG = {step.slug: step for step in OPENING_STEPS}
CORRECTION_BY_SLUG = {step.slug: step for step in CORRECTION_STEPS}
