"""The steps of a program as its page offers them. The clock's own step, its end, is nobody's button."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

STEPS = (
    Step(
        slug="approve",
        transition="approved",
        label=_("审核通过"),
        done=_("已通过。各场次都可以报名了，也已告诉组织方。"),
        act=actions.approve_program,
        refuse=rules.refuse_decision,
    ),
    Step(
        slug="submit",
        transition="submitted",
        label=_("提交审核"),
        done=_("已提交。民政部门会在 5 个工作日内答复，结果会发到「消息」。"),
        act=actions.submit_program,
        refuse=rules.refuse_running,
    ),
    Step(
        slug="return",
        transition="returned",
        label=_("退回修改"),
        done=_("已退回，填过的内容都还在，原因已告诉组织方。"),
        act=actions.return_program,
        refuse=rules.refuse_decision,
        kind="refuse",
        asks=_("为什么退回？"),
        reasons=(
            _("风险提示太笼统，请写明路况、天气、与孩子或老人相处的注意事项"),
            _("时间或地点不清楚，请逐场核对"),
            _("名额与要做的事不相称，请说明怎么安排"),
            _("有孩子参加的场次，请勾选「需要通过审查」"),
        ),
    ),
    Step(
        slug="cancel",
        transition="cancelled",
        label=_("取消项目"),
        done=_("已取消。还没开始的场次不再由你们组织，报名的人会收到消息。"),
        act=actions.cancel_program,
        refuse=rules.refuse_running,
        kind="quiet",
        asks=_("为什么取消？"),
        reasons=(_("组织方人手不够"), _("场地有变"), _("时间有变，以后再办")),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
