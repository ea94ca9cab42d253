"""The numbers to call, as the bureau keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ..actions import save_hotline
from ..forms import HotlineForm
from ..models import Hotline


def list_hotlines(request: HttpRequest) -> HttpResponse:
    """All numbers with where they come from."""
    return render(request, "safeguarding/hotlines.html", {"hotlines": Hotline.objects.all()})


def add_hotline(request: HttpRequest) -> HttpResponse:
    return _fill_in(request, None)


def edit_hotline(request: HttpRequest, pk: int) -> HttpResponse:
    return _fill_in(request, get_object_or_404(Hotline, pk=pk))


def _fill_in(request: HttpRequest, hotline: Hotline | None) -> HttpResponse:
    form = HotlineForm(request.POST or None, instance=hotline)
    if request.method == "POST" and form.is_valid():
        save_hotline(hotline, actor=request.user, **form.cleaned_data)
        messages.success(request, _("已保存，页面上马上就是新的号码。"))
        return redirect("desk_hotlines")
    return render(request, "safeguarding/hotline_form.html", {"form": form, "hotline": hotline})
