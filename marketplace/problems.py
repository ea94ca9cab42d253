"""Errors of the API as application/problem+json (RFC 9457): type, title, status, detail."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, **extra: Any) -> JsonResponse:
    """One problem document; `detail` is a sentence for the person."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **extra}
    return JsonResponse(body, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def no_such_address(_request: HttpRequest) -> JsonResponse:
    """What stands under /api/ where nothing else does."""
    return problem(404, _("这个地址没有接口，请看 /api/v1/docs。"))
