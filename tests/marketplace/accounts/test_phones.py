"""Mainland phone numbers: one written form, one masked form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.accounts.phones import mask_phone, normalize_phone

numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "(138)00138000",
        "+8613800138000",
        "+86 138 0013 8000",
        "008613800138000",
        "8613800138000",
        "\t13800138000\n",
    ],
)
def test_normalize_phone_knows_the_ways_a_number_is_written(written):
    assert normalize_phone(written) == "13800138000"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "1380013800",
        "138001380000",
        "12800138000",
        "0858-8220000",
        "+85213800138",
        "1380013800a",
        "a@example.com",
        "１３８００１３８０００",
    ],
)
def test_normalize_phone_refuses_what_is_no_mainland_mobile_number(written):
    assert normalize_phone(written) is None


@given(numbers, st.lists(st.integers(0, 10), max_size=4), st.sampled_from(["", "+86", "86", "0086", "+86 "]))
def test_normalize_phone_finds_the_digits_between_separators(number, gaps, prefix):
    written = number
    for gap in gaps:
        written = f"{written[:gap]} {written[gap:]}"
    assert normalize_phone(prefix + written) == number


@given(numbers)
def test_normalize_phone_leaves_a_normal_number_alone(number):
    assert normalize_phone(normalize_phone(number)) == number


@given(st.text())
def test_normalize_phone_gives_eleven_digits_or_nothing(text):
    normal = normalize_phone(text)
    assert normal is None or re.fullmatch(r"1[3-9][0-9]{9}", normal)


@given(numbers)
def test_mask_phone_hides_the_four_digits_in_the_middle(number):
    masked = mask_phone(number)
    assert (masked[:3], masked[3:7], masked[7:]) == (number[:3], "****", number[-4:])


def test_mask_phone_of_nothing_is_nothing():
    assert mask_phone("") == ""
