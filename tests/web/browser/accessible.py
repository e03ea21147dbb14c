"""What axe-core finds wrong with a page (https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.2, levels A and AA, and what axe-core itself holds for good practice."""

_AXE = Axe()


def violations(page: Page) -> list[str]:
    """Return every violation: the rule, what it asks for, and the element that breaks it."""
    return _violations(page, {"type": "tag", "values": list(TAGS)})


def unreadable(page: Page) -> list[str]:
    """Return what stands out too little from its ground: all that another colour scheme can break."""
    return _violations(page, {"type": "rule", "values": ["color-contrast"]})


def _violations(page: Page, run_only: dict[str, object]) -> list[str]:
    found = _AXE.run(page, options={"runOnly": run_only, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {node['html']} ({node.get('failureSummary', '')})"
        for rule in found
        for node in rule["nodes"]
    ]
