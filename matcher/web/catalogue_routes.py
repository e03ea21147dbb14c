"""The catalogue, and the notices that could not enter it."""

from datetime import date
from typing import Any

from matcher.domain.wording import award_words, closing_words
from matcher.services.views import key_date_view, opportunity_view
from matcher.store.records import StoredOpportunity
from matcher.web.catalogue_answers import OpportunityAnswer, OpportunityPage, RejectionList
from matcher.web.description import section
from matcher.web.errors import documented
from matcher.web.house import current_house
from matcher.web.queries import AsOfQuery, OpportunitiesQuery, OpportunityPath
from matcher.web.ranking_day import ranking_day

routes = section("catalogue", "Funding opportunities as their notices state them.", "/v1")


@routes.get("/opportunities", responses={200: OpportunityPage, **documented(422)})
def list_opportunities(query: OpportunitiesQuery) -> dict[str, Any]:
    """List the opportunities, each as it stands on one day."""
    context = current_house().context
    state = context.catalogue.state()
    day = ranking_day(query.as_of, state.opportunities, context.settings.minimum_open)
    stored = [
        entry
        for entry in state.stored.values()
        if query.status is None or entry.opportunity.status_on(day.day) is query.status
    ]
    return {
        "as_of": day.day,
        "note": day.note,
        "opportunities": [_summary(entry, day.day) for entry in query.part_of(stored)],
        "page": query.page,
        "page_size": query.page_size,
        "total": len(stored),
    }


@routes.get("/opportunities/<opportunity_id>", responses={200: OpportunityAnswer, **documented(404, 422)})
def read_opportunity(path: OpportunityPath, query: AsOfQuery) -> dict[str, Any]:
    """Return one opportunity in full, with the text of its notice."""
    house = current_house()
    context = house.context
    stored = house.store.opportunities.get(path.opportunity_id)
    opportunities = context.catalogue.state().opportunities
    day = ranking_day(query.as_of, opportunities, context.settings.minimum_open).day
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


def _summary(stored: StoredOpportunity, as_of: date) -> dict[str, Any]:
    opportunity = stored.opportunity
    return {
        "opportunity_id": opportunity.opportunity_id,
        "title": opportunity.title,
        "agency_name": opportunity.agency_name,
        "status": opportunity.status_on(as_of),
        "close_date": key_date_view(opportunity.close_date(as_of)),
        "closes": closing_words(opportunity, as_of),
        "award": award_words(opportunity.funding),
        "source_url": opportunity.source_url,
        "changed_at": stored.changed_at,
    }
