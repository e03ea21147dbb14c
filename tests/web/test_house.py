"""Routes see the store of the organization that asks, and no other."""

import re
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

FILES = sorted((CHECKOUT / "matcher" / "web").rglob("*.py"))
OF_THE_HOUSE = {
    "app.py",
    "data_page.py",
    "feed_routes.py",
    "house.py",
    "metrics.py",
    "mute_page.py",
    "organization_routes.py",
    "serve.py",
    "session_cookie.py",
    "sign_in_pages.py",
    "subscription_pages.py",
}
"""The door of the store itself, what counts or starts, what a secret address, a signed link or a cookie opens, and what
erases an organization or a person, who may be known to several."""

_WHOLE_STORE = re.compile(r"context\.store\b|whole_store")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_route_reaches_past_the_organization_that_asks(path: Path) -> None:
    found = _WHOLE_STORE.findall(path.read_text(encoding="utf-8"))
    assert bool(found) is (path.name in OF_THE_HOUSE)
