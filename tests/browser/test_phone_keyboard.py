"""The volunteer's part on the smallest phone, with nothing but a keyboard: the focus is always seen, nothing runs out of the page."""

from playwright.sync_api import Page, expect

from devtools.demo import PASSWORD

WIDTH = 360
FARTHEST = 150
# What has the focus: its words, whether it is marked, whether it is in sight with nothing laid over it.
FOCUS = """() => {
  const on = document.activeElement;
  const name = on.getAttribute("aria-label") || on.labels?.[0]?.innerText || on.innerText;
  const isRing = (style) => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const box = on.getBoundingClientRect();
  const seen = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
  return {
    isPage: on === document.body,
    name: (name || "").trim(),
    isMarked: isRing(getComputedStyle(on)),
    isInSight: seen !== null && (on.contains(seen) || seen.contains(on)),
  };
}"""


def test_volunteer_signs_up_and_withdraws_by_keyboard_alone(phone: Page) -> None:
    phone.goto("/")
    keys = Keys(phone)

    keys.go_to("登录")
    keys.enter()
    keys.go_to("手机号或电子邮箱")
    keys.type("volunteer@example.org")
    keys.go_to("密码")
    keys.type(PASSWORD)
    keys.enter()
    expect(phone.get_by_role("link", name="我的工作台")).to_be_visible()

    keys.go_to("找活动")
    keys.enter()
    keys.go_to("在哪里附近")
    keys.type("双水街道")
    keys.enter()
    expect(phone.get_by_text("距离从双水街道算起")).to_be_visible()

    keys.go_to("报名")
    keys.enter()
    expect(phone.get_by_role("heading", name="风险提示")).to_be_visible()
    keys.go_to("我已了解以上风险")
    keys.press("Space")
    keys.go_to("报名")
    keys.enter()
    expect(phone.get_by_text("报名成功，已发消息到您的收件箱。")).to_be_visible()

    keys.go_to("退出这次活动")
    keys.enter()
    expect(phone.get_by_text("名额会让给下一位")).to_be_visible()
    keys.look_at_page()


def test_nothing_lies_over_the_focus_in_elder_mode(phone: Page) -> None:
    phone.goto("/help/")
    keys = Keys(phone)
    keys.go_to("长辈版")
    keys.enter()
    keys.go_to("谁能看到我的信息")


class Keys:
    """A keyboard, and somebody who watches where its focus is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, words: str) -> None:
        """Tab after tab, until the focus is on what is called so."""
        self.look_at_page()
        passed = []
        while len(passed) < FARTHEST:
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            assert not focus["isPage"], f"{words!r} is not among {passed}"
            assert focus["isMarked"], f"{focus['name']}: no mark of the focus"
            assert focus["isInSight"], f"{focus['name']}: has the focus out of sight"
            if focus["name"] == words:
                return
            passed.append(focus["name"])
        raise AssertionError(f"{words!r} is not among {passed}")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def enter(self) -> None:
        """Follows the link or presses the button that has the focus."""
        with self.page.expect_navigation():
            self.press("Enter")

    def look_at_page(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth") == WIDTH, self.page.url
