"""Every page, in a real browser: no violation of WCAG 2.2 AA, nothing to scroll sideways, and all of it by keyboard."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.accessible import unreadable, violations
from tests.web.browser.conftest import NARROW, WIDE, opened
from tests.web.browser.furnished import MEMBER, Furnished, furnished
from tests.web.signing_in import link_to_sign_in


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    with furnished(tmp_path_factory.mktemp("furnished")) as made:
        yield made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("viewport", "scheme", "is_member", "check"),
    [
        (NARROW, "light", False, violations),
        (WIDE, "dark", True, violations),
        (NARROW, "dark", True, unreadable),
        (WIDE, "light", False, unreadable),
    ],
    ids=["narrow", "wide and dark, a member", "narrow and dark, a member", "wide"],
)
def test_no_page_violates_wcag_or_scrolls_sideways(
    browser: Browser,
    house: Furnished,
    viewport: dict[str, int],
    scheme: str,
    is_member: bool,
    check: Callable[[Page], list[str]],
) -> None:
    # a mail is shown where no script runs, axe's included, unless the browser is told to overlook that
    for are_mails in (False, True):
        looks = {"viewport": viewport, "color_scheme": scheme, "bypass_csp": are_mails}
        with opened(browser, house.address, **looks) as page:
            if is_member:
                sign_in(page, house)
            meant = [address for address in house.pages() if address.endswith("/preview") is are_mails]
            assert meant
            assert wrong(page, meant, check) == []


def sign_in(page: Page, house: Furnished) -> None:
    """Follow the link in the mail to a member."""
    page.goto(link_to_sign_in(house.context, MEMBER))
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign out")).to_be_visible()


def wrong(page: Page, addresses: Sequence[str], check: Callable[[Page], list[str]]) -> list[str]:
    """Return what is wrong with each of the pages."""
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{address}: {violation}" for violation in check(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{address} scrolls sideways")
    return found
