"""The pages that a person reads in a browser: HTML made here, one style sheet, and no script."""

from datetime import UTC, datetime
from functools import cache

from flask import Blueprint, Flask, Response, render_template
from jinja2 import StrictUndefined

from matcher.services.sources import source_statuses
from matcher.web.calls.access import open_to_all
from matcher.web.house import current_house
from matcher.web.pages.reference import Json, prose, sections, shapes
from matcher.web.pages.source_page import source_sections, summary_words

_HEADERS = {
    # nothing is loaded but our style sheet, nothing runs, nothing is sent, and no other site may frame a page
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/static", template_folder="templates")


def install_pages(app: Flask) -> None:
    """Serve the pages from `app`; a name that a template uses and nobody gave is an error."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["prose"] = prose
    app.register_blueprint(_pages)
    app.view_functions["pages.static"] = _send_static_file


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
        return _protect(Response(page(), mimetype="text/html"))

    app.add_url_rule("/docs", "reference", show_reference)


@open_to_all
def _send_static_file(filename: str) -> Response:
    """Return a file that pages load; Flask's own function cannot be marked as open."""
    return _pages.send_static_file(filename)


@_pages.get("/sources")
def show_sources() -> str:
    """Return the coverage ledger as a page."""
    store = current_house().store
    now = datetime.now(UTC)
    statuses = source_statuses(store, now)
    sections = source_sections(store, statuses)
    return render_template("sources.html", sections=sections, summary=summary_words(statuses), now=now)


@_pages.after_request
def _protect(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response
