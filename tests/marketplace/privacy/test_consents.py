"""What people agree to, take back, and want corrected."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.history.models import Event
from marketplace.messaging.models import Message
from marketplace.privacy.actions import (
    answer_correction,
    ask_correction,
    give_consent,
    keep_own_identity,
    read_correction,
    withdraw_consent,
)
from marketplace.privacy.consents import ENDS, consent_lines
from marketplace.privacy.enums import CorrectionStatus, Method, Purpose, Whose
from marketplace.privacy.models import Consent, DataRequest
from marketplace.privacy.notices import current_notice, notices
from marketplace.privacy.queries import has_consent, identity_of, own_words, waiting_corrections
from marketplace.workflow.refusals import Refused
from tests.factories import PANZHOU, a_bureau_clerk, a_county_clerk, a_township_clerk, a_user, an_area

from .people import a_person, an_identity

pytestmark = pytest.mark.django_db


def test_a_consent_names_the_notice_of_the_day():
    user = a_user()
    consent = give_consent(purpose=Purpose.ACCOUNT, method=Method.ONLINE, actor=user, subject=user)
    assert (consent.version, consent.recorded_by) == (current_notice().version, user)
    assert Event.objects.get(verb="consent.given").details == {"purpose": "account", "method": "online"}


def test_notices_stand_in_order_and_none_is_of_tomorrow():
    dates = [notice.published_on for notice in notices()]
    assert dates == sorted(dates, reverse=True)
    assert current_notice() == notices()[0]
    assert len({notice.version for notice in notices()}) == len(notices())


@pytest.mark.parametrize(
    ("values", "holds"),
    [
        ({}, True),
        ({"valid_until": timezone.now() + timedelta(days=1)}, True),
        ({"valid_until": timezone.now() - timedelta(days=1)}, False),
    ],
)
def test_a_consent_holds_for_its_time(values, holds):
    user = a_user()
    give_consent(purpose=Purpose.MINOR_SERVICE, method=Method.PAPER, actor=user, subject=user, **values)
    assert has_consent(user, Purpose.MINOR_SERVICE) == holds
    assert [line["holds"] for line in consent_lines(user, timezone.now())] == [holds]


def test_the_own_identity_is_kept_with_one_consent():
    user = a_user()
    keep_own_identity(a_person(), user=user, area=an_area())
    keep_own_identity(a_person(name="彭阿英"), user=user, area=an_area())
    assert Consent.objects.filter(purpose=Purpose.IDENTITY).count() == 1
    assert identity_of(user).whose == Whose.VOLUNTEER


def test_taking_back_the_consent_forgets_the_identity():
    user = a_user()
    keep_own_identity(a_person(), user=user, area=an_area())
    consent = withdraw_consent(Consent.objects.get(), actor=user)
    assert (consent.withdrawn_at is not None, identity_of(user), has_consent(user, Purpose.IDENTITY)) == (
        True,
        None,
        False,
    )


def test_the_account_is_left_by_closing_it_alone():
    user = a_user()
    consent = give_consent(purpose=Purpose.ACCOUNT, method=Method.ONLINE, actor=user, subject=user)
    with pytest.raises(Refused):
        withdraw_consent(consent, actor=user)


def test_nobody_takes_back_somebody_elses_consent():
    user = a_user()
    keep_own_identity(a_person(), user=user, area=an_area())
    for stranger in (a_user(), a_bureau_clerk()):
        with pytest.raises(Refused) as refusal:
            withdraw_consent(Consent.objects.get(), actor=stranger)
        assert refusal.value.sentence == "由本人撤回。"


def test_staff_write_down_what_somebody_without_an_account_takes_back():
    identity = an_identity()
    consent = give_consent(purpose=Purpose.BENEFICIARY, method=Method.PHONE, actor=None, identity=identity)
    with pytest.raises(Refused):
        withdraw_consent(consent, actor=a_county_clerk(PANZHOU))
    withdraw_consent(consent, actor=a_township_clerk())
    identity.refresh_from_db()
    assert identity.deleted_at is not None


def test_taking_back_twice_is_refused():
    user = a_user()
    consent = give_consent(purpose=Purpose.MINOR_SERVICE, method=Method.PAPER, actor=user, subject=user)
    withdraw_consent(consent, actor=user)
    with pytest.raises(Refused) as refusal:
        withdraw_consent(consent, actor=user)
    assert refusal.value.sentence == "这项同意已经撤回。"


def test_every_purpose_says_what_ends_with_it():
    assert set(ENDS) == set(Purpose)


# Corrections


def test_a_correction_is_sealed_and_has_a_clock():
    user = a_user()
    asked = ask_correction(actor=user, text="我的名字是彭阿依", area=an_area())
    assert "彭阿依".encode() not in bytes(asked.text_sealed)
    assert own_words(asked) == "我的名字是彭阿依"
    assert timedelta(days=14) < asked.due_at - timezone.now() < timedelta(days=35)


@pytest.mark.parametrize("text", ["", "  "])
def test_an_empty_correction_is_refused(text):
    with pytest.raises(Refused):
        ask_correction(actor=a_user(), text=text)


def test_staff_of_the_area_read_and_answer():
    user, clerk = a_user(), a_township_clerk()
    asked = ask_correction(actor=user, text="日期不对", area=an_area())
    assert list(waiting_corrections(clerk)) == [asked]
    assert read_correction(asked, actor=clerk) == "日期不对"
    answer_correction(asked, actor=clerk, step="done", remark="改成 10 月 8 日")
    assert (asked.status, list(waiting_corrections(clerk))) == (CorrectionStatus.DONE, [])
    message = Message.objects.get(recipient=user)
    assert (message.subject, message.body) == ("您要求更正的信息：已办理", "改成 10 月 8 日")
    assert Event.objects.filter(verb="datarequest.opened", actor_id=clerk.pk).count() == 1


@pytest.mark.parametrize("step", ["done", "refused"])
def test_an_answer_without_words_is_refused(step):
    asked = ask_correction(actor=a_user(), text="日期不对", area=an_area())
    with pytest.raises(Refused):
        answer_correction(asked, actor=a_township_clerk(), step=step, remark=" ")


def test_nobody_answers_from_elsewhere_or_themselves():
    clerk = a_township_clerk()
    asked, own = (
        ask_correction(actor=a_user(), text="日期不对", area=an_area()),
        ask_correction(actor=clerk, text="名字不对", area=an_area()),
    )
    assert list(waiting_corrections(clerk)) == [asked]
    for request, actor in ((asked, a_county_clerk(PANZHOU)), (asked, a_user()), (own, clerk)):
        with pytest.raises(Refused):
            read_correction(request, actor=actor)
    assert set(DataRequest.objects.values_list("status", flat=True)) == {"open"}


def test_without_an_area_the_bureau_answers():
    asked = ask_correction(actor=a_user(), text="日期不对")
    assert (list(waiting_corrections(a_township_clerk())), list(waiting_corrections(a_bureau_clerk()))) == ([], [asked])
    with pytest.raises(Refused):
        read_correction(asked, actor=a_township_clerk())
    assert read_correction(asked, actor=a_bureau_clerk()) == "日期不对"
