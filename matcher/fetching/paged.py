"""Reads every page of a paged JSON interface into one file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.fetching.content import Content
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.recipes import Position, Recipe


@dataclass(frozen=True, slots=True)
class Pages:
    """The file that holds all pages, and how many records that is."""

    path: Path
    records: int


@dataclass(frozen=True, slots=True)
class _Page:
    """The address that a page came from, without its query, and the records on it that no page before had."""

    address: str
    fresh: list[dict[str, Any]]


def paged(fetcher: Fetcher, recipe: Recipe, into: Path) -> Pages:
    """Write the records of all pages to `into`, in the order they came, as if one page of the interface held them all.

    A record that comes twice, because the list moved while it was read, is written once. The file appears whole or not
    at all; all of it may take as many bytes as the fetcher allows one file.

    Raises:
        FetchRefused: The interface rejects the request or answers in another form than its recipe says.
        FetchDeferred: It cannot be had now, or gave fewer records than it says there are.
    """
    whole, page = into.with_name(f"{into.name}.whole"), into.with_name(f"{into.name}.page")
    into.parent.mkdir(parents=True, exist_ok=True)
    records = size = 0
    try:
        with whole.open("w", encoding="utf-8", newline="\n") as file:
            begin, end = _around(recipe)
            file.write(begin)
            for found in _pages(fetcher, recipe, page):
                for record in found.fresh:
                    size += file.write(f"{',' if records else ''}\n{json.dumps(record)}")
                    records += 1
                if size > fetcher.limits.most_decoded_bytes:
                    raise FetchRefused("the pages hold more than one file may; ask for less", source=found.address)
            file.write(end)
        whole.replace(into)
    finally:
        whole.unlink(missing_ok=True)
        page.unlink(missing_ok=True)
    return Pages(into, records)


def _around(recipe: Recipe) -> tuple[str, str]:
    """Return what stands before and after the records in a page: the names that lead to them, and nothing else."""
    begin = "".join(f"{{{json.dumps(name)}: " for name in recipe.records)
    return f"{begin}[", f"\n]{'}' * len(recipe.records)}\n"


def _pages(fetcher: Fetcher, recipe: Recipe, file: Path) -> Iterator[_Page]:
    seen: set[str] = set()
    position = Position(0, 0)
    while True:
        address, answer = _answer(fetcher, recipe, position, file)
        total = None if recipe.total is None else _member(answer, recipe.total)
        records = _listed(answer, recipe, address, total)
        new = {_key(record, recipe): record for record in records}
        fresh = [record for key, record in new.items() if key not in seen]
        yield _Page(address, fresh)
        seen.update(new)
        position = Position(position.pages + 1, position.records + len(records))
        is_all = isinstance(total, int) and position.records >= total
        if not fresh and isinstance(total, int) and not is_all:
            raise FetchDeferred(f"{address}: {len(seen):,} of {total:,} records came; the list changed or is cut short")
        if is_all or not fresh:
            return


def _answer(fetcher: Fetcher, recipe: Recipe, position: Position, file: Path) -> tuple[str, Mapping[str, Any]]:
    """Return one answer, and the address that it came from, without its query."""
    fetched = fetcher.retrieve(recipe.request(position), file, expected=Content.JSON)
    address = fetched.address.partition("?")[0]
    try:
        answer = json.loads(file.read_bytes())
    except ValueError as error:
        raise FetchRefused(f"answers with damaged JSON ({error})", source=address) from error
    if not isinstance(answer, dict):
        raise FetchRefused("answers with a JSON list where an object was expected", source=address)
    failure = recipe.failure(answer)
    if failure is not None:
        raise FetchRefused(f"rejects the request: {failure}", source=address)
    return address, answer


def _listed(answer: Mapping[str, Any], recipe: Recipe, address: str, total: object) -> list[dict[str, Any]]:
    listed = _member(answer, recipe.records)
    if listed is None and total == 0:  # some leave out a list that would be empty
        return []
    if isinstance(listed, list) and all(isinstance(record, dict) for record in listed):
        return listed
    raise FetchRefused(
        f"has no list of records at {'.'.join(recipe.records)}; has the interface changed?", source=address
    )


def _key(record: Mapping[str, Any], recipe: Recipe) -> str:
    key = _member(record, recipe.key)
    return json.dumps(record if key is None else key)


def _member(answer: Mapping[str, Any], path: tuple[str, ...]) -> object:
    """Return what `path` leads to, None if it leads nowhere."""
    value: object = answer
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value
