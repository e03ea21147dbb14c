"""How the calls are described: sections of routes, and the OpenAPI file made from them."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from threading import Lock
from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI
from flask_openapi3.types import ParametersTuple
from flask_openapi3.utils import parse_parameters

from matcher.web.calls.access import SECURITY, is_open
from matcher.web.calls.errors import documented
from matcher.web.calls.idempotency import PARAMETER, is_repeatable

_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")


class Section(APIBlueprint):
    """A group of routes that are described when the OpenAPI file is asked for, not where they are declared.

    To make the schemas of all that they take and answer takes longer than all the rest of the app.
    """

    def __init__(self, *names: str, **options: Any) -> None:  # noqa: ANN401 — those of flask-openapi3
        super().__init__(*names, **options)
        self._describing = Lock()
        self._undescribed: list[Callable[[], ParametersTuple]] = []

    def describe(self) -> None:
        """Describe the routes that are not described yet."""
        with self._describing:
            while self._undescribed:
                self._undescribed.pop(0)()

    def _collect_openapi_info(self, rule: str, func: Callable[..., Any], **told: Any) -> ParametersTuple:  # noqa: ANN401
        self._undescribed.append(partial(super()._collect_openapi_info, rule, func, **told))
        return parse_parameters(func, doc_ui=False)


def section(name: str, description: str, url_prefix: str | None = None) -> Section:
    """Return a group of routes that share a tag; each may fail on our side, or ask for patience."""
    return Section(
        name,
        __name__,
        url_prefix=url_prefix,
        abp_tags=[Tag(name=name, description=description)],
        abp_responses=documented(500, 503),
        abp_security=SECURITY,
        operation_id_callback=_operation_id,
    )


class Description:
    """The OpenAPI 3.1 file of an app, made when it is first asked for: that takes as long as all the rest of the app.

    Args:
        app: Its routes may be added until then.
        amend: Adds what no route tells.
    """

    def __init__(self, app: OpenAPI, amend: Callable[[dict[str, Any]], None]) -> None:
        self._app = app
        self._amend = amend
        self._making = Lock()
        self._made: dict[str, Any] | None = None

    def __call__(self) -> dict[str, Any]:
        """Return the file; threads that ask at once get the same one."""
        with self._making:
            if self._made is None:
                document = openapi_document(self._app)
                self._amend(document)
                self._made = document
            return self._made


def openapi_document(app: OpenAPI) -> dict[str, Any]:
    """Return the OpenAPI 3.1 file of `app`; descriptions are Markdown, without the HTML of flask-openapi3."""
    for blueprint in app.blueprints.values():
        if isinstance(blueprint, Section):
            _take_up(app, blueprint)
    document: dict[str, Any] = app.api_doc
    for path, method, view in _views(app):
        operation = document["paths"].get(path, {}).get(method)
        if operation is None:
            continue
        if "description" in operation:
            operation["description"] = operation["description"].replace("<br/>", "\n").strip()
        _describe_behaviour(operation, view)
    return document


def _take_up(app: OpenAPI, routes: Section) -> None:
    """Add what a section says of its routes, as `OpenAPI.register_api` does with what is described by then."""
    routes.describe()
    app.tags += [tag for tag in routes.tags if tag.name not in app.tag_names]
    app.tag_names += [tag.name for tag in routes.tags if tag.name not in app.tag_names]
    app.paths.update(routes.paths)
    app.components_schemas.update(routes.components_schemas)


def _describe_behaviour(operation: dict[str, Any], view: Callable[..., Any]) -> None:
    """Add what holds for every operation of its kind, and stands in no route."""
    statuses = [429]
    if is_open(view):
        operation["security"] = []
    else:
        statuses.append(401)
    if is_repeatable(view):
        statuses.append(409)
        operation["parameters"] = [*operation.get("parameters", ()), PARAMETER]
    operation["responses"].update({str(status): told for status, told in documented(*statuses).items()})


def _views(app: OpenAPI) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Yield path, method and function of every route, the path as the OpenAPI file writes it."""
    for rule in app.url_map.iter_rules():
        path = _CONVERTED.sub(r"{\1}", rule.rule)
        for method in rule.methods or ():
            yield path, method.lower(), app.view_functions[rule.endpoint]


def _operation_id(*, name: str, path: str, method: str) -> str:
    """Return the name of the function: generated clients call the operation by it."""
    return name
