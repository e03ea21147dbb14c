"""A reader of a list stands behind an entry, so that changes neither repeat nor hide another."""

import pytest
import time_machine
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from matcher.bootstrap import Context
from matcher.errors import InputRejected
from matcher.web.rest.cursors import Cursor, place_behind, window
from tests.web.houses import AS_OF, PROPOSAL, opportunity


def read_on(items: list[str], after: str) -> list[str]:
    return list(window(items, place_behind(items, after, str), 2, str).items)


def test_entries_that_come_or_go_before_shift_no_page() -> None:
    after = window(["b", "d", "f", "h"], 0, 2, str).next
    assert after is not None
    assert read_on(["b", "d", "f", "h"], after) == ["f", "h"]
    assert read_on(["a", "b", "c", "d", "f", "h"], after) == ["f", "h"]
    assert read_on(["d", "f", "h"], after) == ["f", "h"]


def test_if_the_entry_itself_is_gone_its_old_place_counts() -> None:
    after = window(["b", "d", "f", "h"], 0, 2, str).next
    assert after is not None
    assert read_on(["b", "f", "h"], after) == ["f", "h"]
    assert read_on([], after) == []


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 5))
def test_the_windows_of_a_list_that_stands_still_are_the_list(items: list[str], size: int) -> None:
    read, after = [], None
    while True:
        start = 0 if after is None else place_behind(items, after, str)
        shown = window(items, start, size, str)
        read += shown.items
        after = shown.next
        if after is None:
            break
    assert read == items


@pytest.mark.parametrize("text", ["nonsense", "ü", "MQ", "MSA", "====", "LTEgYQ", "a b"])
def test_what_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(InputRejected, match="next"):
        Cursor.parse(text)


def test_a_cursor_survives_being_written() -> None:
    assert Cursor.parse(str(Cursor(7, "ä b/c"))) == Cursor(7, "ä b/c")


def test_the_catalogue_can_be_read_on_while_notices_come_in(client: FlaskClient, context: Context) -> None:
    first = client.get("/v1/opportunities?page_size=2").json
    context.store.opportunities.save(opportunity("aaa", "New", "A new notice."), "new.yaml")
    second = client.get(f"/v1/opportunities?page_size=2&after={first['next']}").json
    read = [entry["opportunity_id"] for page in (first, second) for entry in page["opportunities"]]
    assert read == ["district-jobs", "old-houses", "river-care", "youth-build"]
    assert second["next"] is None


@time_machine.travel(f"{AS_OF} 12:00:00+00:00")
def test_proposals_and_matches_can_be_read_on_too(client: FlaskClient, proposal_id: str) -> None:
    client.post("/v1/proposals", data=PROPOSAL, content_type="text/plain")
    for address, name in (("/v1/proposals", "proposals"), (f"/v1/proposals/{proposal_id}/matches", "matches")):
        url = f"{address}?page_size=1"
        first = client.get(url).json
        second = client.get(f"{url}&after={first['next']}").json
        assert len(first[name]) == len(second[name]) == 1
        assert first[name] != second[name]
        assert second["next"] is None
    refused = client.get("/v1/proposals?after=nonsense")
    assert refused.status_code == 422
    assert refused.json["errors"][0]["source"] == "after"
