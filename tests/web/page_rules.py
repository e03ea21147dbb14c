"""Every page that a browser may ask for, found in the application, so that no test has to name a new one."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from matcher.web.calls.access import is_open

QUERIES = {"/proposals/<proposal_id>/compare": "?with=youth-build&with=river-care"}
"""What a page needs besides its path."""


_PLACES = {
    "opportunity_id": "youth-build",
    "oppId": "858f3d8b-c014-514f-bea7-7cad773914a6",
    "filename": "frame.css",
}
"""What stands in addresses, where not anything may."""


def page_rules(app: Flask, method: str = "GET") -> list[Rule]:
    """Return the rules of the pages that are not open to all, by address; what is open shows nothing of anybody."""
    return sorted(_closed(app, method), key=lambda rule: rule.rule)


def address_of(rule: Rule, **values: str) -> str:
    """Return the address of a page; a parameter that nobody knows a value of is an error."""
    built = rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)
    assert built is not None, rule
    return f"{built[1]}{QUERIES.get(rule.rule, '')}"


def filled_address(rule: Rule) -> str:
    """Return an address of any rule: of what exists in every house, or else of nothing."""
    built = rule.build({name: _PLACES.get(name, "1") for name in rule.arguments}, append_unknown=False)
    assert built is not None, rule
    return str(built[1])


def reference_addresses(app: Flask) -> list[str]:
    """Return the address of every page of the reference."""
    told = app.test_client().get("/openapi.json").json
    return ["/docs", *(f"/docs/{tag['name']}" for tag in told["tags"])]


def _closed(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        is_page = view.__module__.startswith("matcher.web.pages.") and method in (rule.methods or ())
        if is_page and not is_open(view):
            yield rule
