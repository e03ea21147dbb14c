"""The three routes of the protocol; errors come in its envelope (`envelopes.py`)."""

from collections.abc import Mapping
from datetime import date
from math import ceil
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from matcher.domain.match import MatchHead
from matcher.errors import NotFound
from matcher.services.ranked_matches import ranked_matches
from matcher.web.calls.errors import documented
from matcher.web.common_grants.criteria import (
    MATCH_SCORE,
    PROPOSAL_ID,
    RELEVANCE,
    Candidate,
    conditions,
    custom_conditions,
    in_order,
    unknown_statuses,
)
from matcher.web.common_grants.envelopes import (
    FilterInfo,
    OpportunitiesListResponse,
    OpportunitiesSearchResponse,
    OpportunityResponse,
    PaginatedResultsInfo,
    SortedResultsInfo,
)
from matcher.web.common_grants.identifiers import protocol_id
from matcher.web.common_grants.search_body import (
    AllOperators,
    OppFilters,
    OpportunitySearchBody,
    OppSortBy,
    OppSorting,
    PageNumber,
    PageSize,
    PaginatedBodyParams,
)
from matcher.web.common_grants.translation import translated
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.searches import found_by_words

routes = section("common-grants", "Opportunities in the form of the CommonGrants protocol 0.4.0.", "/common-grants")

_OK = {"status": 200, "message": "Success"}
_BY_LAST_CHANGE = OppSorting(sort_by=OppSortBy.LAST_MODIFIED_AT)


class OppPath(BaseModel):
    """Which opportunity."""

    oppId: UUID = Field(description="The identifier of the opportunity, as the other routes of the protocol give it.")  # noqa: N815


class PaginatedQuery(BaseModel):
    """Which part of the list."""

    page: PageNumber = Field(1, description="Which page, counted from 1.")
    pageSize: PageSize = Field(100, description="How many on one page.")  # noqa: N815

    model_config = ConfigDict(extra="forbid")


class OverridingPageQuery(BaseModel):
    """Which part of the results; weighs more than the page in the body, which the protocol's own client never turns."""

    page: PageNumber | None = Field(None, description="Which page; more weighty than that of the body.")
    pageSize: PageSize | None = Field(None, description="How many on one page; more weighty than that of the body.")  # noqa: N815

    model_config = ConfigDict(extra="forbid")


@routes.get("/opportunities", responses={200: OpportunitiesListResponse, **documented(422)})
def list_common_opportunities(query: PaginatedQuery) -> dict[str, Any]:
    """List the opportunities, the last modified first."""
    as_of = date.today()
    everything = [Candidate(stored, None, None) for stored in current_house().context.catalogue.state().stored.values()]
    pagination = PaginatedBodyParams(page=query.page, page_size=query.pageSize)
    page = _part(in_order(everything, _BY_LAST_CHANGE, as_of), pagination)
    answer = OpportunitiesListResponse(
        **_OK,
        items=[translated(one.stored, as_of) for one in page],
        pagination_info=_pagination_info(pagination, len(everything)),
    )
    return answer.dumped()


@routes.get("/opportunities/<uuid:oppId>", responses={200: OpportunityResponse, **documented(404)})
def read_common_opportunity(path: OppPath) -> dict[str, Any]:
    """Return one opportunity."""
    stored = current_house().context.catalogue.state().stored
    for opportunity_id, entry in stored.items():
        if protocol_id(opportunity_id) == path.oppId:
            return OpportunityResponse(**_OK, data=translated(entry, date.today())).dumped()
    raise NotFound("no opportunity is stored under this identifier", source="oppId")


