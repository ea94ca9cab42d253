"""A public text names nobody whose identity is kept, and no table holds the name."""

import pytest

from marketplace.privacy.names import name_hash, pieces, plain_name
from marketplace.privacy.queries import known_names
from marketplace.privacy.rules import refuse_known_names
from tests.factories import PANZHOU, SHUANGSHUI, SHUICHENG

from .people import a_person, an_identity

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("彭阿依", "请陪彭阿依写作业"),
        ("彭阿依", "请陪彭 阿 依写作业"),
        ("彭阿依", "请陪「彭阿依」写作业"),
        ("彭依", "和彭依一起"),
        ("欧阳小明", "接送欧阳小明上学"),
        ("买买提·阿不都", "辅导买买提·阿不都"),
        ("买买提·阿不都", "辅导买买提•阿不都的作业"),
        ("Maria Chen", "Homework with maria chen on Saturdays"),
        ("李娜", "李娜"),
    ],
)
def test_a_known_name_is_found_in_a_text(name, text):
    an_identity(a_person(name=name))
    assert [plain_name(found) for found in known_names(text)] == [plain_name(name)]


@pytest.mark.parametrize("text", ["", "请陪孩子写作业", "彭阿姨来上课", "阿依", "彭 先生和阿依达"])
def test_a_text_without_a_known_name_is_fine(text):
    an_identity(a_person(name="彭阿依"))
    assert refuse_known_names(text, SHUANGSHUI) is None


def test_the_refusal_says_which_word_and_what_to_write_instead():
    an_identity(a_person(name="彭阿依"))
    assert refuse_known_names("周六陪彭阿依", SHUANGSHUI) == (
        "文字里的「彭阿依」可能是真实姓名，公开的内容里请换一种说法，例如「一名学生」「一位老人」。"
    )


def test_a_name_of_another_county_is_no_name_here():
    an_identity(a_person(name="彭阿依"), area=SHUANGSHUI)
    assert known_names("彭阿依", SHUICHENG) == {"彭阿依"}
    assert known_names("彭阿依", PANZHOU) == set()


def test_a_long_text_costs_few_queries(django_assert_num_queries):
    an_identity(a_person(name="彭阿依"))
    text = "周末陪孩子写作业，" * 30 + "彭阿依"
    with django_assert_num_queries(1):
        assert known_names(text) == {"彭阿依"}


def test_pieces_are_what_could_be_a_name():
    assert pieces("陪彭依 Ann Lee") == {"陪彭", "彭依", "陪彭依", "ann", "lee", "annlee"}


def test_an_empty_name_has_no_hash():
    assert (name_hash(""), name_hash(" ")) == ("", "")
