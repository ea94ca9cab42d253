"""The steps of a report as its page offers them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from marketplace.workflow.steps import Step

from . import actions, rules

STEPS = (
    Step(
        slug="take-up",
        transition="taken_up",
        label=_("受理"),
        done=_("已由您受理。处理以后请登记移交给了谁。"),
        act=actions.take_up_report,
        refuse=rules.refuse_handling,
    ),
    Step(
        slug="hand-on",
        transition="handed_on",
        label=_("登记移交"),
        done=_("已登记移交。"),
        act=actions.hand_on_report,
        refuse=rules.refuse_handling,
        kind="secondary",
        asks=_("移交给了谁？"),
        reasons=(
            _("已报公安机关"),
            _("已转教育部门"),
            _("已转乡镇（街道）儿童督导员上门核实"),
            _("已送医疗机构"),
        ),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
