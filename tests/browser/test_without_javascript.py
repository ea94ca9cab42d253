"""Where no script runs: the way to a place, and the switches at the head of the page."""

import re

from playwright.sync_api import Locator, Page, expect

from devtools.demo import PASSWORD

PAPER = "rgb(250, 247, 240)"
NIGHT = "rgb(18, 33, 29)"
ELDER_TEXT = 22
ELDER_TARGET = 60
# Whatever a finger presses; links inside sentences are text.
TARGETS = ":is(header, main, aside) :is(button, a.button, select, input:not([type=hidden]), nav a):visible"


def test_volunteer_finds_signs_in_and_signs_up(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_label("想做什么").fill("课业辅导")
    plain.get_by_label("在哪里附近").fill("双水街道")
    press(plain, "找活动")
    expect(plain.get_by_text("距离从双水街道算起")).to_be_visible()

    card = plain.locator("article.card").filter(has_text="还差").first
    card.get_by_role("link", name="报名", exact=True).click()
    title = plain.get_by_role("heading", level=1).inner_text()
    plain.get_by_role("link", name="登录后报名").click()
    plain.get_by_label("手机号或电子邮箱").fill("volunteer@example.org")
    plain.get_by_label("密码", exact=True).fill(PASSWORD)
    press(plain.get_by_role("main"), "登录")

    expect(plain.get_by_role("heading", level=1)).to_have_text(title)
    plain.get_by_label("我已了解以上风险").check()
    press(plain, "报名")
    expect(plain.get_by_text("报名成功，已发消息到您的收件箱。")).to_be_visible()
    press(plain, "撤销")
    expect(plain.locator(".messages .message")).to_have_text(f"已退出「{title}」，名额会让给下一位。")


def test_language_switch_leads_to_english_and_back(plain: Page) -> None:
    plain.goto("/search/?q=课业辅导")
    press(plain, "English")
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain).to_have_url(re.compile(r"/search/\?q="))
    expect(plain.get_by_role("navigation", name="Main")).to_contain_text("Help")
    press(plain, "中文")
    expect(plain.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(plain).to_have_title("课业辅导 · 找活动 · 对接")


def test_elder_mode_stays_and_makes_everything_large(plain: Page) -> None:
    plain.goto("/")
    press(plain, "长辈版")
    plain.get_by_role("link", name="找活动").first.click()
    expect(plain.locator("html")).to_have_attribute("data-mode", "elder")
    assert size_of_text(plain) >= ELDER_TEXT
    assert too_small(plain) == []
    press(plain, "普通版")
    expect(plain.locator("html")).to_have_attribute("data-mode", "normal")
    assert size_of_text(plain) < ELDER_TEXT


def test_theme_switch_stays(plain: Page) -> None:
    plain.goto("/")
    expect(plain.locator("body")).to_have_css("background-color", PAPER)
    press(plain, "深色")
    plain.get_by_role("link", name="帮助").first.click()
    expect(plain.locator("body")).to_have_css("background-color", NIGHT)
    press(plain, "浅色")
    expect(plain.locator("body")).to_have_css("background-color", PAPER)


def press(place: Page | Locator, button: str) -> None:
    place.get_by_role("button", name=button, exact=True).click()


def size_of_text(page: Page) -> float:
    return page.locator("main p").first.evaluate("text => parseFloat(getComputedStyle(text).fontSize)")


def too_small(page: Page) -> list[str]:
    """What is pressed with a finger and lower than an elder's finger needs; a box counts with its label."""
    described = page.locator(TARGETS).evaluate_all(
        "all => all.map(one => [one.outerHTML.slice(0, 90), (one.closest('label') ?? one).getBoundingClientRect().height])"
    )
    return [f"{height}: {words}" for words, height in described if height < ELDER_TARGET]
