"""The steps a page offers, and the words a step asks for."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from marketplace.sites import actions, rules
from marketplace.workflow.forms import WordsForm, offered_steps, words_for
from marketplace.workflow.queries import last_remark
from marketplace.workflow.refusals import Refused, refuse_silence
from marketplace.workflow.steps import Step, open_steps
from tests.factories import a_site, a_township_clerk, a_user

CLOSE = Step(
    slug="close",
    transition="closed",
    label="关闭",
    done="已关闭。",
    act=actions.close_site,
    refuse=rules.refuse_change,
    asks="为什么关闭？",
    reasons=("修缮", "搬迁"),
)
REOPEN = Step(
    slug="reopen",
    transition="reopened",
    label="重新开放",
    done="已开放。",
    act=actions.reopen_site,
    refuse=rules.refuse_change,
)
STEPS = (CLOSE, REOPEN)


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "expected"), [("open", [CLOSE]), ("closed", [REOPEN])])
def test_open_steps_start_from_the_status(status, expected):
    assert open_steps(a_site(status=status), a_township_clerk(), STEPS) == expected


@pytest.mark.django_db
def test_open_steps_are_none_for_whom_the_rule_refuses():
    assert open_steps(a_site(), a_user(), STEPS) == []


@pytest.mark.django_db
def test_step_hands_words_to_its_action_only_when_it_asks():
    site, clerk = a_site(), a_township_clerk()
    CLOSE.take(site, actor=clerk, words="屋顶漏水")
    assert (site.status, last_remark(site)) == ("closed", "屋顶漏水")

    REOPEN.take(site, actor=clerk, words="不该留下")
    assert (site.status, last_remark(site)) == ("open", "屋顶漏水")


@pytest.mark.django_db
def test_step_is_refused_in_the_rules_words():
    with pytest.raises(Refused, match="由所在地的乡镇、县级或市级工作人员办理"):
        CLOSE.take(a_site(), actor=a_user(), words="")


@pytest.mark.django_db
def test_offered_steps_carry_address_and_form():
    site = a_site()

    offered = offered_steps(site, a_township_clerk(), STEPS, url_name="need_step")
    assert [(item["step"], item["url"], type(item["form"])) for item in offered] == [
        (CLOSE, f"/desk/needs/{site.pk}/close/", WordsForm)
    ]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("", ""),
        ("remark=+", ""),
        ("reasons=修缮&reasons=搬迁", "修缮\n搬迁"),
        ("reasons=搬迁&remark=明年三月", "搬迁\n明年三月"),
    ],
)
def test_words_are_ticked_reasons_then_ones_own(sent, words):
    assert words_for(CLOSE, QueryDict(sent)) == words


@pytest.mark.parametrize("sent", ["reasons=随便写的", "remark=" + "长" * 401])
def test_words_that_cannot_be_kept_are_refused(sent):
    with pytest.raises(Refused, match="最多 400 字"):
        words_for(CLOSE, QueryDict(sent))


def test_step_without_reasons_asks_in_its_field():
    form = WordsForm(Step("hold", "held", "登记", "", act=print, refuse=print, asks="出了什么事？"))

    assert list(form.fields) == ["remark"]
    assert form.fields["remark"].label == "出了什么事？"


@pytest.mark.parametrize("remark", ["", "  ", "\n"])
def test_silence_is_refused(remark):
    assert refuse_silence(remark) == "请写明原因，对方才知道为什么、接下来怎么办。"


def test_a_word_is_enough():
    assert refuse_silence("修缮") is None
