"""How texts and questions are cut: what must meet meets, what only looks alike does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text import analysis_version, groups_of, is_in, normalise, parts_of, tokens_of, words_of


def answers(question: str, text: str) -> bool:
    """Whether the text would be in the match set of the question."""
    words = frozenset(words_of(text))
    return all(is_in(group, words) for group in groups_of(question))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("志愿", "志愿服务队招募志愿者"),
        ("志愿者", "招募志愿者"),
        ("儿童之家", "双水社区儿童之家"),
        ("儿童", "双水社区儿童之家"),
        ("課業輔導", "周末课业辅导"),
        ("课业辅导", "週末課業輔導"),
        ("写作业", "周末课业辅导"),
        ("水城区", "为水城区老年人理发"),
        ("双水", "双水街道幸福院"),
        ("水城县", "原水城县的安置点"),
        ("理发", "上门为老人剪头发"),
        ("ＡＥＤ", "学用AED"),
        ("tutoring English", "English tutoring for children"),
        ("想找周末的英语活动", "周末英语角"),
        ("电器维修", "修家电"),
    ],
)
def test_question_meets_text(question, text):
    assert answers(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("理发", "帮老人办理发票"),
        ("家电", "有事请大家电话联系"),
        ("家政", "宣讲国家政策"),
        ("城区", "发耳镇双井社区"),
        ("英语 周六", "英语角"),
    ],
)
def test_what_only_looks_alike_does_not_meet(question, text):
    assert not answers(question, text)


def test_normalise_makes_plain_forms():
    assert normalise("ＡＥＤ 課業\0輔導\ud800") == "aed 课业 辅导"


def test_title_counts_three_times():
    assert tokens_of("英语", ["音乐", "体育"]) == "英语 英语 英语 音乐 体育"


def test_words_inside_long_words_are_words_too():
    assert words_of("双水街道") == ["双水", "水街", "街道", "双水街道"]


def test_question_of_fillers_alone_keeps_them():
    assert groups_of("的") == ((("的",),),)


def test_question_without_any_word_asks_nothing():
    assert groups_of("！？ \"' ()") == ()


def test_synonyms_stand_beside_the_word_in_one_group():
    assert groups_of("义工") == ((("义工",), ("志愿者",)),)


def test_synonyms_of_a_phrase_take_its_words_together():
    (group,) = groups_of("课业辅导")
    assert group[0] == ("课业", "辅导")
    assert ("作业", "辅导") in group
    assert ("补课",) in group


def test_same_word_twice_is_one_group():
    assert groups_of("英语英语") == groups_of("英语")


def test_group_is_in_words_only_with_all_words_of_an_alternative():
    group = (("课业", "辅导"), ("补课",))
    assert is_in(group, frozenset({"辅导", "课业", "周末"}))
    assert is_in(group, frozenset({"补课"}))
    assert not is_in(group, frozenset({"辅导"}))


def test_parts_are_every_word_that_is_at_least_related():
    assert parts_of("双水街道的英语") == ("双水街道", "英语", "外语", "英文", "双水", "水街", "街道")


def test_analysis_version_is_stable():
    assert analysis_version() == analysis_version()
    assert len(analysis_version()) == 12


@settings(deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_can_be_cut(text):
    assert all(word.strip() for word in words_of(text))
    assert all(word for group in groups_of(text) for words in group for word in words)


@settings(deadline=None)
@given(st.text(st.sampled_from("双水街道儿童之家课业辅导英语志愿者理发"), min_size=1, max_size=12))
def test_text_answers_its_own_words(text):
    words = frozenset(words_of(text))
    assert all(is_in(group, words) for group in groups_of(text))
