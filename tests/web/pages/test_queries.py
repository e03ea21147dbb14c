"""What a page is asked for: the parameters of the REST calls, as forms write them."""

import pytest
from flask import Flask

from matcher.domain.vocabulary import OpportunityStatus
from matcher.errors import InputRejected
from matcher.web.pages.queries import address_with, has_empty_fields, parsed, read_query
from matcher.web.rest.filters import OpportunitiesQuery

APP = Flask(__name__)


def test_a_field_that_was_left_empty_asks_for_nothing() -> None:
    with APP.test_request_context("/opportunities?query=&status=posted&status=&award_at_least=%20&sort="):
        assert has_empty_fields()
        query = read_query(OpportunitiesQuery)
    assert (query.query, query.award_at_least, query.sort) == (None, None, None)
    assert query.status == (OpportunityStatus.POSTED,)


def test_of_a_single_value_the_last_one_counts_and_a_list_keeps_all() -> None:
    query = parsed(OpportunitiesQuery, {"page_size": ["5", "7"], "agency": ["ED", "DOL"]})
    assert (query.page_size, query.agency) == (7, ("ED", "DOL"))


@pytest.mark.parametrize("written", [{"closes_before": ["soon"]}, {"status": ["x"]}, {"colour": ["red"]}])
def test_what_cannot_be_used_is_refused_with_the_name_of_its_field(written: dict[str, list[str]]) -> None:
    with pytest.raises(InputRejected) as refused:
        parsed(OpportunitiesQuery, written)
    assert str(refused.value).startswith(next(iter(written)).replace("_", " "))


def test_an_address_changes_in_one_thing_and_begins_at_the_first_page() -> None:
    with APP.test_request_context("/opportunities?status=posted&status=closed&after=x&page=3&query=a%26b"):
        assert address_with(status=("closed",)) == "/opportunities?status=closed&query=a%26b"
        assert address_with(status=None, query=None) == "/opportunities"
        assert address_with(after="y").endswith("&after=y")
