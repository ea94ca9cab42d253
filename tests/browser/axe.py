"""What axe finds wrong with a page."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# The only rule that needs the styles loaded once more is an experimental one.
OPTIONS = {"resultTypes": ["violations"], "preload": False}
# Told in the page itself: all that axe has to say is half a megabyte.
FAULTS = f"""axe.run(document, {json.dumps(OPTIONS)}).then((found) => found.violations.flatMap((rule) =>
  rule.nodes.map((node) => `${{rule.id}}: ${{node.html.slice(0, 200)}} (${{node.failureSummary}})`)))"""


def faults_of(page: Page) -> list[str]:
    """Each place that breaks a rule, with the rule's name; none is what every page promises."""
    page.evaluate(f"{AXE_SCRIPT}; null")
    return page.evaluate(FAULTS)
