"""Moving a store: both ways, all or nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from sqlalchemy import select

from matcher.domain.organization import ApiKey, Organization
from matcher.errors import InputRejected, Unrecoverable
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.protocol import Store
from matcher.store.records import JobOutcome
from matcher.store.sql_store import open_store
from matcher.store.transfer import move_store
from tests.postgres_server import PostgresServer

from .contract.builders import MONDAY, NOW, claim, match, opportunity, proposal, subscribe, written
from .contract.test_vectors import MODEL, some_vectors

pytestmark = pytest.mark.slow
_NUMBERS = count()


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every table need several statements."""
    monkeypatch.setattr("matcher.store.transfer._ROWS_PER_STATEMENT", 2)


def unwatched(_table: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
    return lambda portions: portions


def stock(store: Store) -> None:
    """Put something into tables of every kind: documents, bytes, numbers that the database gave, dates, nothing."""
    store.organizations.add(Organization("ours", "Präferenz 数学", NOW))
    store.keys.add(ApiKey("key", "ours", "website", "f" * 64, NOW))
    subscribe(store)
    (mail,) = claim(store)
    store.mails.write("me", [written(mail)])
    store.mails.mark_sent(mail.mail_id, MONDAY)
    for number in range(5):
        store.opportunities.save(replace(opportunity(f"fund-{number}"), text=f"{number} naïve “rivers”"), "rivers")
    store.proposals.save(proposal(), "mine")
    assert store.matches.write("mine", 1, 1, match("fund-3", fit=1 / 3))
    store.vectors.save(MODEL, some_vectors(20, 16))
    store.jobs.finish(store.jobs.start("tidy"), JobOutcome.SUCCEEDED, {"jobs": 1})


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that is stored, by table."""
    database = Database(url)
    with database.reading() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
        }
    database.close()
    return found


@pytest.fixture
def other_url(engine: str, tmp_path: Path, empty_database: Path, request: pytest.FixtureRequest) -> str:
    """A store without anything in it, of the other kind than `engine`."""
    if engine == "postgresql":
        copyfile(empty_database, tmp_path / "other.db")
        return f"sqlite:///{tmp_path / 'other.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create(f"other_{next(_NUMBERS)}", request.getfixturevalue("empty_on_postgresql"))


def test_a_move_loses_no_row_and_changes_none(store: Store, url: str, other_url: str) -> None:
    stock(store)
    moved = move_store(url, other_url, unwatched)
    there = rows(other_url)
    assert there == rows(url)
    assert {table.name: table.rows for table in moved} == {name: len(found) for name, found in there.items()}
    with open_store(other_url) as target:
        assert target.matches.for_proposal("mine") == store.matches.for_proposal("mine")
        assert target.jobs.start("tidy") == store.jobs.start("tidy"), "numbering goes on"


def test_a_move_back_gives_what_there_was(
    store: Store, url: str, other_url: str, tmp_path: Path, empty_database: Path
) -> None:
    stock(store)
    move_store(url, other_url, unwatched)
    copyfile(empty_database, tmp_path / "back.db")
    back = f"sqlite:///{tmp_path / 'back.db'}"
    move_store(other_url, back, unwatched)
    assert rows(back) == rows(url)


def test_a_target_that_holds_something_is_refused_and_left_as_it_is(store: Store, url: str, other_url: str) -> None:
    stock(store)
    with open_store(other_url) as target:
        target.opportunities.save(opportunity("kept"), "rivers")
    before = rows(other_url)
    with pytest.raises(InputRejected, match=r"opportunities holds 1 rows already; name an empty database"):
        move_store(url, other_url, unwatched)
    assert rows(other_url) == before


def test_a_move_that_breaks_off_leaves_nothing_and_can_be_repeated(store: Store, url: str, other_url: str) -> None:
    stock(store)

    def breaks_off(table: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
        if table == schema.vectors.name:
            raise KeyboardInterrupt
        return unwatched(table)

    with pytest.raises(KeyboardInterrupt):
        move_store(url, other_url, breaks_off)
    with open_store(other_url) as target:
        assert target.opportunities.all() == []
        assert [one.organization_id for one in target.organizations.all()] == ["local"]
    move_store(url, other_url, unwatched)
    assert rows(other_url) == rows(url)


def test_a_source_that_changes_while_it_is_copied_is_noticed(store: Store, url: str, other_url: str) -> None:
    stock(store)

    def changes(table: str) -> Callable[[Iterable[Any]], Iterable[Any]]:
        if table == schema.vectors.name:
            store.proposals.save(proposal("We changed our minds."), "mine")
        return unwatched(table)

    with pytest.raises(Unrecoverable, match=r"is not the same on both sides .* stop every process"):
        move_store(url, other_url, changes)
    assert rows(other_url)["opportunities"] == []


def test_a_source_that_is_not_there_is_refused_and_not_made(tmp_path: Path, other_url: str) -> None:
    nowhere = tmp_path / "nowhere" / "matcher.db"
    with pytest.raises(InputRejected, match="no store here"):
        move_store(f"sqlite:///{nowhere}", other_url, unwatched)
    assert not nowhere.parent.exists()


def test_a_source_without_a_store_is_refused(blank_url: str, tmp_path: Path) -> None:
    Database(blank_url).close()
    if blank_url.startswith("sqlite"):
        (tmp_path / "matcher.db").touch()
    with pytest.raises(InputRejected, match="no store here"):
        move_store(blank_url, f"sqlite:///{tmp_path / 'target.db'}", unwatched)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_postgresql_cannot_hold_is_told_with_its_table(store: Store, url: str, other_url: str) -> None:
    store.organizations.add(Organization("ours", "nul \0", NOW))
    with pytest.raises(InputRejected, match=r"organizations: .*NUL"):
        move_store(url, other_url, unwatched)
