"""What people fill in about their account: allauth's forms in our words, with a phone number beside the e-mail address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.workflow.refusals import Refused

from .limits import account_key_of, begin_attempt
from .models import User
from .phones import normalize_phone
from .queries import plain_login, user_by_email

PASSWORD_HINT = _("至少 8 个字符。不要用手机号、生日或很常见的密码。")
PHONE_HINT = _("11 位手机号码，例如 13800138000。")


class PhoneField(forms.CharField):
    """A mainland mobile number as people write it; its clean value is eleven digits."""

    default_error_messages = {"invalid": _("请填写 11 位手机号码，例如 13800138000。")}
    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"})

    def to_python(self, value: Any) -> str:
        text = plain_login(super().to_python(value) or "")
        if text and not normalize_phone(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class InOurWords:
    """Labels and hints of ours; a placeholder never stands in for a label."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = format_lazy(_("请填写{name}。"), name=field.label)


class LoginForm(InOurWords, account_forms.LoginForm):
    words = {"login": _("手机号或电子邮箱"), "password": _("密码")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}

    def clean_login(self) -> str:
        return plain_login(self.cleaned_data["login"])


class SignupForm(InOurWords, account_forms.SignupForm):
    """A name, a phone number or an e-mail address, a password once: the sign-in that follows asks for it again."""

    display_name = forms.CharField(max_length=40)
    agreed = forms.BooleanField()
    field_order = ["display_name", "phone", "email", "password1", "agreed"]
    words = {
        "display_name": _("称呼"),
        "phone": _("手机号"),
        "email": _("电子邮箱"),
        "password1": _("密码"),
        "agreed": _("我看过隐私说明，同意平台按它保存和使用我的信息"),
    }
    hints = {
        "display_name": _("别人看到的名字，可以不是真名。"),
        "phone": _("手机号和电子邮箱，填一项就可以登录。号码加密保存，不会公开。"),
        "email": _("用来接收通知和找回密码。"),
        "password1": PASSWORD_HINT,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["agreed"].error_messages["required"] = _("请先看隐私说明，同意后再注册。")
        self.fields["display_name"].widget.attrs["autocomplete"] = "nickname"

    @property
    def login(self) -> str:
        """What the person can sign in with."""
        return self.cleaned_data.get("phone") or self.cleaned_data.get("email") or ""

    def validate_unique_email(self, value: str) -> str:
        self.account_already_exists = user_by_email(value) is not None
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.login and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("请填写手机号，或者在下面填写电子邮箱。"))
        if cleaned.get("phone") and cleaned["phone"] in cleaned.get("password1", ""):
            self.add_error("password1", _("密码里不要有手机号，别人容易猜到。"))
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, None]:
        """The new account; None where the number or the address is taken, which only its owner is told."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return self.save(request), None
            except (IntegrityError, Refused):
                self.account_already_exists = True  # taken in this very moment
        get_user_model()().set_password(self.cleaned_data["password1"])  # takes as long as a new account does
        return None, None


class ChangePasswordForm(InOurWords, account_forms.ChangePasswordForm):
    words = {"oldpassword": _("现在的密码"), "password1": _("新密码"), "password2": _("再输入一次新密码")}
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(InOurWords, account_forms.SetPasswordForm):
    words = {"password1": _("密码"), "password2": _("再输入一次密码")}
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(InOurWords, account_forms.ResetPasswordForm):
    words = {"email": _("电子邮箱")}
    hints = {"email": _("注册时填写的邮箱。")}


class ResetPasswordKeyForm(InOurWords, account_forms.ResetPasswordKeyForm):
    words = {"password1": _("新密码"), "password2": _("再输入一次新密码")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(InOurWords, account_forms.ReauthenticateForm):
    words = {"password": _("密码")}


class AddEmailForm(InOurWords, account_forms.AddEmailForm):
    words = {"email": _("新的电子邮箱")}


class WithPassword(InOurWords, forms.Form):
    """What is asked again before something that an open screen must not be enough for."""

    password = forms.CharField(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    words = {"password": _("密码")}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, self.cleaned_data["password"]):
            raise adapter.validation_error("incorrect_password")
        return self.cleaned_data["password"]


class ChangePhoneForm(WithPassword):
    """A new number, and the password: whoever finds an open screen can't take the account over."""

    phone = PhoneField()
    field_order = ["phone", "password"]
    words = {"phone": _("新的手机号"), "password": _("密码")}
    hints = {"phone": PHONE_HINT}


class CloseAccountForm(WithPassword):
    """The second word: the password, which nobody types by mistake."""

    hints = {"password": _("输入密码后点「注销账号」，马上生效，不能恢复。")}


class LimitedCode:
    """A wrong code is a failure of the account like a wrong password."""

    def clean_code(self) -> str:
        attempt = begin_attempt(account_key_of(self.user))  # type: ignore[attr-defined]
        try:
            code = super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            attempt.fail()
            raise
        attempt.succeed()
        return code


class CodeForm(LimitedCode, InOurWords, code_forms.AuthenticateForm):
    words = {"code": _("验证码")}
    hints = {"code": _("身份验证器应用里的 6 位数字；手机不在身边时，填一个备用码。")}


class ReauthenticateCodeForm(LimitedCode, InOurWords, code_forms.ReauthenticateForm):
    words = {"code": _("验证码")}
    hints = {"code": _("身份验证器应用里的 6 位数字，或者一个备用码。")}


class ActivateCodeForm(InOurWords, totp_forms.ActivateTOTPForm):
    words = {"code": _("验证码")}
    hints = {"code": _("扫码后，应用里出现的 6 位数字。")}


class TokenForm(forms.Form):
    """What a new access token is for."""

    name = forms.CharField(label=_("用途"), max_length=40, help_text=_("例如：团队排班程序。以后凭它认出这个令牌。"))
