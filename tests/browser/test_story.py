"""The story of the product in a real browser, from the need of a children's home to the person who comes.

Everybody sits at their own desk, and what is checked is what they read there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from .axe import faults_of
from .conftest import DESKTOP
from .people import sign_in

NEED = "周六上午陪写作业"
PROGRAM = "双水周末陪写作业"
RISKS = "院坝里有台阶，雨天路滑，请穿防滑的鞋。"
HOME = "双水社区儿童之家"
VOLUNTEER = "吴晓梅"


def test_story_from_a_need_to_the_one_who_comes(open_page: Callable[..., Page]) -> None:
    desks = Desks(open_page)

    home = desks.of("site")
    state_need(home)
    expect(message(home)).to_have_text("已提交。工作人员会在 3 个工作日内核实，结果会发到「消息」。")
    expect(heading(home)).to_have_text(NEED)

    township = desks.of("township")
    township.get_by_role("link", name=NEED).click()
    expect(township.get_by_role("main")).to_contain_text("剩 3 个工作日")
    press(township, "核实通过")
    press(township, "发布")
    expect(message(township)).to_have_text("已发布，每个时间段都可以报名了，也已告诉提出人。")

    ngo = desks.of("ngo")
    answer_need(ngo)
    expect(message(ngo)).to_have_text("已提交。民政部门会在 5 个工作日内答复，结果会发到「消息」。")

    bureau = desks.of("bureau")
    project = approve_program(bureau)
    expect(message(bureau)).to_have_text("已通过。各场次都可以报名了，也已告诉组织方。")

    volunteer = desks.of("volunteer")
    card = find_program(volunteer)
    expect(card).to_contain_text(HOME)
    expect(card).to_contain_text(re.compile(r"直线\s+[\d.]+ (公里|米)"))
    expect(card).to_contain_text(f"{said(next_saturday())} 09:00–11:30")
    expect(card).to_contain_text("还差 3 人")
    expect(card.get_by_role("definition").filter(has_text="会课业辅导")).to_be_visible()

    card.get_by_role("link", name="报名", exact=True).click()
    sign_up(volunteer)
    expect(volunteer.get_by_text("报名成功，已发消息到您的收件箱。")).to_be_visible()
    assert faults_of(volunteer) == []

    open_roster(home)
    expect(home.get_by_role("main")).to_contain_text("还差 1 名通过审查、互不是亲属的成人")
    expect(home.get_by_role("main")).not_to_contain_text(VOLUNTEER)
    assert faults_of(home) == []

    anybody = desks.of("")
    anybody.goto(project)
    expect(heading(anybody)).to_have_text(PROGRAM)
    expect(shift_card(anybody)).to_contain_text("还差 2 人")

    press(volunteer, "退出这次活动")
    expect(message(volunteer)).to_have_text(f"已退出「{PROGRAM}」，名额会让给下一位。")
    anybody.reload()
    expect(shift_card(anybody)).to_contain_text("还差 3 人")
    home.reload()
    expect(home.get_by_role("main")).to_contain_text("还差 2 名通过审查、互不是亲属的成人")


@dataclass(frozen=True)
class Desks:
    """Each person's own browser."""

    open_page: Callable[..., Page]

    def of(self, login: str) -> Page:
        """At their desk; nobody known where `login` is empty."""
        page = self.open_page(**DESKTOP)
        if login:
            sign_in(page, f"{login}@example.org")
            page.goto("/desk/")
        return page


def state_need(home: Page) -> None:
    home.get_by_role("link", name="提出需求").first.click()
    home.get_by_label("需要什么").fill(NEED)
    home.get_by_label("服务类别").select_option(label="课业辅导")
    home.get_by_label("公开说明").fill("陪十个小学生写完周末作业，答疑，检查错题。")
    home.get_by_label("日期").first.fill(next_saturday().isoformat())
    home.get_by_label("需要几人").first.fill("3")
    home.get_by_label("来的人要先通过未成年人保护审查").check()
    home.get_by_text("技能、风险提示和其他（选填）").click()
    home.get_by_label("课业辅导", exact=True).and_(home.locator("input")).check()
    press(home, "提交核实")


def answer_need(ngo: Page) -> None:
    """Finds the need among those that nobody answers yet, by its words."""
    ngo.get_by_role("link", name="发布项目").first.click()
    ngo.get_by_label("项目名称").fill(PROGRAM)
    ngo.get_by_label("服务类别").select_option(label="课业辅导")
    ngo.get_by_label("做什么、怎么做").fill("两位社工带队，志愿者一对三陪写作业。")
    ngo.get_by_label("风险提示").fill(RISKS)
    ngo.get_by_label("找什么").fill(NEED)
    press(ngo, "筛选")
    ngo.get_by_role("group", name=NEED).get_by_label(said(next_saturday())).check()
    press(ngo, "提交审核")


def approve_program(bureau: Page) -> str:
    """The address of the project's page that comes with it."""
    bureau.goto("/desk/programs/?status=submitted")
    bureau.get_by_role("link", name=PROGRAM).click()
    expect(bureau.get_by_role("main")).to_contain_text(RISKS)
    number = bureau.url.rstrip("/").rpartition("/")[2]
    press(bureau, "审核通过")
    return f"/projects/program-{number}/"


def find_program(volunteer: Page) -> Locator:
    volunteer.get_by_role("link", name="找活动").first.click()
    volunteer.get_by_label("找什么").fill("陪写作业")
    volunteer.get_by_label("在哪里附近").fill("双水街道")
    press(volunteer, "查找")
    volunteer.wait_for_load_state("networkidle")
    return volunteer.get_by_role("article").filter(has=volunteer.get_by_role("link", name=PROGRAM))


def sign_up(volunteer: Page) -> None:
    expect(volunteer.get_by_role("main")).to_contain_text(RISKS)
    volunteer.get_by_label("我已了解以上风险").check()
    press(volunteer, "报名")


def open_roster(home: Page) -> None:
    home.goto("/desk/needs/")
    home.get_by_role("link", name=NEED).click()
    home.get_by_role("link", name="谁会来").click()
    expect(heading(home)).to_have_text("还没有名单")


def next_saturday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


def said(day: date) -> str:
    return f"{day.month}月{day.day}日 周六"


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def message(page: Page) -> Locator:
    return page.locator(".messages .message")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def shift_card(page: Page) -> Locator:
    return page.locator("article.card").filter(has_text=HOME).filter(has_text="09:00–11:30")
