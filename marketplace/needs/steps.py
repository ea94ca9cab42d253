"""The steps of a need as its page offers them. The clock's own step, expiry, is nobody's button."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

STEPS = (
    Step(
        slug="verify",
        transition="verified",
        label=_("核实通过"),
        done=_("已核实。再点「发布」，志愿者就能看到这个需求。"),
        act=actions.verify_need,
        refuse=rules.refuse_verified,
    ),
    Step(
        slug="publish",
        transition="published",
        label=_("发布"),
        done=_("已发布，每个时间段都可以报名了，也已告诉提出人。"),
        act=actions.publish_need,
        refuse=rules.refuse_publication,
    ),
    Step(
        slug="submit",
        transition="submitted",
        label=_("提交核实"),
        done=_("已提交。工作人员会在 3 个工作日内核实，结果会发到「消息」。"),
        act=actions.submit_need,
        refuse=rules.refuse_handing_in,
    ),
    Step(
        slug="fulfil",
        transition="fulfilled",
        label=_("已经办完"),
        done=_("已记下：这个需求办完了。"),
        act=actions.fulfil_need,
        refuse=rules.refuse_speaking,
    ),
    Step(
        slug="return",
        transition="returned",
        label=_("退回修改"),
        done=_("已退回，填过的内容都还在，原因已告诉提出人。"),
        act=actions.return_need,
        refuse=rules.refuse_verification,
        kind="refuse",
        asks=_("为什么退回？"),
        reasons=(
            _("时间写得不清楚，请补充起止时间"),
            _("人数与时间段对不上，请核对需要几人"),
            _("公开说明里有能认出孩子或老人的内容，请改写"),
            _("请补充风险提示，例如路况、是否需要结伴"),
            _("不是危急的事，请改紧急程度后再提交"),
        ),
    ),
    Step(
        slug="refer",
        transition="referred",
        label=_("转介"),
        done=_("已转介，去向已告诉提出人。"),
        act=actions.refer_need,
        refuse=rules.refuse_verification,
        kind="secondary",
        asks=_("转给谁办？"),
        reasons=(
            _("涉及个别儿童的情况，转乡镇（街道）儿童督导员"),
            _("属于基本养老服务，转乡镇（街道）民政办"),
            _("需要诊断或治疗，转卫生健康部门"),
            _("属于资金或物资救助，转县级民政部门"),
            _("已打电话核实，转公安、急救或救助管理机构"),
        ),
    ),
    Step(
        slug="withdraw",
        transition="withdrawn",
        label=_("撤回需求"),
        done=_("已撤回。还没开始的场次随之取消，报名的人会收到消息。"),
        act=actions.withdraw_need,
        refuse=rules.refuse_speaking,
        kind="quiet",
        asks=_("为什么撤回？"),
        reasons=(_("已经找到人了"), _("时间有变，以后再提"), _("情况有变，不需要了")),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
