"""Relatives among the volunteers: the person's declaration, and staff who record it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import queries
from ..actions import declare_kinship, record_kinship
from ..forms import DeclarationForm, RelativeFormSet
from ..models import KinshipDeclaration
from .evidence import own_volunteer


def declare(request: HttpRequest) -> HttpResponse:
    """None, or the rows say who; the answer is the same whether anybody was found or not."""
    volunteer = own_volunteer(request)
    form = DeclarationForm(request.POST or None)
    rows = RelativeFormSet(request.POST or None, prefix="relatives")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        relatives = [(row["relation"], row["contact"]) for row in rows.cleaned_data if row.get("contact")]
        if bool(relatives) != form.cleaned_data["has_none"]:
            declare_kinship(volunteer, actor=request.user, relatives=relatives)
            messages.success(request, _("已收到，由工作人员登记。"))
            return redirect("kinship")
        form.add_error("has_none", _("有亲属就填在下面，没有就勾选这一项，二选一。"))
    declaration = KinshipDeclaration.objects.filter(volunteer=volunteer).first()
    return render(request, "volunteers/kinship.html", {"form": form, "rows": rows, "declaration": declaration})


def list_declarations(request: HttpRequest) -> HttpResponse:
    """What nobody has recorded yet. Who the relatives are is shown to nobody."""
    waiting = queries.declarations_to_record(request.user).prefetch_related("kinships")
    return render(request, "volunteers/declarations.html", {"declarations": waiting})


@require_POST
def record_declaration(request: HttpRequest, pk: int) -> HttpResponse:
    declaration = get_object_or_404(queries.declarations_to_record(request.user), pk=pk)
    record_kinship(declaration, actor=request.user)
    messages.success(request, _("已登记，从现在起算数。"))
    return redirect("declarations")
