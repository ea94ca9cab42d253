"""What people do before anything else."""

from playwright.sync_api import Page

from devtools.demo import PASSWORD


def sign_in(page: Page, address: str) -> None:
    """Signs a demo account in through the page that everybody uses, and waits for what follows."""
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")
