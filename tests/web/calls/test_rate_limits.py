"""Each key has calls of its own; beyond them the answer says when to come back."""

from datetime import UTC, datetime

import pytest
import time_machine

from matcher.domain.organization import LOCAL
from matcher.services.keys import issue_key
from matcher.web.app import create_app
from tests.web.conftest import NewHouse

NOON = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
LIST = "/v1/proposals"


def test_beyond_the_limit_the_caller_is_told_how_long_to_wait_and_then_answered(new_house: NewHouse) -> None:
    client = create_app(new_house(rate_limit="3/minute")).test_client()
    with time_machine.travel(NOON, tick=False) as clock:
        assert [client.get(LIST).status_code for _ in range(4)] == [200, 200, 200, 429]
        refused = client.get(LIST)
        assert refused.mimetype == "application/problem+json"
        wait = int(refused.headers["Retry-After"])
        assert 0 < wait <= 61
        assert f"wait {wait} seconds" in refused.json["detail"]
        clock.shift(wait + 1)
        assert client.get(LIST).status_code == 200


def test_one_key_does_not_use_up_the_calls_of_another_and_a_wrong_key_those_of_none(new_house: NewHouse) -> None:
    house = new_house(rate_limit="2/minute")
    client = create_app(house).test_client()
    keys = [{"X-API-Key": issue_key(house.store, LOCAL, name)[1]} for name in ("a", "b")]
    forged = {"X-API-Key": keys[1]["X-API-Key"][:-2] + "xx"}
    with time_machine.travel(NOON, tick=False):
        assert [client.get(LIST, headers=keys[0]).status_code for _ in range(3)] == [200, 200, 429]
        assert [client.get(LIST, headers=forged).status_code for _ in range(3)] == [401, 401, 429]
        assert client.get(LIST, headers=keys[1]).status_code == 200


def test_without_a_limit_nothing_is_counted(new_house: NewHouse) -> None:
    client = create_app(new_house(rate_limit="")).test_client()
    assert {client.get(LIST).status_code for _ in range(20)} == {200}


def test_what_machines_ask_every_few_seconds_is_not_counted(new_house: NewHouse) -> None:
    client = create_app(new_house(rate_limit="1/minute")).test_client()
    assert {client.get(path).status_code for _ in range(3) for path in ("/healthz", "/readyz", "/metrics")} == {200}


def test_a_limit_in_other_words_stops_the_start(new_house: NewHouse) -> None:
    with pytest.raises(ValueError, match="rate_limit"):
        new_house(rate_limit="often")
