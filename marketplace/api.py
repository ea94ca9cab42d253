"""The API under /api/v1: routers of the packages, one schema for every error."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from .problems import problem
from .workflow.refusals import Refused

api = NinjaAPI(
    title="对接 Duijie",
    version="1",
    description="志愿者、社会组织与需求的对接平台。坐标一律为 WGS-84，时间带时区。",
    urls_namespace="api",
    docs_url="/docs",
)
api.add_router("", "marketplace.geography.api.router")
api.add_router("", "marketplace.signups.api.router")
api.add_router("", "search.api.router")


@api.exception_handler(Http404)
def not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problem(404, _("没有找到，或者您看不到它。"))


@api.exception_handler(Refused)
def refused(_request: HttpRequest, error: Refused) -> HttpResponse:
    return problem(409, error.sentence)


@api.exception_handler(AuthenticationError)
def not_signed_in(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(401, _("请先登录。"))


@api.exception_handler(HttpError)
def http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def not_valid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = [".".join(str(part) for part in one["loc"][1:]) for one in error.errors]
    return problem(422, _("有的参数不对：%(names)s。") % {"names": "、".join(places)}, errors=error.errors)
