"""Numbers of papers: check digit, a date that was, never the region."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from marketplace.privacy.enums import IdType
from marketplace.privacy.id_numbers import born_on, check_digit, plain_number, refuse_id_number

from .people import id_number

EIGHTEEN = "证件号码是 18 位，最后一位可以是 X，请照着证件再看一遍。"
DIGIT = "证件号码有一位不对，请照着证件再看一遍。"
DATE = "证件号码里的出生日期不对，请照着证件再看一遍。"


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "11010519491231002x", "110105 19491231 002X", "１１０１０５19491231002X"]
)
def test_the_published_example_is_a_good_number(number):
    assert (refuse_id_number(number), born_on(number)) == (None, date(1949, 12, 31))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", EIGHTEEN),
        ("110105491231002", EIGHTEEN),
        ("01010519491231002X", EIGHTEEN),
        ("11010519491231002٣", EIGHTEEN),
        ("110105194912310021", DIGIT),
        ("11010519491231003X", DIGIT),
        (id_number(date(1990, 5, 17)).replace("19900517", "19900518"), DIGIT),
    ],
)
def test_a_mistyped_number_is_refused_in_words(number, sentence):
    assert refuse_id_number(number) == sentence


@pytest.mark.parametrize("day", ["19000229", "19901301", "19900431", "18991231", "00000000"])
def test_a_date_that_never_was_is_refused_though_the_digit_agrees(day):
    first = f"520203{day}007"
    assert refuse_id_number(first + check_digit(first)) == DATE


def test_nobody_is_born_tomorrow():
    today = timezone.localdate()
    assert refuse_id_number(id_number(today)) is None
    assert refuse_id_number(id_number(today + timedelta(days=1))) == DATE


@time_machine.travel("2026-11-24 17:00+00:00")
def test_today_is_the_day_in_liupanshui():
    assert refuse_id_number(id_number(date(2026, 11, 25))) is None


@pytest.mark.parametrize("area", ["520281", "520204", "520221", "999999"])
def test_the_region_is_never_asked(area):
    """520281 stands in numbers of people born before there was such a region, 520221 in those of people born after."""
    assert refuse_id_number(id_number(date(1990, 1, 1), area=area)) is None


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_is_seen(born, serial, place, more):
    number = id_number(born, serial)
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert refuse_id_number(number) is None
    assert refuse_id_number(wrong) is not None


@pytest.mark.parametrize(
    ("id_type", "number", "is_fine"),
    [
        (IdType.NONE, "", True),
        (IdType.NONE, id_number(), False),
        (IdType.FOREIGN_PERMIT, "ABC123456789012", True),
        (IdType.RESIDENT, "ABC123456789012", False),
        (IdType.TRAVEL_PERMIT, id_number(area="810000"), True),
        (IdType.TRAVEL_PERMIT, "", False),
    ],
)
def test_other_papers_have_their_own_numbers(id_type, number, is_fine):
    assert (refuse_id_number(number, id_type) is None) == is_fine


def test_a_number_has_one_written_form():
    assert plain_number(" 110105-1949 1231-002x\n") == "11010519491231002X"
