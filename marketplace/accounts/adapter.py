"""How allauth meets our accounts: sealed phone numbers, failures counted for the account, our words."""

from __future__ import annotations

import base64
import logging
from typing import Any

import qrcode  # type: ignore[import-untyped]
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from marketplace.workflow.refusals import Refused

from . import actions
from .forms import PhoneField
from .limits import account_key, begin_attempt, count_address_failure, refuse_address
from .models import PhoneIdentity, User
from .queries import user_by_email, user_by_phone
from .rules import refuse_demo_account
from .sealing import seal, unseal

logger = logging.getLogger(__name__)

MISMATCH = ("email_password_mismatch", "phone_password_mismatch", "username_password_mismatch")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        **dict.fromkeys(MISMATCH, gettext_lazy("手机号、邮箱或密码不对。")),
        "incorrect_password": gettext_lazy("密码不对。"),
        "enter_current_password": gettext_lazy("现在的密码不对。"),
        "incorrect_code": gettext_lazy("验证码不对，请等应用里出现下一个再试。"),
        "duplicate_email": gettext_lazy("这个邮箱已经是您的了。"),
        "rate_limited": gettext_lazy("做得太快了，请过几分钟再试。"),
    }

    # Signing in

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person, or None. Raises TooManyFailures where the account's or the address's limit is reached."""
        refuse_address(request)
        login = next((credentials[name] for name in ("email", "phone", "username") if credentials.get(name)), "")
        attempt = begin_attempt(account_key(login))
        user = super().authenticate(request, **credentials)
        if user is None:
            count_address_failure(request)
            self._say_how_many_are_left(attempt.fail())
            return None
        attempt.succeed()
        if sentence := refuse_demo_account(user, credentials["password"], is_demo=settings.IS_DEMO):
            raise forms.ValidationError(sentence)
        return user

    def _say_how_many_are_left(self, left: int) -> None:
        """For the known and the unknown login alike."""
        if left:
            sentence = _("手机号、邮箱或密码不对，还可以再试 %(left)s 次。") % {"left": left}
        else:
            minutes = settings.LOGIN_FAILURE_WINDOW_SECONDS // 60
            sentence = _("手机号、邮箱或密码不对。输错的次数多了，请过 %(minutes)s 分钟再试，或者找回密码。") % {
                "minutes": minutes
            }
        self.error_messages = {**self.error_messages, **dict.fromkeys(MISMATCH, sentence)}

    # Signing up

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        words = form.cleaned_data
        return actions.create_account(
            display_name=words["display_name"],
            email=words["email"] or None,
            phone=words["phone"],
            password=words["password1"],
            agreed=words["agreed"],
        )

    def set_password(self, user: User, password: str) -> None:
        actions.set_password(user, password, actor=user)

    # Phone numbers

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(**kwargs)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        identity = PhoneIdentity.objects.filter(user=user).first()
        return (identity.number, identity.verified_at is not None) if identity else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        actions.set_phone(user, phone, verified=verified)

    def set_phone_verified(self, user: User, phone: str) -> None:
        actions.set_phone(user, phone, verified=True)

    def get_user_by_phone(self, phone: str) -> User | None:
        return user_by_phone(phone)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        """Asked for only where ACCOUNT_PHONE_VERIFICATION_ENABLED is on, which needs an SMS gateway."""
        raise Refused(_("现在还不能发送短信验证码，请用密码登录。"))

    # E-mail

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """An address that another account signs in with stays that account's: its owner can reset that password by mail."""
        owner = user_by_email(email_address.email)
        if owner is None or owner.pk == email_address.user_id:
            return super().confirm_email(request, email_address)
        template = "account/messages/email_confirmation_failed.txt"
        self.add_message(request, messages.ERROR, template, {"email": email_address.email})
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A mail server that is away must not undo what the person just did."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:
            logger.exception("mail %s was not sent", template_prefix)
            sentence = _("邮件暂时发不出去，请过一会儿再试，或者打电话给我们。")
            messages.warning(self.request, sentence)


class MFAAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are sealed like everything else that must not be read from the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不对，请等应用里出现下一个再试。"),
        "unverified_email": gettext_lazy("请先确认您的电子邮箱，再开启两步验证。"),
    }

    def get_totp_label(self, user: User) -> str:
        return user.email or str(user)

    def build_totp_svg(self, url: str) -> str:
        """Black on white also where the page is dark."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")

    def encrypt(self, text: str) -> str:
        return base64.b64encode(seal(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(base64.b64decode(encrypted_text))
