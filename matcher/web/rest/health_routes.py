"""Whether the service is up and ready, what its jobs did, and where to go from here."""

import logging
from datetime import UTC, datetime
from typing import Any

from flask import Response, url_for

from matcher import __version__
from matcher.errors import MatcherError
from matcher.services.sources import source_statuses
from matcher.store.protocol import Store
from matcher.web.calls.access import open_to_all
from matcher.web.calls.envelopes import Flaw
from matcher.web.calls.errors import documented, unavailable
from matcher.web.house import current_house
from matcher.web.rest.catalogue_answers import Health, Index, JobList, Readiness, SettingList
from matcher.web.rest.description import section
from matcher.web.rest.queries import JobsQuery
from matcher.web.shown_settings import shown_settings
from matcher.web.source_state import SourceState, state_of

_TROUBLED = (SourceState.STALE, SourceState.FAILING)

_log = logging.getLogger(__name__)

routes = section("health", "The state of the service and its jobs.")


@routes.get("/", responses={200: Index})
@open_to_all
def index() -> dict[str, Any]:
    """Return where to go from here."""
    links = {
        "description": url_for("openapi"),
        "reference": url_for("reference"),
        "proposals": url_for("proposals.list_proposals"),
        "opportunities": url_for("catalogue.list_opportunities"),
        "sources": url_for("sources.list_sources"),
        "sources_page": url_for("source_pages.show_sources"),
        "readiness": url_for("health.readiness"),
    }
    return {"name": "matcher", "version": __version__, "links": links}


@routes.get("/healthz", responses={200: Health})
@open_to_all
def health() -> dict[str, Any]:
    """Return that the process is up; nothing else is looked at."""
    return {"status": "up"}


@routes.get("/readyz", responses={200: Readiness})
@open_to_all
def readiness() -> dict[str, Any] | Response:
    """Return whether the service can answer: the store does, and the catalogue is not empty.

    The schema of the store was brought up to date when it was opened. `scoring` tells whether the model is loaded yet;
    a scoring waits for it. Sources in trouble are told and change nothing: what they brought is still good to rank.
    """
    house = current_house()
    context = house.context
    try:
        opportunities = len(context.catalogue.state().stored)
        jobs = house.store.jobs.latest()
        failing = [turn for turn in house.store.turns.all() if turn.failures]
        sources = _sources_in_trouble(house.store)
    except MatcherError as error:
        _log.error("store cannot be read", extra={"reason": str(error)})
        return _not_ready(Flaw(source="store", detail="it cannot be read; the log says why"))
    if not opportunities:
        return _not_ready(Flaw(source="catalogue", detail="it is empty; run `matcher import`, or start the scheduler"))
    return {
        "status": "ready",
        "opportunities": opportunities,
        "scoring": house.warm_up.warmth,
        "encoded_count": context.encoder.encoded_count,
        "jobs": jobs,
        "failing_jobs": [
            {"name": turn.name, "failures": turn.failures, "next_attempt_at": turn.due_at, "error": turn.error}
            for turn in failing
        ],
        "sources": sources,
    }


@routes.get("/v1/jobs", responses={200: JobList, **documented(422)})
def list_jobs(query: JobsQuery) -> dict[str, Any]:
    """List the latest runs of the scheduled jobs."""
    return {"jobs": current_house().store.jobs.recent(query.limit)}


@routes.get("/v1/settings", responses={200: SettingList})
def list_settings() -> dict[str, Any]:
    """List the settings that decide results and mail; paths, servers and secrets are not told."""
    return {"groups": shown_settings(current_house().context.settings)}


def _sources_in_trouble(store: Store) -> list[dict[str, Any]]:
    """Return the sources that are stale or failing, by name."""
    told = [(status, state_of(status)) for status in source_statuses(store, datetime.now(UTC))]
    return [
        {"name": status.source.name, "state": state, "error": status.error}
        for status, state in told
        if state in _TROUBLED
    ]


def _not_ready(missing: Flaw) -> Response:
    return unavailable(f"not ready: {missing.source}: {missing.detail}", errors=[missing])
