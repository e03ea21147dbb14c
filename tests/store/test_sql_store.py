"""Opening a store: what is accepted, what is refused, and in which words."""

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from matcher.errors import InputRejected, RetryLater, Unrecoverable
from matcher.store.migrate import head_revision
from matcher.store.sql_store import open_store

from .contract.builders import claim, opportunity, subscribe, written


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "matcher.db"


@contextmanager
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def make(file: Path) -> str:
    """Make a store with one opportunity in `file`; return its URL."""
    url = f"sqlite:///{file}"
    with open_store(url) as store:
        store.opportunities.save(opportunity(), "rivers.yaml")
    return url


def test_a_new_store_is_made_with_its_folders(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "matcher.db"
    make(file)
    assert file.is_file()


def test_what_was_saved_is_there_when_the_store_is_opened_again(file: Path) -> None:
    url = make(file)
    with open_store(url) as store:
        assert store.opportunities.get("river-fund").opportunity == opportunity()


def test_opening_a_current_store_changes_no_byte(file: Path) -> None:
    url = make(file)
    before = sha256(file.read_bytes()).hexdigest()
    open_store(url).close()
    assert sha256(file.read_bytes()).hexdigest() == before


def test_readers_read_while_a_writer_holds_the_file(file: Path) -> None:
    url = make(file)
    with raw(file) as other, open_store(url) as store:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("BEGIN IMMEDIATE")
        assert store.opportunities.get("river-fund").revision == 1


def test_a_writer_that_waited_too_long_is_told_to_try_again(file: Path) -> None:
    url = make(file)
    with raw(file) as other, open_store(f"{url}?timeout=0.05") as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RetryLater, match=r"matcher\.db.*another process holds the database"):
            store.opportunities.save(opportunity("lake-fund"), "lakes.yaml")
        other.execute("ROLLBACK")
        assert store.opportunities.save(opportunity("lake-fund"), "lakes.yaml").revision == 1


def test_opening_a_new_store_that_somebody_holds_is_told_to_try_again(file: Path) -> None:
    with raw(file) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RetryLater, match="another process holds the database"):
            open_store(f"sqlite:///{file}?timeout=0.05")


def test_a_database_that_is_newer_than_the_code_is_refused_with_both_revisions(file: Path) -> None:
    url = make(file)
    with raw(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    with pytest.raises(Unrecoverable, match=f"9999_from_the_future.*{head_revision()}"):
        open_store(url)


def test_the_database_of_another_program_is_refused_and_left_as_it_is(file: Path) -> None:
    with raw(file) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(Unrecoverable, match="tables of another program"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(file: Path) -> None:
    file.write_bytes(b"Dear reader, this is a letter. " * 200)
    with pytest.raises(Unrecoverable, match=r"matcher\.db: file is not a database; check"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes().startswith(b"Dear reader")


def test_a_damaged_database_is_reported_as_damaged(file: Path) -> None:
    url = make(file)
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    file.write_bytes(content)
    with pytest.raises(Unrecoverable, match="malformed"), open_store(url) as store:
        store.opportunities.all()


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unrecoverable, match="unable to open database file"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_folder_that_cannot_be_made_is_refused(file: Path) -> None:
    file.write_text("in the way")
    with pytest.raises(Unrecoverable, match="folder cannot be made"):
        open_store(f"sqlite:///{file}/matcher.db")


@pytest.mark.parametrize("url", ["matcher.db", "", "sqlite://", "sqlite:///:memory:", "mysql://localhost/matcher"])
def test_a_url_that_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(InputRejected, match=r"sqlite:///path|needs a file"):
        open_store(url)


def test_a_password_in_a_refused_url_is_not_shown() -> None:
    with pytest.raises(InputRejected) as refused:
        open_store("mysql://reader:open-sesame@localhost/matcher")
    assert "open-sesame" not in str(refused.value)


def test_a_store_that_is_used_after_a_fork_says_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = make(file)
    with open_store(url) as store:
        child = os.getpid() + 1
        monkeypatch.setattr(os, "getpid", lambda: child)
        with pytest.raises(Unrecoverable, match="opened before a fork"):
            store.opportunities.all()


def test_a_mistake_of_the_calling_code_is_not_blamed_on_the_file(file: Path) -> None:
    with open_store(f"sqlite:///{file}") as store:
        subscribe(store)
        (first,) = claim(store)
        with pytest.raises(IntegrityError, match="FOREIGN KEY"):
            store.mails.write("me", [written(first, subscription_id="nobody")])
        assert store.mails.get(first.mail_id) == first


def test_a_new_store_waits_for_somebody_who_is_about_to_write_into_the_file(file: Path) -> None:
    with raw(file) as other, ThreadPoolExecutor(1) as threads:
        other.execute("BEGIN IMMEDIATE")  # SQLite itself does not wait for this when it changes the kind of journal
        opening = threads.submit(open_store, f"sqlite:///{file}")
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.2)
        other.execute("COMMIT")
        with opening.result(timeout=30) as store:
            assert store.opportunities.all() == []


def test_many_that_open_a_new_store_at_once_all_succeed(file: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(open_store, [f"sqlite:///{file}"] * 8))
    assert [store.opportunities.all() for store in stores] == [[]] * 8
    for store in stores:
        store.close()
