"""How the calls are described: sections of routes, and the OpenAPI file made from them."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from matcher.web.errors import documented


def section(name: str, description: str, url_prefix: str | None = None) -> APIBlueprint:
    """Return a group of routes that share a tag; each may fail on our side, or ask for patience."""
    return APIBlueprint(
        name,
        __name__,
        url_prefix=url_prefix,
        abp_tags=[Tag(name=name, description=description)],
        abp_responses=documented(500, 503),
        operation_id_callback=_operation_id,
    )


def openapi_document(app: OpenAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 file of `app`; descriptions are Markdown, without the HTML of flask-openapi3."""
    document: dict[str, Any] = app.api_doc
    for path in document["paths"].values():
        for operation in path.values():
            if "description" in operation:
                operation["description"] = operation["description"].replace("<br/>", "\n").strip()
    return document


def _operation_id(*, name: str, path: str, method: str) -> str:
    """Return the name of the function: generated clients call the operation by it."""
    return name
