"""Reads every page of a paged JSON interface into one file of JSON lines."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from matcher.fetching.content import Content
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.recipes import Position, Recipe


def paged(fetcher: Fetcher, recipe: Recipe, into: Path) -> Path:
    """Write every record of all pages to `into`, one JSON object a line in the order they came; return `into`.

    A record that comes twice, because the list moved while it was read, is written once. The file appears whole or not
    at all; all of it may take as many bytes as the fetcher allows one file.

    Raises:
        FetchRefused: The interface rejects the request or answers in another form than its recipe says.
        FetchDeferred: It cannot be had now, or gave fewer records than it says there are.
    """
    lines, page = into.with_name(f"{into.name}.lines"), into.with_name(f"{into.name}.page")
    into.parent.mkdir(parents=True, exist_ok=True)
    try:
        size = 0
        with lines.open("w", encoding="utf-8", newline="\n") as file:
            for record in _records(fetcher, recipe, page):
                size += file.write(json.dumps(record, ensure_ascii=False) + "\n")
                if size > fetcher.limits.most_decoded_bytes:
                    raise FetchRefused("the pages hold more than one file may; ask for less", source=str(into))
        lines.replace(into)
    finally:
        lines.unlink(missing_ok=True)
        page.unlink(missing_ok=True)
    return into


def _records(fetcher: Fetcher, recipe: Recipe, page: Path) -> Iterator[Mapping[str, Any]]:
    seen: set[str] = set()
    position = Position(0, 0)
    while True:
        address, answer = _page(fetcher, recipe, position, page)
        records = _listed(answer, recipe, address)
        new = {str(record.get(recipe.key, json.dumps(record))): record for record in records}
        fresh = [record for key, record in new.items() if key not in seen]
        yield from fresh
        seen.update(new)
        position = Position(position.pages + 1, position.records + len(records))
        total = None if recipe.total is None else _member(answer, recipe.total)
        is_all = isinstance(total, int) and position.records >= total
        if not fresh and isinstance(total, int) and not is_all:
            raise FetchDeferred(f"{address}: {len(seen):,} of {total:,} records came; the list changed or is cut short")
        if is_all or not fresh:
            return


def _page(fetcher: Fetcher, recipe: Recipe, position: Position, page: Path) -> tuple[str, Mapping[str, Any]]:
    """Return one answer, and the address that it came from, without its query."""
    fetched = fetcher.retrieve(recipe.request(position), page, expected=Content.JSON)
    address = fetched.address.partition("?")[0]
    try:
        answer = json.loads(page.read_bytes())
    except ValueError as error:
        raise FetchRefused(f"answers with damaged JSON ({error})", source=address) from error
    if not isinstance(answer, dict):
        raise FetchRefused("answers with a JSON list where an object was expected", source=address)
    failure = recipe.failure(answer)
    if failure is not None:
        raise FetchRefused(f"rejects the request: {failure}", source=address)
    return address, answer


def _listed(answer: Mapping[str, Any], recipe: Recipe, address: str) -> list[dict[str, Any]]:
    listed = _member(answer, recipe.records)
    if isinstance(listed, list) and all(isinstance(record, dict) for record in listed):
        return listed
    raise FetchRefused(
        f"has no list of records at {'.'.join(recipe.records)}; has the interface changed?", source=address
    )


def _member(answer: Mapping[str, Any], path: tuple[str, ...]) -> object:
    """Return what `path` leads to, None if it leads nowhere."""
    value: object = answer
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
