"""Sites of one's area: the list, what is known of each, where it is, and whether it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.accounts.models import User
from marketplace.workflow.forms import offered_steps
from marketplace.workflow.refusals import Refused, refuse_if
from marketplace.workflow.views import take_posted_step

from .. import queries, rules
from ..actions import change_site, create_site
from ..actions import pin_site as pin
from ..completeness import Completeness, Kept, completeness
from ..enums import SiteKind
from ..forms import KeeperForm, PinForm, SiteForm
from ..models import ServiceSite
from ..pin_map import pin_map
from ..steps import BY_SLUG, STEPS

SITES_A_PAGE = 30
Line = tuple[Kept, Completeness]
FILTERS: dict[str, tuple[Any, Callable[[Kept, Completeness], bool]]] = {
    "unpinned": (gettext_lazy("位置待核实"), lambda kept, _state: not kept.site.has_point),
    "no_director": (
        gettext_lazy("没有儿童主任"),
        lambda kept, _state: kept.site.kind == SiteKind.CHILDRENS_HOME and kept.director is None,
    ),
    "incomplete": (gettext_lazy("资料不全"), lambda _kept, state: not state.is_whole),
}


def list_sites(request: HttpRequest) -> HttpResponse:
    """Every site of this person's area; ?show= keeps those that lack something."""
    lines = [(kept, completeness(kept)) for kept in queries.with_keepers(queries.sites_worked_on_by(request.user))]
    chosen = request.GET.get("show", "")
    is_kept = FILTERS[chosen][1] if chosen in FILTERS else lambda _kept, _state: True
    user = cast(User, request.user)
    context = {
        "page": Paginator([line for line in lines if is_kept(*line)], SITES_A_PAGE).get_page(request.GET.get("page")),
        "chips": _chips(lines, chosen),
        "query": f"show={chosen}" if chosen in FILTERS else "",
        "may_set_up": user.has_role(*rules.STAFF),
        "may_import": rules.refuse_import(user) is None,
    }
    return render(request, "sites/list.html", context)


def _chips(lines: list[Line], chosen: str) -> list[dict[str, Any]]:
    """The chip that is on leads back to all."""
    return [
        {
            "label": label,
            "count": sum(is_kept(*line) for line in lines),
            "is_on": name == chosen,
            "url": reverse("desk_sites") if name == chosen else f"?show={name}",
        }
        for name, (label, is_kept) in FILTERS.items()
    ]


def set_up_site(request: HttpRequest) -> HttpResponse:
    """A new place; where it is comes next."""
    form = SiteForm(request.user, request.POST or None)
    if request.method == "POST" and (site := _saved(request, form, None)):
        messages.success(request, _("已登记。接下来请标出位置，别人才能按距离找到它。"))
        return redirect("desk_site_pin", site.pk)
    return render(request, "sites/form.html", {"form": form})


def edit_site(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of the place: all of it for staff, its hours and size for those who keep it."""
    site = _site_of(request, pk)
    refuse_if(rules.refuse_edit(site, request.user, rules.KEEPER_FIELDS))
    # The form writes into its instance, and the action must still see what stood before.
    form = SiteForm(request.user, request.POST or None, instance=_site_of(request, pk))
    if request.method == "POST" and _saved(request, form, site):
        messages.success(request, _("已保存。"))
        return redirect("desk_site", pk)
    return render(request, "sites/form.html", {"form": form, "site": site})


def _saved(request: HttpRequest, form: SiteForm, site: ServiceSite | None) -> ServiceSite | None:
    """The saved site, or None where the form must be shown again."""
    if not form.is_valid():
        return None
    try:
        if site is None:
            return create_site(actor=request.user, **form.cleaned_data)
        return change_site(site, actor=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None


def show_site(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known and what is missing, who keeps it, what happened, and the steps open to this person."""
    site = _site_of(request, pk)
    kept = queries.kept(site)
    may_change = rules.refuse_change(site, request.user) is None
    context = {
        "site": site,
        "kept": kept,
        "state": completeness(kept),
        "may_change": may_change,
        "may_edit": rules.refuse_edit(site, request.user, rules.KEEPER_FIELDS) is None,
        "keeper_form": KeeperForm() if may_change else None,
        "entries": queries.site_story(site),
        "steps": offered_steps(site, request.user, STEPS, url_name="site_step"),
        "back_url": reverse("desk_sites"),
        "back_label": _("服务地点"),
    }
    return render(request, "sites/detail.html", context)


def pin_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it is: a touch on the map, or two numbers and the map they come from."""
    site = _site_of(request, pk)
    refuse_if(rules.refuse_change(site, request.user))
    form = PinForm(site, request.POST or None)
    if request.method == "POST" and form.is_valid():
        pin(site, form.point, actor=request.user)
        messages.success(request, _("位置已标出，现在可以按距离找到这里了。"))
        return redirect("desk_site", pk)
    return render(request, "sites/pin.html", {"form": form, "site": site, "map_data": pin_map(site)})


@require_POST
def take_site_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of the table, with the person's words where it asks for them."""
    site = _site_of(request, pk)
    take_posted_step(request, site, step, BY_SLUG)
    return redirect("desk_site", pk)


def _site_of(request: HttpRequest, pk: int) -> ServiceSite:
    return get_object_or_404(queries.sites_worked_on_by(request.user), pk=pk)
