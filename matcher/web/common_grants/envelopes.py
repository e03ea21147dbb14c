"""What an answer of the protocol is wrapped in."""

from typing import Any

from flask import Response
from pydantic import BaseModel, Field

from matcher.web.calls.envelopes import Failure
from matcher.web.common_grants import examples
from matcher.web.common_grants.base import Part, Unset, optional
from matcher.web.common_grants.opportunity import OpportunityBase, OpportunityDetails
from matcher.web.common_grants.search_body import OppFilters, SortOrder
from matcher.web.rest.answers import with_example

PREFIX = "/common-grants/"
_MEDIA_TYPE = "application/json"


class PaginatedResultsInfo(Part):
    """Which part of the results this is."""

    page: int = Field(ge=1)
    page_size: int = Field(ge=1)
    total_items: int
    total_pages: int


class SortedResultsInfo(Part):
    """How the results are sorted."""

    sort_by: str
    sort_order: SortOrder
    custom_sort_by: str | Unset = optional("By which custom field.")
    errors: list[str] = Field(description="What could not be done as asked.")


class FilterInfo(Part):
    """Which conditions the results meet."""

    filters: OppFilters
    errors: list[str] = Field(description="Which conditions were passed over, and why.")


class OpportunitiesListResponse(Part):
    """One page of opportunities, the last modified first."""

    status: int
    message: str
    items: list[OpportunityBase]
    pagination_info: PaginatedResultsInfo

    model_config = with_example(examples.LIST)


class OpportunitiesSearchResponse(Part):
    """One page of what was searched for."""

    status: int
    message: str
    items: list[OpportunityBase]
    pagination_info: PaginatedResultsInfo
    sort_info: SortedResultsInfo
    filter_info: FilterInfo

    model_config = with_example(examples.SEARCH)


class OpportunityResponse(Part):
    """One opportunity."""

    status: int
    message: str
    data: OpportunityDetails

    model_config = with_example(examples.DETAIL)


class CommonGrantsError(BaseModel):
    """What went wrong, as the protocol has it; `errors` names each flaw of the input."""

    status: int
    message: str
    errors: list[Any]


def error_envelope(failure: Failure) -> Response:
    """Return a failure as the protocol has it: no other form can be read by its clients."""
    flaws: list[Any] = [flaw.model_dump(exclude_none=True) for flaw in failure.errors]
    if failure.instance is not None:
        flaws.append({"instance": failure.instance})
    body = CommonGrantsError(status=failure.status, message=failure.detail, errors=flaws)
    response = Response(body.model_dump_json(), failure.status, mimetype=_MEDIA_TYPE)
    response.headers.extend(failure.headers)
    return response


def describe_errors(document: dict[str, Any]) -> None:
    """Tell in the OpenAPI file that errors under the addresses of the protocol come in its envelope."""
    name = CommonGrantsError.__name__
    document["components"]["schemas"][name] = CommonGrantsError.model_json_schema()
    content = {_MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    for path, item in document["paths"].items():
        if path.startswith(PREFIX):
            for operation in item.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = content
