"""The catalogue, and the notices that could not enter it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from matcher.domain.wording import award_words, closing_words
from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder
from matcher.services.opportunity_listing import select_opportunities
from matcher.services.views import key_date_view, opportunity_view
from matcher.store.records import StoredOpportunity
from matcher.web.calls.errors import documented
from matcher.web.calls.read_again import kept_until_a_change
from matcher.web.house import current_house
from matcher.web.rest.catalogue_answers import OpportunityAnswer, OpportunityPage, RejectionList
from matcher.web.rest.description import section
from matcher.web.rest.filters import OpportunitiesQuery, SimilarQuery
from matcher.web.rest.queries import AsOfQuery, OpportunityPath
from matcher.web.searches import found_alike, found_by_words

routes = section("catalogue", "Funding opportunities as their notices state them.", "/v1")


@routes.get("/opportunities", responses={200: OpportunityPage, **documented(422)})
@kept_until_a_change
def list_opportunities(query: OpportunitiesQuery) -> dict[str, Any]:
    """List the opportunities, each as it stands on one day, or find those that are about a few words."""
    relevances = None if query.query is None else found_by_words(query.query)
    return _page(query, relevances, query.opportunity_filter(current_house().store), query.sort)


@routes.get("/opportunities/<opportunity_id>/similar", responses={200: OpportunityPage, **documented(404, 422)})
def list_similar(path: OpportunityPath, query: SimilarQuery) -> dict[str, Any]:
    """List the opportunities that are most like this one, by the words of both and what they mean."""
    current_house().store.opportunities.get(path.opportunity_id)
    return _page(query, found_alike(path.opportunity_id), OpportunityFilter(statuses=frozenset(query.status)))


@routes.get("/opportunities/<opportunity_id>", responses={200: OpportunityAnswer, **documented(404, 422)})
@kept_until_a_change
def read_opportunity(path: OpportunityPath, query: AsOfQuery) -> dict[str, Any]:
    """Return one opportunity in full, with the text of its notice."""
    house = current_house()
    stored = house.store.opportunities.get(path.opportunity_id)
    day = house.day(query.as_of).day
    return {
        **opportunity_view(stored.opportunity),
        "as_of": day,
        "status_on_day": stored.opportunity.status_on(day),
        "closes": closing_words(stored.opportunity, day),
        "revision": stored.revision,
        "first_seen_at": stored.first_seen_at,
        "changed_at": stored.changed_at,
    }


@routes.get("/rejections", responses={200: RejectionList})
def list_rejections() -> dict[str, Any]:
    """List the notices that could not be read, with place and reason."""
    return {"rejections": current_house().store.opportunities.rejections()}


def _page(
    query: OpportunitiesQuery | SimilarQuery,
    relevances: Mapping[str, float] | None,
    wanted: OpportunityFilter,
    order: OpportunityOrder | None = None,
) -> dict[str, Any]:
    house = current_house()
    state = house.context.catalogue.state()
    day = house.day(query.as_of)
    listing = select_opportunities(state.candidates(order, day.day, relevances), wanted, day.day)
    shown = query.window_of(listing.opportunities, lambda entry: entry.opportunity.opportunity_id)
    return {
        "as_of": day.day,
        "note": day.note,
        "opportunities": [_summary(entry, day.day, relevances) for entry in shown.items],
        "next": shown.next,
        "page": query.page,
        "page_size": query.page_size,
        "total": len(listing.opportunities),
        "not_stated": listing.silent,
    }


def _summary(stored: StoredOpportunity, as_of: date, relevances: Mapping[str, float] | None) -> dict[str, Any]:
    opportunity = stored.opportunity
    return {
        "opportunity_id": opportunity.opportunity_id,
        "title": opportunity.title,
        "agency_name": opportunity.agency_name,
        "relevance": None if relevances is None else relevances[opportunity.opportunity_id],
        "status": opportunity.status_on(as_of),
        "close_date": key_date_view(opportunity.close_date(as_of)),
        "closes": closing_words(opportunity, as_of),
        "award": award_words(opportunity.funding),
        "expected_number_of_awards": opportunity.funding.expected_number_of_awards,
        "funding_categories": list(opportunity.funding_categories),
        "source_url": opportunity.source_url,
        "changed_at": stored.changed_at,
    }
