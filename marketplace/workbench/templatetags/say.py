"""Template words for dates, distances, counts and sums, icons, and the tags components need; built in everywhere."""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.middleware.csrf import get_token
from django.template import RequestContext
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from marketplace.geography import travel
from marketplace.geography import wording as geography
from marketplace.workflow import wording

register = template.Library()


@register.simple_tag
def say_when(start: datetime | None, end: datetime | None = None) -> str:
    """`{% say_when shift.starts_at shift.ends_at %}` → 「11月28日 周六 09:00–11:30」."""
    return wording.say_when(start, end) if start else ""


@register.filter
def say_day(day: date | datetime | None) -> str:
    """`{{ need.wanted_on|say_day }}` → 「11月28日 周六」."""
    return wording.say_day(day) if day else ""


@register.filter
def say_moment(moment: datetime | None) -> str:
    """`{{ event.at|say_moment }}` → 「11月28日 周六 09:00」."""
    return wording.say_when(moment) if moment else ""


@register.filter
def say_near_day(day: date | datetime | None) -> str:
    """`{{ task.due_on|say_near_day }}` → 「明天」."""
    return wording.say_near_day(day) if day else ""


@register.filter
def say_distance(kilometres: float | None) -> str:
    """`{{ hit.distance_km|say_distance }}` → 「6.2 公里」."""
    return "" if kilometres is None else geography.say_distance(kilometres)


@register.filter
def say_minutes(minutes: float | None) -> str:
    """`{{ hit.minutes|say_minutes }}` → 「约 15 分钟」."""
    return "" if minutes is None else travel.say_minutes(round(minutes))


@register.filter
def say_places_left(places: int | None) -> str:
    """`{{ shift.places_left|say_places_left }}` → 「还差 3 人」."""
    return "" if places is None else wording.say_places_left(places)


@register.filter
def say_days_left(days: int | None) -> str:
    """`{{ task.days_left|say_days_left }}` → 「剩 2 个工作日」."""
    return "" if days is None else wording.say_days_left(days)


@register.filter
def say_money(fen: int | None) -> str:
    """`{{ project.price_fen|say_money }}` → 「1,234.50 元」."""
    return "" if fen is None else wording.say_money(fen)


@register.filter
def say_money_in_capitals(fen: int | None) -> str:
    """`{{ project.price_fen|say_money_in_capitals }}` → 「壹仟贰佰叁拾肆元伍角整」."""
    return "" if fen is None else wording.say_money_in_capitals(fen)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "search" %}`: a symbol of img/icons.svg, hidden from screen readers: text always stands beside it."""
    sheet = static("marketplace/img/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false" width="24" height="24"><use href="{}#{}"></use></svg>',
        sheet,
        name,
    )


@register.simple_tag(takes_context=True)
def form_token(context: RequestContext) -> SafeString:
    """The CSRF field of a form, also inside a component included with `only`, where `csrf_token` is out of reach."""
    request = getattr(context, "request", None)
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.filter
def lookup(mapping: dict[str, Any], key: str) -> Any:
    """`{{ row|lookup:column.key }}`: a value by a key known only while rendering."""
    return mapping.get(key, "")


CLOCK_KINDS = ((-1, "late"), (0, "today"), (2, "soon"))


@register.filter
def clock_kind(days: int) -> str:
    """late, today, soon (two working days or fewer) or calm: which colour and shape a deadline wears."""
    return next((kind for limit, kind in CLOCK_KINDS if days <= limit), "calm")


STATUS_KINDS = {
    "waiting": {"submitted", "waitlisted", "offered", "reported"},
    "info": {"verified", "published", "approved", "open", "taken_up"},
    "done": {"active", "fulfilled", "confirmed", "attended", "held", "handed_on", "answered"},
    "refused": {"returned", "suspended", "no_show"},
    "closed": {"ended", "expired", "cancelled", "withdrawn", "referred", "closed"},
}


@register.filter
def status_kind(status: str) -> str:
    """Which colour and shape a status wears, the same word the same everywhere; draft where it is in none of them."""
    return next((kind for kind, statuses in STATUS_KINDS.items() if status in statuses), "draft")


@register.filter
def page_numbers(page: Page) -> list[int | None]:
    """The numbers of a pagination, None where some are left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]
