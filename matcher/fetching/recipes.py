"""How each paged interface is asked for its next page, and where its answer keeps the records."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from matcher.fetching.request import Request

_JSON = {"Accept": "application/json"}
_JSON_BODY = {**_JSON, "Content-Type": "application/json"}
_BOUNDARY = "matcher-7d1c8e9a4b"
_REGISTER_FIELDS = (
    "document_number", "type", "title", "abstract", "action", "dates", "publication_date", "agencies", "html_url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Position:
    """How far the reading is: pages and records read so far, both from 0."""

    pages: int
    records: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """One paged interface.

    `request` asks for the page that follows a position. `records` and `total` lead, member by member, to the list in
    the answer and to the number of records on all pages (None where it gives none); `key` leads to what names a record.
    `failure` returns what an answer says went wrong, None if nothing did.
    """

    request: Callable[[Position], Request]
    records: tuple[str, ...]
    total: tuple[str, ...] | None
    key: tuple[str, ...]
    failure: Callable[[Mapping[str, Any]], str | None] = lambda answer: None


def grants_gov_search(
    query: Mapping[str, Any], *, rows: int = 1000, address: str = "https://api.grants.gov/v1/api/search2"
) -> Recipe:
    """Return search2 of Grants.gov, which counts by start record; `query` as documented there, lists pipe-joined."""

    def request(position: Position) -> Request:
        return _post(address, {**query, "rows": rows, "startRecordNum": position.records})

    return Recipe(request, ("data", "oppHits"), ("data", "hitCount"), ("id",), _grants_gov_failure)


def simpler_search(
    api_key: str,
    filters: Mapping[str, Any],
    *,
    page_size: int = 100,
    address: str = "https://api.simpler.grants.gov/v1/opportunities/search",
) -> Recipe:
    """Return the search of Simpler.Grants.gov, which counts pages from 1; `page_size` is at most 100."""
    order = [{"order_by": "opportunity_id", "sort_direction": "ascending"}]

    def request(position: Position) -> Request:
        pagination = {"page_offset": position.pages + 1, "page_size": page_size, "sort_order": order}
        asked = _post(address, {"filters": dict(filters), "pagination": pagination})
        return replace(asked, credentials={"X-API-Key": api_key})

    return Recipe(request, ("data",), ("pagination_info", "total_records"), ("opportunity_id",))


def common_grants(
    address: str, query: Mapping[str, Any] | None = None, *, api_key: str | None = None, page_size: int = 100
) -> Recipe:
    """Return the list of a CommonGrants service (`address` ends in /common-grants/opportunities), pages from 1."""

    def request(position: Position) -> Request:
        asked = _get(address, {**(query or {}), "page": position.pages + 1, "pageSize": page_size})
        return asked if api_key is None else replace(asked, credentials={"X-API-Key": api_key})

    return Recipe(request, ("items",), ("paginationInfo", "totalItems"), ("id",))


def ckan_datastore(address: str, query: Mapping[str, Any], *, rows: int = 1000) -> Recipe:
    """Return a table of a CKAN portal (`address` ends in /api/3/action/datastore_search), which counts by offset.

    `query` names the table as `resource_id`.
    """

    def request(position: Position) -> Request:
        return _get(address, {**query, "limit": rows, "offset": position.records, "sort": "_id"})

    return Recipe(request, ("result", "records"), ("result", "total"), ("_id",), _ckan_failure)


def federal_register(query: Mapping[str, Any], *, rows: int = 1000, address: str) -> Recipe:
    """Return the document search of the Federal Register, which counts pages from 1, oldest document first.

    `query` holds its conditions as documented there: `conditions[term]`, `conditions[publication_date][gte]`, ….
    """
    always = {"per_page": rows, "order": "oldest", "fields[]": _REGISTER_FIELDS}

    def request(position: Position) -> Request:
        return _get(address, {**query, **always, "page": position.pages + 1})

    return Recipe(request, ("results",), ("count",), ("document_number",))


def eu_portal(query: Mapping[str, Any], *, rows: int = 100, address: str) -> Recipe:
    """Return the search of the EU Funding & Tenders Portal, which counts pages from 1; `query` as documented there.

    The parts of the body must say that they are JSON: without that the filters are ignored.
    """
    parts = {"query": query, "languages": ["en"], "sort": {"field": "identifier", "order": "ASC"}}
    body = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="blob"\r\n'
        f"Content-Type: application/json\r\n\r\n{json.dumps(value)}\r\n"
        for name, value in parts.items()
    )
    headers = {**_JSON, "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}

    def request(position: Position) -> Request:
        asked = {"apiKey": "SEDIA", "text": "***", "pageSize": rows, "pageNumber": position.pages + 1}
        return Request(f"{address}?{urlencode(asked)}", "POST", headers, body=f"{body}--{_BOUNDARY}--\r\n".encode())

    return Recipe(request, ("results",), ("totalResults",), ("metadata", "identifier"))


def _post(address: str, body: Mapping[str, Any]) -> Request:
    return Request(address, "POST", _JSON_BODY, body=json.dumps(body).encode())


def _get(address: str, query: Mapping[str, Any]) -> Request:
    return Request(f"{address}?{urlencode(query, doseq=True)}", headers=_JSON)


def _grants_gov_failure(answer: Mapping[str, Any]) -> str | None:
    """Grants.gov answers 200 whatever happens; `errorcode` 0 means that it went well."""
    return None if answer.get("errorcode") in (0, "0") else str(answer.get("msg") or "no reason given")


def _ckan_failure(answer: Mapping[str, Any]) -> str | None:
    return None if answer.get("success") is True else json.dumps(answer.get("error") or "no reason given")
