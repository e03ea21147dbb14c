"""The first page, at the address where programs find the index: bring a proposal, or go on with one that is kept."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, current_app, url_for

from matcher.services.proposal_list import proposal_list
from matcher.web.calls.access import open_to_all, whoever_asks
from matcher.web.house import current_house
from matcher.web.pages.forms import remember_visitor
from matcher.web.pages.frame import protect, show, wants_page

LATEST = 4
"""So many of the kept proposals are named."""
_ENDPOINT = "health.index"


def install_start_page(app: Flask) -> None:
    """Answer `/` with a page where a person asks, and with the index of the interface elsewhere."""
    index: Callable[..., Any] = app.view_functions[_ENDPOINT]

    @open_to_all
    def page_or_index(**parameters: Any) -> Response:  # noqa: ANN401 — what the index takes
        response = _start() if wants_page() else current_app.make_response(index(**parameters))
        response.vary.add("Accept")
        return response

    app.view_functions[_ENDPOINT] = page_or_index


def _start() -> Response:
    is_known = whoever_asks() is not None
    house = current_house()
    kept = proposal_list(house.store, house.context.catalogue, house.day().day, 0, LATEST)[0] if is_known else []
    opportunities = len(house.context.catalogue.state().stored)
    page = show("start.html", twin=url_for(_ENDPOINT), is_known=is_known, kept=kept, opportunities=opportunities)
    return remember_visitor(protect(page))
