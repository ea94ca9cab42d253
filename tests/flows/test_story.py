"""The story of the product, from the need of a children's home to the person who comes, as everybody reads it.

Played in both languages; in English, only what people wrote is still Chinese.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, TextField
from django.utils import timezone, translation

from marketplace.needs.models import Need
from marketplace.organizations.models import ServiceCategory
from marketplace.programs.models import Program
from marketplace.signups.actions import sign_up
from marketplace.volunteers.models import ClearanceKind, Skill
from marketplace.workflow.wording import say_places_left
from tests.factories.adults import an_adult

from .visitor import Visitor

NEED = "写作业的周六"
PROGRAM = "双水周末陪写作业"
RISKS = "院坝里有台阶，雨天路滑，请穿防滑的鞋。"
WRITTEN_BY_US = (ServiceCategory, Skill, ClearanceKind)
READ_ALOUD = ("aria-label", "alt", "title", "placeholder", "data-label", "content")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_story_from_a_need_to_the_one_who_comes(language: str, demo: None) -> None:
    home, clerk, ngo, bureau, volunteer, anybody = (
        Reader(login, language) for login in ("site", "township", "ngo", "bureau", "volunteer", "")
    )

    need = state_need(home)
    assert home.say("已提交。工作人员会在 3 个工作日内核实，结果会发到「消息」。") in home.text
    assert anybody.client.get(f"/needs/{need.pk}/").status_code == 404

    clerk.open("/desk/").follow(NEED).press("核实通过").press("发布")
    assert clerk.say("已发布，每个时间段都可以报名了，也已告诉提出人。") in clerk.text

    program = offer_program(ngo, need)
    assert ngo.say("已提交。民政部门会在 5 个工作日内答复，结果会发到「消息」。") in ngo.text

    bureau.open("/desk/programs/?status=submitted").follow(PROGRAM)
    assert RISKS in bureau.text
    bureau.press("审核通过")
    assert bureau.say("已通过。各场次都可以报名了，也已告诉组织方。") in bureau.text

    volunteer.open("/").press("找活动", q="写作业", place="双水街道")
    card = volunteer.card(PROGRAM)
    assert "双水社区儿童之家" in card
    assert volunteer.say("直线") in card
    assert places(volunteer, 3) in card
    assert volunteer.say("为什么推荐") in card

    volunteer.follow("报名", within=PROGRAM)
    assert RISKS in volunteer.text
    volunteer.press("报名")
    assert volunteer.say("还差一步：请阅读风险提示，并勾选「我已了解以上风险」。") in volunteer.text
    volunteer.press("报名", acknowledged_risks="on")
    assert volunteer.say("报名成功，已发消息到您的收件箱。") in volunteer.text

    home.open(f"/desk/needs/{need.pk}/").follow("谁会来")
    assert "吴晓梅" not in home.text  # nobody is alone with children: two unrelated adults, or no roster
    another_adult_comes(need)
    home.open(f"/desk/needs/{need.pk}/").follow("谁会来")
    assert "吴晓梅" in home.text
    assert re.search(r"\b139\*{4}\d{4}\b", home.text)
    assert not re.search(r"\b1\d{10}\b", home.text)

    project = f"/projects/program-{program.pk}/"
    assert places(anybody, 1) in anybody.open(project).text
    volunteer.press("退出这次活动")
    assert places(anybody, 2) in anybody.open(project).text
    assert "吴晓梅" not in home.open(home.path).text


class Reader(Visitor):
    """Also looks whether everything speaks their language."""

    def _arrive(self, answer: Any, asked: str) -> None:
        super()._arrive(answer, asked)
        if self.language == "en":
            assert set(untranslated(self.soup)) == set(), self.path


def next_saturday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


def state_need(home: Visitor) -> Need:
    home.open("/desk/").follow("提出需求").press(
        "提交核实",
        title=NEED,
        category=ServiceCategory.objects.get(code="tutoring").pk,
        summary="陪十个小学生写完周末作业，答疑，检查错题。",
        clearance_required="on",
        skills=Skill.objects.get(code="homework").pk,
        windows__0__on=next_saturday().isoformat(),
        windows__0__begins="09:00",
        windows__0__ends="11:30",
        windows__0__places=3,
    )
    return Need.objects.get(title=NEED)


def offer_program(ngo: Visitor, need: Need) -> Program:
    """The shift that the program answers is ticked by the link that leads to the form."""
    ngo.open(f"/needs/{need.pk}/").follow("发布项目来回应").press(
        "提交审核",
        title=PROGRAM,
        category=need.category_id,
        summary="两位社工带队，志愿者一对三陪写作业。",
        risk_disclosure=RISKS,
    )
    return Program.objects.get(title=PROGRAM)


def another_adult_comes(need: Need) -> None:
    """Related to nobody here, like the first one."""
    other = an_adult(skills=("homework",))
    sign_up(need.shifts.get(), volunteer=other, actor=other.user, acknowledged_risks=True)


def places(visitor: Visitor, number: int) -> str:
    with translation.override(visitor.language):
        return say_places_left(number)


def untranslated(page: BeautifulSoup) -> Iterator[str]:
    """Chinese on the page that no person wrote and that is not marked as Chinese."""
    for marked in page.select("body [lang^=zh]"):
        marked.decompose()
    said = [*page.stripped_strings]
    said += [tag[name] for name in READ_ALOUD for tag in page.find_all(attrs={name: True})]
    written = written_by_people()
    for words in said:
        yield from (run for run in re.findall(r"[\u4e00-\u9fff]+", words) if run not in written)


def written_by_people() -> str:
    """Every text of the database but the names that we translate, and what the office calls itself."""
    models = [model for app in ("marketplace", "cms") for model in apps.get_app_config(app).get_models()]
    texts = [settings.BUREAU_NAME]
    for model in models:
        names = [field.name for field in model._meta.fields if isinstance(field, CharField | TextField)]
        if names and model not in WRITTEN_BY_US:
            texts += ["\n".join(map(str, row)) for row in model._default_manager.values_list(*names)]
    return "\n".join(texts)
