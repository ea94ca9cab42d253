"""A sheet of sites on the page: read without writing, taken in, given back with what to correct, undone."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from marketplace.documents.sheets import Row, corrected_file, read_rows
from marketplace.workflow.refusals import Refused, refuse_if

from .. import queries
from ..actions.imports import take_in, undo_import
from ..forms import SheetForm
from ..rules import refuse_import
from ..sheet import HEADINGS, Plan, read_plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ_FOR_SECONDS = 3600
ROWS_SHOWN = 200


def import_sheet(request: HttpRequest) -> HttpResponse:
    """Which sheets came in; a sheet handed in is read and nothing is written yet. ?template= gives an empty one."""
    if "template" in request.GET:
        return _as_file(corrected_file([dict.fromkeys(HEADINGS, "")], {}), "服务地点.xlsx")
    form = SheetForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "imports": queries.imports_by(request.user)[: queries.IMPORTS_SHOWN]}
    if request.method == "POST" and form.is_valid():
        try:
            rows = read_rows(form.cleaned_data["sheet"])
            context |= {"plan": read_plan(rows, request.user), "read": _sealed(request, rows), "rows_shown": ROWS_SHOWN}
        except Refused as refusal:
            form.add_error("sheet", refusal.sentence)
    return render(request, "sites/import.html", context)


@require_POST
def take_in_sheet(request: HttpRequest) -> HttpResponse:
    """Write what the page showed, compared once more with what stands by now."""
    rows, sha256 = _unsealed(request)
    plan = read_plan(rows, request.user)
    take_in(plan, sha256=sha256, actor=request.user)
    messages.success(request, _said(plan))
    return redirect("site_import")


def _said(plan: Plan) -> str:
    made, wrong = len(plan.new), len(plan.wrong)
    said = _("新登记 %(made)d 处，更新 %(changed)d 处。") % {"made": made, "changed": len(plan.changed)}
    if wrong:
        said += ngettext("有 %(wrong)d 行需要修改，没有导入。", "有 %(wrong)d 行需要修改，没有导入。", wrong) % {
            "wrong": wrong
        }
    return said


@require_POST
def download_corrected(request: HttpRequest) -> HttpResponse:
    """The rows as they were read, each wrong one with what to correct."""
    rows, _sha256 = _unsealed(request)
    refuse_if(refuse_import(request.user))
    return _as_file(corrected_file(rows, read_plan(rows, request.user).errors), "服务地点-需要修改.xlsx")


@require_POST
def undo_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What the sheet made and changed is as before, where nobody has worked on it since."""
    undone = undo_import(get_object_or_404(queries.imports_by(request.user), pk=pk), actor=request.user)
    messages.success(
        request,
        _("已撤销：删除 %(removed)d 处，恢复 %(restored)d 处。")
        % {"removed": undone.removed, "restored": undone.restored},
    )
    if undone.kept:
        messages.warning(
            request, _("这些地点后来有改动，没有撤销：%(names)s。") % {"names": _("、").join(undone.kept[:20])}
        )
    return redirect("site_import")


def _sealed(request: HttpRequest, rows: list[Row]) -> str:
    """The rows as the page hands them back: signed for this person, so that what is taken in is what was read."""
    return signing.dumps(rows, salt=_salt(request), compress=True)


def _unsealed(request: HttpRequest) -> tuple[list[Row], str]:
    read = request.POST.get("read", "")
    try:
        rows = signing.loads(read, salt=_salt(request), max_age=READ_FOR_SECONDS)
    except signing.BadSignature:
        raise Refused(_("这次预览已经过期，请重新上传表格。")) from None
    return rows, hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _salt(request: HttpRequest) -> str:
    return f"sites.import.{request.user.pk}"


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
