"""The steps of an organization as its page offers them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

STEPS = (
    Step(
        slug="verify",
        transition="verified",
        label=_("核验通过"),
        done=_("已通过核验，组织可以发布项目了，也已告诉他们。"),
        act=actions.verify_organization,
        refuse=rules.refuse_approval,
    ),
    Step(
        slug="submit",
        transition="submitted",
        label=_("提交核验"),
        done=_("已提交。登记地区的民政部门核验后，结果会发到「消息」。"),
        act=actions.submit_organization,
        refuse=rules.refuse_submission,
    ),
    Step(
        slug="restore",
        transition="restored",
        label=_("恢复"),
        done=_("已恢复，组织又可以发布项目了。"),
        act=actions.restore_organization,
        refuse=rules.refuse_approval,
    ),
    Step(
        slug="return",
        transition="returned",
        label=_("退回补正"),
        done=_("已退回，填过的内容都还在，原因已告诉组织。"),
        act=actions.return_organization,
        refuse=rules.refuse_decision,
        kind="refuse",
        asks=_("为什么退回？"),
        reasons=(
            _("登记证书看不清或已过期，请重新上传"),
            _("名称与登记证书不一致"),
            _("统一社会信用代码与登记证书不一致"),
            _("登记地区不对，应由登记机关所在地核验"),
            _("简介没有说清做什么、服务哪些人"),
        ),
    ),
    Step(
        slug="suspend",
        transition="suspended",
        label=_("暂停"),
        done=_("已暂停。正在进行的项目随之停止，报名的人会收到消息。"),
        act=actions.suspend_organization,
        refuse=rules.refuse_decision,
        kind="refuse",
        asks=_("为什么暂停？"),
        reasons=(_("登记已注销或撤销"), _("被列入活动异常或严重违法失信名单"), _("收到投诉，正在核实")),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
