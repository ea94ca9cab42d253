"""Reports, complaints, ratings and credit lists of the demo: a few of each, saying themselves that they are invented."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from marketplace.organizations.actions import lift_flag, record_flag, record_rating
from marketplace.organizations.models import Organization
from marketplace.safeguarding.actions import answer_complaint, complain, describe_report, hand_on_report, report_harm
from marketplace.sites.models import ServiceSite

from .people import Cast

INVENTED = "演示数据：这件事是编造的。"


def tell_what_is_wrong(cast: Cast, homes: list[ServiceSite], bodies: list[Organization]) -> None:
    """One report and one complaint that wait, one of each that was seen to."""
    own = next(home for home in homes if home.keepers.filter(user=cast.site).exists())
    report_harm(actor=cast.volunteer.user, key="demo-report-waiting", site=own)
    seen_to = report_harm(actor=None, key="demo-report-seen-to", site=homes[-1], channel="police")
    describe_report(seen_to, situation="r6", words=INVENTED)
    hand_on_report(seen_to, actor=cast.bureau, remark="已报公安机关（演示）")
    complain(bodies[0], actor=cast.volunteer.user, kind="not_as_said", words=INVENTED)
    answered = complain(bodies[1], actor=None, kind="charged_money", words=INVENTED)
    answer_complaint(answered, actor=cast.bureau, answer="已核实并退还（演示）。")


def rate(cast: Cast, bodies: list[Organization]) -> None:
    """Two grades, and a list that somebody has left again."""
    today = timezone.localdate()
    for body, grade in zip(bodies[:2], ("4A", "3A"), strict=True):
        until = today + timedelta(days=4 * 365)
        record_rating(
            body, actor=cast.bureau, grade=grade, starts_on=today - timedelta(days=365), ends_on=until, source=INVENTED
        )
    listed = record_flag(
        bodies[2], actor=cast.bureau, list="abnormal", starts_on=today - timedelta(days=200), source=INVENTED
    )
    lift_flag(listed, actor=cast.bureau, ends_on=today - timedelta(days=20))