@routes.post("/opportunities/search", responses={200: OpportunitiesSearchResponse, **documented(413, 415, 422)})
def search_common_opportunities(query: OverridingPageQuery, body: OpportunitySearchBody) -> dict[str, Any]:
    """Search the opportunities by words, by conditions, and by how well they fit a stored proposal.

    Where `customFilters.proposalId` names a proposal, only what fits it is found, with the fit in the custom field
    `matchScore`; sort by it with `sortBy` custom and `customSortBy` matchScore.
    """
    as_of = date.today()
    filters = body.filters or OppFilters()
    filter_errors = [f"filters.status: there is no status {value!r}" for value in unknown_statuses(filters.status)]
    found = _candidates(body.search, filters, as_of, filter_errors)
    tests = [*conditions(filters, as_of), *custom_conditions(filters.custom_filters or {}, filter_errors)]
    kept = [one for one in found if all(test(one) for test in tests)]
    sorting, sort_errors = _sorting(body)
    pagination = _pagination(query, body)
    answer = OpportunitiesSearchResponse(
        **_OK,
        items=[translated(one.stored, as_of, one.match) for one in _part(in_order(kept, sorting, as_of), pagination)],
        pagination_info=_pagination_info(pagination, len(kept)),
        sort_info=SortedResultsInfo(
            sort_by=sorting.sort_by,
            sort_order=sorting.sort_order,
            custom_sort_by=sorting.custom_sort_by,
            errors=sort_errors,
        ),
        filter_info=FilterInfo(filters=filters, errors=filter_errors),
    )
    told = answer.dumped()
    told["filterInfo"]["filters"] = filters.model_dump(mode="json", by_alias=True, exclude_unset=True)  # as it came
    return told


def _candidates(words: str | None, filters: OppFilters, as_of: date, errors: list[str]) -> list[Candidate]:
    """Return what is about the words, if there are any, and fits the proposal, if one is named."""
    stored = current_house().context.catalogue.state().stored
    relevances = _relevances(words)
    matches = _matches(filters, as_of, errors)
    return [
        Candidate(entry, None if matches is None else matches[name], None if relevances is None else relevances[name])
        for name, entry in stored.items()
        if (relevances is None or name in relevances) and (matches is None or name in matches)
    ]


def _relevances(words: str | None) -> Mapping[str, float] | None:
    if words is None or not words.strip():
        return None
    return found_by_words(words)


def _matches(filters: OppFilters, as_of: date, errors: list[str]) -> Mapping[str, MatchHead] | None:
    """Return the matches of the proposal that is named, without what its organization muted; None if none is named."""
    asked = (filters.custom_filters or {}).get(PROPOSAL_ID)
    if asked is None:
        return None
    house = current_house()
    if asked.operator is not AllOperators.EQ or not isinstance(asked.value, str):
        errors.append(f"customFilters.{PROPOSAL_ID} finds nothing: it takes the operator eq and one identifier")
        return {}
    try:
        ranking = ranked_matches(house.store, house.context.catalogue, asked.value, as_of)
    except NotFound as error:
        errors.append(f"customFilters.{PROPOSAL_ID} finds nothing: {error.reason}")
        return {}
    shown = (*ranking.ranked, *ranking.ineligible, *ranking.closed)
    return {ranked.opportunity.opportunity_id: ranked.match for ranked in shown}


def _sorting(body: OpportunitySearchBody) -> tuple[OppSorting, list[str]]:
    """Return the order of the results, and what could not be done as asked."""
    is_search = body.search is not None and bool(body.search.strip())
    if body.sorting is None:
        by_relevance = OppSorting(sort_by=OppSortBy.CUSTOM, custom_sort_by=RELEVANCE)
        return (by_relevance if is_search else _BY_LAST_CHANGE), []
    if body.sorting.sort_by is not OppSortBy.CUSTOM or body.sorting.custom_sort_by in (MATCH_SCORE, RELEVANCE):
        return body.sorting, []
    error = f"sorted by lastModifiedAt: customSortBy is one of {MATCH_SCORE}, {RELEVANCE}"
    return OppSorting(sort_by=OppSortBy.LAST_MODIFIED_AT, sort_order=body.sorting.sort_order), [error]


def _pagination(query: OverridingPageQuery, body: OpportunitySearchBody) -> PaginatedBodyParams:
    own = body.pagination or PaginatedBodyParams()
    return PaginatedBodyParams(page=query.page or own.page, page_size=query.pageSize or own.page_size)


def _part(found: list[Candidate], pagination: PaginatedBodyParams) -> list[Candidate]:
    start = (pagination.page - 1) * pagination.page_size
    return found[start : start + pagination.page_size]


def _pagination_info(pagination: PaginatedBodyParams, total: int) -> PaginatedResultsInfo:
    return PaginatedResultsInfo(
        page=pagination.page,
        page_size=pagination.page_size,
        total_items=total,
        total_pages=ceil(total / pagination.page_size),
    )
