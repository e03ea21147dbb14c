"""Every page, in a real browser: no violation of WCAG 2.2 AA, nothing to scroll sideways, and all of it by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser.accessible import unreadable, violations
from tests.web.browser.conftest import NARROW, WIDE, opened
from tests.web.browser.furnished import Furnished, furnished


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    with furnished(tmp_path_factory.mktemp("furnished")) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("viewport", "scheme", "check"),
    [
        (NARROW, "light", violations),
        (WIDE, "dark", violations),
        (NARROW, "dark", unreadable),
        (WIDE, "light", unreadable),
    ],
    ids=["narrow", "wide and dark", "narrow and dark", "wide"],
)
def test_no_page_violates_wcag_or_scrolls_sideways(
    browser: Browser, house: Furnished, viewport: dict[str, int], scheme: str, check: Callable[[Page], list[str]]
) -> None:
    found = []
    with opened(browser, house.address, viewport=viewport, color_scheme=scheme) as page:
        for address in house.pages():
            page.goto(address)
            found += [f"{address}: {violation}" for violation in check(page)]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{address} scrolls sideways")
    assert found == []
