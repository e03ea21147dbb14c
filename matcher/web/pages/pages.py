"""The pages that a person reads in a browser, put together: the frame, errors, and every group of pages."""

from datetime import UTC, datetime
from functools import cache

from flask import Flask, Response, render_template

from matcher.services.sources import source_statuses
from matcher.web.calls.access import open_to_all
from matcher.web.house import current_house
from matcher.web.pages import catalogue_page, opportunity_pages
from matcher.web.pages.error_pages import install_error_pages
from matcher.web.pages.frame import install_frame, page_room, protect
from matcher.web.pages.reference import Json, sections, shapes
from matcher.web.pages.sign_in_pages import pages as sign_in_pages
from matcher.web.pages.source_page import source_sections, summary_words
from matcher.web.pages.start_page import install_start_page

_sources = page_room("source_pages")

_ROOMS = (catalogue_page.room, opportunity_pages.room, _sources, sign_in_pages)
"""Every group of pages, in the order in which a person meets them."""


def install_pages(app: Flask) -> None:
    """Serve the pages from `app`."""
    install_frame(app)
    install_error_pages(app)
    install_start_page(app)
    for room in _ROOMS:
        app.register_blueprint(room)


def install_reference(app: Flask, document: Json) -> None:
    """Serve the reference of the REST API at `/docs`, made from its OpenAPI file once."""

    @cache
    def page() -> str:
        return render_template(
            "reference.html",
            info=document["info"],
            version=document["openapi"],
            sections=sections(document),
            shapes=shapes(document),
        )

    @open_to_all
    def show_reference() -> Response:
        return protect(Response(page(), mimetype="text/html"))

    app.add_url_rule("/docs", "reference", show_reference)


@_sources.get("/sources")
def show_sources() -> str:
    """Return the coverage ledger as a page."""
    store = current_house().store
    now = datetime.now(UTC)
    statuses = source_statuses(store, now)
    sections = source_sections(store, statuses)
    return render_template("sources.html", sections=sections, summary=summary_words(statuses), now=now)
