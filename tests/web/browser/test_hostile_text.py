"""Whatever a proposal or a notice holds is shown as text, and breaks no layout."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from matcher.domain.opportunity import Opportunity
from tests.web.browser.conftest import NARROW, opened
from tests.web.browser.furnished import Furnished, furnished
from tests.web.houses import NOTICES

MARKUP = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title='taken'\">{{ 7 * 7 }}"
TURNED = "\u202eevil\u202c \u2067right to left\u2069 \u200f\u061c"
ENDLESS = "W" * 10_000
PICTURES = "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301" + "\u0301" * 200
HOSTILE = f"{MARKUP} {TURNED} {PICTURES} {ENDLESS}"

PROPOSAL = f"""# {MARKUP} {TURNED} {PICTURES}

## What will you do? {MARKUP}

We train young people in construction and pay each of them a stipend. {HOSTILE}

We are a 501(c)(3) nonprofit in Los Angeles, California. {TURNED}
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    def hostile(notice: Opportunity) -> Opportunity:
        """Return a notice that says the same, and hostile words everywhere."""
        priority = replace(notice.priorities[0], title=f"{notice.title} {HOSTILE}")
        words = {"title": f"{notice.title} {HOSTILE}", "agency_name": HOSTILE, "opportunity_number": MARKUP}
        return replace(notice, text=f"{notice.text} {HOSTILE}", priorities=(priority,), **words)

    with furnished(tmp_path_factory.mktemp("hostile"), [hostile(one) for one in NOTICES], PROPOSAL) as made:
        yield made


def test_hostile_text_runs_nothing_and_widens_no_page(browser: Browser, house: Furnished) -> None:
    wrong = []
    with opened(browser, house.address, viewport=NARROW) as page:
        for address in house.pages():
            page.goto(address)
            if page.title() == "taken" or page.locator("main script, main img").count():
                wrong.append(f"{address} takes text for markup")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wrong.append(f"{address} scrolls sideways")
    assert wrong == []


def test_hostile_text_is_there_to_be_read(browser: Browser, house: Furnished) -> None:
    with opened(browser, house.address, viewport=NARROW) as page:
        page.goto(f"/opportunities/{house.values['opportunity_id']}")
        assert MARKUP in page.get_by_role("heading", level=1).inner_text()
        page.goto(f"/proposals/{house.values['proposal_id']}")
        assert "{{ 7 * 7 }}" in page.get_by_role("heading", level=1).inner_text()


def test_what_runs_from_right_to_left_turns_nothing_around_it(browser: Browser, house: Furnished) -> None:
    """Each hostile word stands in an element of its own direction, so that what comes after it reads as before."""
    with opened(browser, house.address) as page:
        for address in house.pages():
            page.goto(address)
            loose = page.evaluate(
                """() => [...document.querySelectorAll('main *')].filter(element =>
                    [...element.childNodes].some(node => node.nodeType === 3 && node.data.includes('\\u202e'))
                    && !element.closest('bdi, svg, option, textarea, [dir]')).map(element => element.outerHTML)"""
            )
            assert loose == [], address
