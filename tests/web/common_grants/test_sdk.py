"""The protocol's own client over a real socket: it pages, gets and searches, and understands every refusal."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
import time_machine
from common_grants_sdk.client import Client
from common_grants_sdk.client.auth import Auth
from common_grants_sdk.client.config import Config
from common_grants_sdk.client.exceptions import APIError
from common_grants_sdk.schemas.pydantic.filters import (
    DateRangeFilter,
    DefaultFilter,
    MoneyRangeFilter,
    StringArrayFilter,
)
from flask.testing import FlaskClient

YOUTH = "youth-build"


@pytest.fixture
def sdk(address: str, key: str) -> Iterator[Client]:
    with Client(Config(base_url=address, api_key=key, page_size=2)) as client:
        yield client


def own_ids(items: list) -> list[str]:  # type: ignore[type-arg]
    return [item.custom_fields["opportunityId"].value for item in items]


def test_it_pages_through_everything_that_there_is_once(sdk: Client) -> None:
    found = sdk.opportunities.list()
    assert found.errors == []
    assert sorted(own_ids(found.items)) == ["district-jobs", "old-houses", "river-care", YOUTH]
    assert len({item.id for item in found.items}) == 4
    second = sdk.opportunities.list(page=2)
    assert (second.pagination_info.total_items, second.pagination_info.total_pages) == (4, 2)
    assert second.items == found.items[2:]


def test_it_gets_one_by_its_identifier(sdk: Client) -> None:
    listed = next(item for item in sdk.opportunities.list().items if own_ids([item]) == [YOUTH])
    found = sdk.opportunities.get(listed.id)
    assert found == listed
    assert found.key_dates.close_date.date == date(2027, 3, 15)
    assert (found.funding.max_award_amount.amount, found.funding.max_award_amount.currency) == ("50000", "USD")


def test_it_searches_by_words_and_turns_the_pages_of_what_was_found(sdk: Client) -> None:
    found = sdk.opportunities.search("train young people in construction")
    assert found.errors == []
    assert {YOUTH, "district-jobs"} <= set(own_ids(found.items))
    first, second = (sdk.opportunities.search(page=page, page_size=3).items for page in (1, 2))
    assert sorted(own_ids(first + second)) == sorted(own_ids(sdk.opportunities.list().items))


@time_machine.travel("2026-11-22 12:00:00+00:00")
def test_it_narrows_by_the_filters_of_the_protocol(sdk: Client) -> None:
    days = {"min": date(2027, 2, 1), "max": date(2027, 12, 31)}
    amount = {"min": {"amount": "40000", "currency": "USD"}, "max": {"amount": "60000.50", "currency": "USD"}}
    foreign = {"min": {"amount": "1", "currency": "EUR"}, "max": {"amount": "99999999", "currency": "EUR"}}
    status = StringArrayFilter(operator="in", value=["closed"])
    for filters, expected in (
        ({"status": status}, ["old-houses"]),
        ({"closeDateRange": DateRangeFilter(operator="between", value=days)}, ["district-jobs", YOUTH]),
        ({"closeDateRange": DateRangeFilter(operator="outside", value=days)}, ["old-houses", "river-care"]),
        ({"maxAwardAmountRange": MoneyRangeFilter(operator="outside", value=amount)}, []),
        ({"minAwardAmountRange": MoneyRangeFilter(operator="between", value=foreign)}, []),
    ):
        found = sdk.opportunities.search(filters=filters)
        assert sorted(own_ids(found.items)) == expected, filters
        assert found.filter_info.errors == []


def test_it_finds_what_fits_a_proposal_with_the_fit_in_a_custom_field(
    proposal_id: str, client: FlaskClient, sdk: Client, key: str
) -> None:
    proposal = DefaultFilter(operator="eq", value=proposal_id)
    ranked = client.get(f"/v1/proposals/{proposal_id}/matches", headers={"X-API-Key": key}).json["matches"]
    found = sdk.opportunities.search(filters={"proposalId": proposal})
    fits = {item.custom_fields["opportunityId"].value: item.custom_fields["matchScore"].value for item in found.items}
    assert {match["opportunity_id"]: match["fit"] for match in ranked}.items() <= fits.items()
    least = DefaultFilter(operator="gte", value=max(fits.values()))
    assert own_ids(sdk.opportunities.search(filters={"proposalId": proposal, "matchScore": least}).items) == [YOUTH]


def test_what_it_cannot_be_asked_is_told_and_not_passed_over_in_silence(sdk: Client) -> None:
    missing = DefaultFilter(operator="eq", value="nobody")
    found = sdk.opportunities.search(
        filters={"proposalId": missing, "moon": DefaultFilter(operator="eq", value="full")}
    )
    assert found.items == []
    assert len(found.filter_info.errors) == 2
    assert "no proposal is stored" in found.filter_info.errors[0]


def test_it_understands_every_refusal(sdk: Client, address: str) -> None:
    with pytest.raises(APIError) as missing:
        sdk.opportunities.get(UUID(int=1))
    assert missing.value.error.status == 404
    with pytest.raises(APIError) as wrong:
        sdk.opportunities.get("no-uuid")
    assert wrong.value.error.status == 404
    with (
        Client(Config(base_url=address, api_key="wrong"), Auth.bearer("wrong")) as stranger,
        pytest.raises(APIError) as refused,
    ):
        stranger.opportunities.list()
    assert refused.value.error.status == 401
