"""What tests of the account pages do again and again."""

from django.test import Client

from marketplace.accounts.actions import create_account
from marketplace.accounts.models import User

PASSWORD = "shan-qiao-12"
EMAIL, PHONE = "wu@example.com", "13800138000"


def a_person(*, email: str | None = EMAIL, phone: str = PHONE, password: str = PASSWORD) -> User:
    """Somebody who can sign in by e-mail and by phone."""
    return create_account(display_name="吴晓梅", email=email, phone=phone, password=password)


def sign_in(client: Client, login: str = EMAIL, password: str = PASSWORD, *, after: str = "", **extra):
    """Sends the sign-in form as a browser without JavaScript does; `after` is where the person was going."""
    data = {"login": login, "password": password} | ({"next": after} if after else {})
    return client.post("/accounts/login/", data, **extra)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def errors(response) -> list[str]:
    """What the page says is wrong, field after field."""
    form = response.context["form"]
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]
