"""The page on which a spreadsheet of needs is tried out, taken in, and taken back."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from marketplace.documents.forms import SheetField
from marketplace.documents.sheets import corrected_file, read_rows
from marketplace.workflow.refusals import Refused, refuse_if

from ..actions.imports import CHANGED, NEW, SAME, SETTLED, WRONG, import_needs, imports_of, outcome, undo_import
from ..forms.spreadsheet import FIELDS, RowRead, read_needs, refuse_sheet

KEPT = "needs_sheet"
IMPORTS_SHOWN = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTCOMES = {
    NEW: gettext_lazy("新的草稿"),
    CHANGED: gettext_lazy("改草稿"),
    SAME: gettext_lazy("没有变化"),
    SETTLED: gettext_lazy("已经提交，不再改动"),
    WRONG: gettext_lazy("有错，先改"),
}


class UploadForm(forms.Form):
    file = SheetField(label=gettext_lazy("表格"))


def import_page(request: HttpRequest) -> HttpResponse:
    """GET: what the last sheet would do, row by row. POST: another sheet, tried out; nothing is written yet."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form):
        return redirect(reverse("desk_need_import"))
    read = _read(request)
    lines = [(one, outcome(one)) for one in read]
    counts = Counter(result for _one, result in lines)
    context = {
        "form": form,
        "lines": [{"read": one, "result": result, "says": OUTCOMES[result]} for one, result in lines],
        "wrong": counts[WRONG],
        "ready": counts[NEW] + counts[CHANGED],
        "imports": imports_of(request.user)[:IMPORTS_SHOWN],
    }
    return render(request, "needs/import.html", context)


def _kept(request: HttpRequest, form: UploadForm) -> bool:
    """The rows wait in the person's own session: of the columns that a need has, and not the file itself."""
    upload = form.cleaned_data["file"]
    try:
        rows = [{name: text for name, text in row.items() if name in FIELDS} for row in read_rows(upload)]
        refuse_if(refuse_sheet(rows))
        if not rows:
            raise Refused(_("表格里还没有一行需求。请在模板里填写以后再上传。"))
    except Refused as refusal:
        form.add_error("file", refusal.sentence)
        return False
    upload.seek(0)
    request.session[KEPT] = {"rows": rows, "sha256": hashlib.sha256(upload.read()).hexdigest()}
    return True


def _read(request: HttpRequest) -> list[RowRead]:
    kept: dict[str, Any] = request.session.get(KEPT, {})
    return read_needs(kept["rows"], request.user) if kept else []


@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """The good rows become drafts."""
    kept = request.session.get(KEPT)
    if not kept:
        raise Refused(_("请先上传表格。"))
    counts = import_needs(_read(request), sha256=kept["sha256"], actor=request.user)
    del request.session[KEPT]
    said = _("新建 %(new)s 个草稿，改了 %(changed)s 个；%(same)s 行没有变化，%(wrong)s 行有错没有收。") % {
        "new": counts[NEW],
        "changed": counts[CHANGED],
        "same": counts[SAME] + counts[SETTLED],
        "wrong": counts[WRONG],
    }
    messages.success(request, said)
    return redirect("desk_need_import")


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """The drafts of one import are taken back."""
    stayed = undo_import(get_object_or_404(imports_of(request.user), pk=pk), actor=request.user)
    messages.success(
        request,
        _("已撤销；%(stayed)s 个需求后来改过或已经提交，没有动。") % {"stayed": stayed}
        if stayed
        else _("已撤销，草稿都收回了。"),
    )
    return redirect("desk_need_import")


def download_template(_request: HttpRequest) -> HttpResponse:
    """The headings, and a row to begin with."""
    return _file(corrected_file([dict.fromkeys(FIELDS, "")], {}), "needs.xlsx")


def download_corrections(request: HttpRequest) -> HttpResponse:
    """The sheet as it was, each wrong row with what to correct."""
    kept = request.session.get(KEPT)
    if not kept:
        raise Refused(_("请先上传表格。"))
    errors = {one.number: one.error for one in _read(request) if one.error}
    return _file(corrected_file(kept["rows"], errors), "needs-corrections.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
