"""A real browser before a real server; without a Chromium on the machine, the tests that need one are skipped."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from matcher.cli import screenshot

PATIENCE_MS = 90_000
"""How long the browser waits for what should be there: other work may keep the machine busy."""

expect.set_options(timeout=PATIENCE_MS)

NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
"""The narrowest page that WCAG 2.2 asks for (1.4.10), and that of a desk."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, started once; as root it cannot have a sandbox."""
    program = screenshot.browser()
    if program is None:
        pytest.skip("there is no Chromium on this machine; `apt-get install chromium` brings one")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - the options of Playwright
    """Yield a page of a visitor who was never here; what fails in it, fails the test."""
    visitor = browser.new_context(base_url=address, **options)
    visitor.set_default_timeout(PATIENCE_MS)
    page = visitor.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if _is_failure(said) else None)
    yield page
    visitor.close()
    assert failures == []


def _is_failure(said: ConsoleMessage) -> bool:
    """Whether a page complains of itself; that it answers 404 or 422 is no failure of the page."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")
