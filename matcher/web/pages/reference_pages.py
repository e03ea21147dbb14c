"""The reference of the REST API as pages: one that names every call, and one for each section with all of it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask, Response, render_template, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from matcher.web.calls.access import open_to_all
from matcher.web.pages.frame import protect, show
from matcher.web.pages.reference import Json, Section, sections


def install_reference(app: Flask, document: Callable[[], Json]) -> None:
    """Serve the reference at `/docs` and a page for each section below it, made once from the OpenAPI file."""

    @cache
    def found() -> dict[str, Section]:
        return {section.name: section for section in sections(document())}

    @cache
    def calls(name: str) -> Markup:
        told = render_template("parts/calls.html", section=found()[name])
        return Markup(told)  # noqa: S704 - a template made it, and escaped what it was given

    def shown(template: str, **told: Any) -> Response:  # noqa: ANN401 - what the template uses
        return protect(show(template, twin=url_for("openapi"), sections=found().values(), **told))

    @open_to_all
    def show_reference() -> Response:
        return shown("reference.html", info=document()["info"], version=document()["openapi"])

    @open_to_all
    def show_section(name: str) -> Response:
        if name not in found():
            raise NotFound(f"the reference has no section “{name}”; it has {', '.join(found())}")
        return shown("reference_section.html", section=found()[name], calls=calls(name))

    app.add_url_rule("/docs", "reference", show_reference)
    app.add_url_rule("/docs/<name>", "reference_section", show_section)
