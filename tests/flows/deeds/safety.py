"""Identities, papers, reports and complaints."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from marketplace.documents import actions as documents
from marketplace.privacy import actions as privacy
from marketplace.privacy.models import Identity
from marketplace.privacy.sealed import Person
from marketplace.safeguarding import actions as safeguarding
from marketplace.safeguarding.models import Hotline
from tests.factories import a_bureau_clerk, a_county_clerk, a_shift, a_site, a_township_clerk, a_user, an_area
from tests.factories.papers import a_pdf

from .registry import Act, deed

PERSON = Person(name="王小满", born_on=date(1950, 5, 4), phone="13800138009", address="双水社区")


def an_identity(*, born_on: date = date(1950, 5, 4), user: Any = None) -> Identity:
    person = Person(name="王小满", born_on=born_on, phone="13800138009")
    whose = "volunteer" if user else "beneficiary"
    return privacy.keep_identity(person, whose=whose, area=an_area(), actor=user, user=user)


@deed
def privacy__keep_identity() -> Act:
    clerk = a_township_clerk()
    return lambda: privacy.keep_identity(PERSON, whose="beneficiary", area=an_area(), actor=clerk)


@deed
def privacy__keep_own_identity() -> Act:
    user = a_user()
    return lambda: privacy.keep_own_identity(PERSON, user=user, area=an_area())


@deed
def privacy__forget_identity() -> Act:
    user = a_user()
    identity = an_identity(user=user)
    privacy.give_consent(purpose="identity", method="online", actor=user, subject=user, identity=identity)
    return lambda: privacy.forget_identity(identity, actor=user)


@deed
def privacy__forget_person() -> Act:
    user = a_user()
    an_identity(user=user)
    privacy.ask_correction(actor=user, text="出生日期不对")
    return lambda: privacy.forget_person(user, actor=user)


@deed
def privacy__move_identity() -> Act:
    identity = an_identity()
    return lambda: privacy.move_identity(identity, an_area("520281"), actor=None)


@deed
def privacy__come_of_age() -> Act:
    identity = an_identity(born_on=date(2015, 1, 1))
    birthday = identity.adult_on
    assert birthday is not None
    return lambda: privacy.come_of_age(birthday)


@deed
def privacy__look_up() -> Act:
    an_identity()
    clerk = a_township_clerk()
    return lambda: privacy.look_up("王小满", actor=clerk)


@deed
def privacy__ask_opening() -> Act:
    identity, clerk = an_identity(), a_township_clerk()
    return lambda: privacy.ask_opening(identity, actor=clerk, reason="核对住址")


@deed
def privacy__grant_opening() -> Act:
    opening = privacy.ask_opening(an_identity(born_on=date(2015, 1, 1)), actor=a_township_clerk(), reason="核对")
    clerk = a_county_clerk()
    return lambda: privacy.grant_opening(opening, actor=clerk)


@deed
def privacy__refuse_opening() -> Act:
    opening = privacy.ask_opening(an_identity(born_on=date(2015, 1, 1)), actor=a_township_clerk(), reason="核对")
    clerk = a_county_clerk()
    return lambda: privacy.refuse_opening(opening, actor=clerk, remark="理由不足")


@deed
def privacy__open_identity() -> Act:
    identity, clerk = an_identity(), a_township_clerk()
    privacy.ask_opening(identity, actor=clerk, reason="核对住址")
    return lambda: privacy.open_identity(identity, actor=clerk)


@deed
def privacy__give_consent() -> Act:
    user = a_user()
    return lambda: privacy.give_consent(purpose="account", method="online", actor=user, subject=user)


@deed
def privacy__withdraw_consent() -> Act:
    user = a_user()
    identity = an_identity(user=user)
    consent = privacy.give_consent(purpose="identity", method="online", actor=user, subject=user, identity=identity)
    return lambda: privacy.withdraw_consent(consent, actor=user)


@deed
def privacy__ask_correction() -> Act:
    user = a_user()
    return lambda: privacy.ask_correction(actor=user, text="出生日期不对", area=an_area())


@deed
def privacy__read_correction() -> Act:
    request = privacy.ask_correction(actor=a_user(), text="出生日期不对", area=an_area())
    clerk = a_county_clerk()
    return lambda: privacy.read_correction(request, actor=clerk)


@deed
def privacy__answer_correction() -> Act:
    request = privacy.ask_correction(actor=a_user(), text="出生日期不对", area=an_area())
    clerk = a_county_clerk()
    return lambda: privacy.answer_correction(request, actor=clerk, step="done", remark="已改")


@deed
def documents__keep_document() -> Act:
    user = a_user()
    return lambda: documents.keep_document(a_pdf(), title="登记证书", actor=user)


@deed
def documents__delete_document() -> Act:
    user = a_user()
    document = documents.keep_document(a_pdf(), title="登记证书", actor=user)

    def act() -> None:
        document.pk = document.pk or kept
        documents.delete_document(document, actor=user)

    kept = document.pk
    return act


@deed
def documents__start_import() -> Act:
    clerk = a_bureau_clerk()
    return lambda: documents.start_import("sites", "0" * 64, actor=clerk)


@deed
def documents__end_import() -> Act:
    clerk = a_bureau_clerk()
    sheet_import = documents.start_import("sites", "0" * 64, actor=clerk)
    return lambda: documents.end_import(sheet_import, actor=clerk)


@deed
def safeguarding__report_harm() -> Act:
    a_county_clerk()
    user, site = a_user(), a_site()
    return lambda: safeguarding.report_harm(actor=user, key="k" * 32, site=site)


def a_report() -> Any:
    return safeguarding.report_harm(actor=a_user(), key="k" * 32, site=a_site())


@deed
def safeguarding__describe_report() -> Act:
    report = a_report()
    return lambda: safeguarding.describe_report(report, situation="r6", words="一个人在家很多天")


@deed
def safeguarding__read_report() -> Act:
    report, clerk = a_report(), a_county_clerk()
    return lambda: safeguarding.read_report(report, actor=clerk)


@deed
def safeguarding__take_up_report() -> Act:
    report, clerk = a_report(), a_county_clerk()
    return lambda: safeguarding.take_up_report(report, actor=clerk)


@deed
def safeguarding__hand_on_report() -> Act:
    report, clerk = a_report(), a_county_clerk()
    return lambda: safeguarding.hand_on_report(report, actor=clerk, remark="双水派出所，回执 12 号")


@deed
def safeguarding__complain() -> Act:
    a_county_clerk()
    user, shift = a_user(), a_shift()
    return lambda: safeguarding.complain(shift, actor=user, kind="charged_money", words="收了 20 元")


def a_complaint() -> Any:
    return safeguarding.complain(a_shift(), actor=a_user(), kind="safety", words="没有人带队")


@deed
def safeguarding__read_complaint() -> Act:
    complaint, clerk = a_complaint(), a_county_clerk()
    return lambda: safeguarding.read_complaint(complaint, actor=clerk)


@deed
def safeguarding__answer_complaint() -> Act:
    complaint, clerk = a_complaint(), a_county_clerk()
    return lambda: safeguarding.answer_complaint(complaint, actor=clerk, answer="已经核实并纠正。")


@deed
def safeguarding__save_hotline() -> Act:
    hotline, clerk = Hotline.objects.first(), a_bureau_clerk()
    return lambda: safeguarding.save_hotline(hotline, actor=clerk, number=f"12345-{timezone.now():%S%f}")
