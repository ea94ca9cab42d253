"""Signing up and withdrawing for other programs: by the session with `X-CSRFToken`, or by an access token."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Header, Router, Schema, Status
from ninja.security import HttpBearer, SessionAuth
from pydantic import BaseModel

from marketplace.accounts.limits import spend_signup
from marketplace.shifts.models import Shift
from marketplace.shifts.queries import public_shift
from marketplace.volunteers.models import Volunteer
from marketplace.workflow.refusals import Refused

from .actions import sign_up, withdraw_signup
from .enums import SignUpStatus
from .queries import first_answer, signups_of


class Token(HttpBearer):
    """`Authorization: Bearer` with an access token made under /desk/tokens/."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return request.user if getattr(request, "by_token", False) else None


class SignUpIn(BaseModel):
    """Not a Schema of ninja's, which takes a list or a text for an object without attributes."""

    acknowledge_risks: bool = False


class SignUpOut(Schema):
    """How the sign-up stood when it was made; `position` is its place in the waiting list, from 1."""

    id: int
    status: SignUpStatus
    position: int | None


class Problem(Schema):
    type: str
    title: str
    status: int
    detail: str


PROBLEMS = {status: Problem for status in (401, 403, 404, 409, 429)}
LONGEST_KEY = 64

router = Router(tags=["signups"], auth=[Token(), SessionAuth()])


@router.post(
    "/shifts/{int:shift_id}/signups",
    response={201: SignUpOut, **PROBLEMS},
    url_name="shift_signups",
    summary="报名一个场次",
)
def sign_up_by_program(
    request: HttpRequest,
    shift_id: int,
    wanted: SignUpIn,
    key: str = Header("", alias="Idempotency-Key", max_length=LONGEST_KEY),
) -> Status:
    """A place where one is free, else the end of the waiting list. The same key again gives the first answer."""
    spend_signup(request.user)
    shift = _shift(shift_id)
    volunteer = Volunteer.objects.filter(user=request.user.pk).select_related("user").first()
    if volunteer is None:
        raise Refused(_("还差一步：请先填写志愿者资料。"))
    signup = sign_up(
        shift, volunteer=volunteer, actor=request.user, acknowledged_risks=wanted.acknowledge_risks, key=key
    )
    return Status(201, {"id": signup.pk, **first_answer(signup)})


@router.delete("/signups/{int:signup_id}", response={204: None, **PROBLEMS}, url_name="signup", summary="退出报名")
def withdraw_by_program(request: HttpRequest, signup_id: int) -> HttpResponse:
    """The place goes to the next who waits. Withdrawing what is withdrawn changes nothing."""
    signup = get_object_or_404(signups_of(request.user), pk=signup_id)
    if signup.status != SignUpStatus.WITHDRAWN:
        withdraw_signup(signup, actor=request.user)
    return HttpResponse(status=204)


def _shift(number: int) -> Shift:
    try:
        return public_shift(number)
    except Shift.DoesNotExist:
        raise Http404 from None
