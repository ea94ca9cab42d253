"""统一社会信用代码 by the standard's own algorithm, against codes whose answer is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from marketplace.organizations.uscc import refuse_uscc

VALID = [
    "91350100M000100Y43",  # the standard's own example
    "91110000600037341L",
    "11320000MB151840XJ",
    "51520200MJD0000114",
    "52520200MJD00002XQ",
    "53520200MJD000038M",
]
OURS = {"association": "51520200MJD0000114", "service_org": "52520200MJD00002XQ", "foundation": "53520200MJD000038M"}
WRONG_CHECK = "代码的校验位对不上，多半有一位写错了，请对照登记证书再看一遍。"

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
NOT_DIGITS = "社会组织的代码前 8 位都是数字，请对照登记证书再看一遍。"

# An area code, and the nine characters of the body.
bodies = st.tuples(
    st.text(alphabet="0123456789", min_size=6, max_size=6), st.text(alphabet=ALPHABET, min_size=9, max_size=9)
).map("".join)


@pytest.mark.parametrize("code", VALID)
def test_known_codes_are_right_whatever_their_form(code):
    assert refuse_uscc(code, "") is None


def test_the_standards_counter_example_is_refused():
    assert refuse_uscc("91350100M000100Y4Z", "service_org") == (
        "代码里不会出现「Z」，请看看是不是把 0 写成了 O、把 1 写成了 I。"
    )


@pytest.mark.parametrize(("form", "code"), OURS.items())
def test_code_that_fits_its_form_is_accepted(form, code):
    assert refuse_uscc(code, form) is None


@pytest.mark.parametrize(
    ("form", "code", "sentence"),
    [
        ("association", OURS["service_org"], "社会团体的代码以 51 开头，请检查代码或组织形式。"),
        ("service_org", OURS["foundation"], "社会服务机构的代码以 52 开头，请检查代码或组织形式。"),
        ("foundation", OURS["association"], "基金会的代码以 53 开头，请检查代码或组织形式。"),
        ("service_org", "91350100M000100Y43", "社会服务机构的代码以 52 开头，请检查代码或组织形式。"),
    ],
)
def test_code_of_another_form_is_refused(form, code, sentence):
    assert refuse_uscc(code, form) == sentence


@pytest.mark.parametrize(
    ("code", "count"), [("", 0), ("52520200MJD00002X", 17), ("52520200MJD00002XQQ", 19), ("520200-123456789", 15)]
)
def test_code_of_another_length_is_refused(code, count):
    assert refuse_uscc(code, "service_org") == f"统一社会信用代码是 18 位，现在填了 {count} 位。"


@pytest.mark.parametrize("letter", "IOSVZ中")
def test_letters_the_standard_leaves_out_are_refused(letter):
    assert refuse_uscc(f"5252020{letter}MJD00002XQ", "service_org") == (
        f"代码里不会出现「{letter}」，请看看是不是把 0 写成了 O、把 1 写成了 I。"
    )


@pytest.mark.parametrize("code", ["5252020AMJD00002XQ", "A2520200MJD00002XQ"])
def test_letter_among_the_first_eight_is_refused(code):
    assert refuse_uscc(code, "service_org") == NOT_DIGITS


@settings(deadline=None)
@given(body=bodies, place=st.integers(0, 17), wrong=st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found(body, place, wrong):
    code = f"52{body}"
    code += uscc.calc_check_digit(code)
    assert refuse_uscc(code, "service_org") is None

    mistaken = code[:place] + wrong + code[place + 1 :]

    assert (refuse_uscc(mistaken, "service_org") is None) == (mistaken == code)


@settings(deadline=None)
@given(body=bodies)
def test_every_body_has_exactly_one_check_character(body):
    code = f"53{body}"

    accepted = [last for last in ALPHABET if refuse_uscc(code + last, "foundation") is None]

    assert len(accepted) == 1


def test_swapped_neighbours_are_found():
    assert refuse_uscc("52520200MJD00020XQ", "service_org") == WRONG_CHECK
