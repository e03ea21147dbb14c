"""The paged interfaces that sources can be asked through: how each is asked, and which format its answers are in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from matcher.domain.source import Source
from matcher.errors import InputRejected
from matcher.fetching import recipes
from matcher.fetching.recipes import Recipe

if TYPE_CHECKING:
    from matcher.notices.formats.registry import Format

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Interface:
    """One kind of interface.

    `recipe` makes its recipe of an address, a query and a key; `format_name` names the format of a page. An interface
    that `needs_key` answers nobody without one; one that `is_windowed` shows a stretch of time, so that a record which
    is missing tells nothing.
    """

    recipe: Callable[[str, Query, str | None], Recipe]
    format_name: str
    needs_key: bool = False
    is_windowed: bool = False

    @property
    def format(self) -> "Format":
        """The format of its pages; all readers of notices are loaded here, because most doors open without them."""
        from matcher.notices.formats.registry import FORMATS

        return next(known for known in FORMATS if known.name == self.format_name)


INTERFACES: Mapping[str, Interface] = {
    "grants-gov-search": Interface(
        lambda address, query, _: recipes.grants_gov_search(query, address=address), "Grants.gov search"
    ),
    "simpler-search": Interface(
        lambda address, query, key: recipes.simpler_search(key or "", query, address=address),
        "Simpler.Grants.gov",
        needs_key=True,
    ),
    "common-grants": Interface(
        lambda address, query, key: recipes.common_grants(address, query, api_key=key), "CommonGrants JSON"
    ),
    "federal-register": Interface(
        lambda address, query, _: recipes.federal_register(query, address=address), "Federal Register", is_windowed=True
    ),
    "eu-portal": Interface(
        lambda address, query, _: recipes.eu_portal(query, address=address), "EU Funding & Tenders Portal"
    ),
    "ckan": Interface(lambda address, query, _: recipes.ckan_datastore(address, query), "California Grants Portal"),
}


def interface_of(source: Source) -> Interface:
    """Return how a source is asked.

    Raises:
        InputRejected: No interface has the name that it gives.
    """
    try:
        return INTERFACES[source.interface or ""]
    except KeyError as error:
        reason = f"there is no interface `{source.interface}`; choose one of {', '.join(INTERFACES)}"
        raise InputRejected(reason, source=source.name) from error


def query_of(source: Source) -> dict[str, Any]:
    """Return what a source is asked for; empty: everything.

    Raises:
        InputRejected: Its query is no JSON object.
    """
    try:
        found = json.loads(source.query or "{}")
    except ValueError as error:
        raise InputRejected(f"the query is no JSON ({error})", source=source.name) from error
    if not isinstance(found, dict):
        raise InputRejected('the query is no JSON object, such as {"keyword": "rivers"}', source=source.name)
    return found
