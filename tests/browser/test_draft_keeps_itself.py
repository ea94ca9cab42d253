"""A member writes a program: it keeps itself, shows itself, and is one draft whatever button comes next."""

from playwright.sync_api import Page, expect

from tests.browser.people import sign_in


def test_draft_keeps_itself_and_shows_what_volunteers_will_see(desktop: Page) -> None:
    sign_in(desktop, "ngo@example.org")
    desktop.goto("/desk/programs/new/")
    said = desktop.locator("[data-autosave-said]")

    desktop.get_by_label("项目名称").fill("自己保存的草稿")
    expect(said).to_have_text("还没有保存：请选择服务类别。", timeout=15_000)

    desktop.get_by_label("服务类别").select_option(index=1)
    desktop.get_by_text("志愿者会看到的样子").click()
    expect(said).to_contain_text("已自动保存", timeout=15_000)
    desktop.wait_for_url("**/desk/programs/*/edit/")

    desktop.get_by_label("做什么、怎么做").fill("每周六上午陪小学生读绘本。")
    preview = desktop.locator("[data-live-preview-body]")
    expect(preview.get_by_text("每周六上午陪小学生读绘本。")).to_be_visible(timeout=15_000)

    desktop.get_by_label("项目名称").fill("自己保存的草稿，改过")
    desktop.get_by_role("button", name="存为草稿").last.click()
    expect(desktop.get_by_role("heading", name="自己保存的草稿，改过", level=1)).to_be_visible()
    desktop.goto("/desk/programs/?status=draft")
    expect(desktop.get_by_role("link", name="自己保存的草稿")).to_have_count(1)


def test_button_says_preview_without_javascript(plain: Page) -> None:
    sign_in(plain, "ngo@example.org")
    plain.goto("/desk/programs/new/")
    plain.get_by_label("项目名称").fill("没有脚本的草稿")
    plain.get_by_label("服务类别").select_option(index=1)
    plain.get_by_role("button", name="预览").click()

    expect(plain.get_by_text("这是预览")).to_be_visible()
    expect(plain.get_by_role("heading", name="没有脚本的草稿", level=1)).to_be_visible()
