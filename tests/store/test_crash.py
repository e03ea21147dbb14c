"""What a killed process leaves behind, on a real file and with a real SIGKILL."""

import signal
import sqlite3
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import insert

from matcher.store import schema
from matcher.store.database import Database
from matcher.store.records import Mark
from matcher.store.sql_store import open_store
from tests.processes import FORKING

from .contract.builders import FINGERPRINT, match, opportunity, proposal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "matcher.db"


def save_for_ever(url: str, acknowledged: Connection) -> None:
    """Save, match and mark one opportunity after another; tell the parent of each one that is done."""
    with open_store(url) as store:
        revision = store.proposals.save(proposal(), "mine").revision
        for number in count(len(store.opportunities.ids_and_revisions())):
            name = f"fund-{number:05}"
            store.opportunities.save(opportunity(name), "crash")
            store.matches.write("mine", revision, 1, match(name))
            store.opportunities.mark_scored(name, Mark(1, FINGERPRINT))
            acknowledged.send(name)


def hold_a_half_done_transaction(url: str, begun: Connection) -> None:
    """Write two rows without committing, tell the parent, and wait for the end."""
    with Database(url).writing() as connection:
        for number in range(2):
            connection.execute(
                insert(schema.generations).values(table_name=("opportunities", "proposals")[number], value=7)
            )
        begun.send("begun")
        sleep(60)


def test_a_process_killed_between_writes_leaves_a_consistent_file_with_all_it_acknowledged(file: Path) -> None:
    url = f"sqlite:///{file}"
    acknowledged = set()
    for rounds in (3, 8, 14):
        parent, child = FORKING.Pipe(duplex=False)
        process = FORKING.Process(target=save_for_ever, args=(url, child), daemon=True)
        process.start()
        child.close()
        acknowledged |= {parent.recv() for _ in range(rounds)}
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
    with open_store(url) as store:
        stored = set(store.opportunities.ids_and_revisions())
        stale = {identifier for identifier, _ in store.opportunities.stale(FINGERPRINT)}
        matched = {found.match.opportunity_id for found in store.matches.for_proposal("mine")}
    assert acknowledged <= stored
    assert stored - stale <= matched, "a row is marked as scored only after its matches were written"
    assert len(stale) <= 3
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_transaction_that_is_killed_half_way_leaves_nothing_and_holds_nobody_up(file: Path) -> None:
    url = f"sqlite:///{file}?timeout=5"
    with open_store(url) as store:
        parent, child = FORKING.Pipe(duplex=False)
        process = FORKING.Process(target=hold_a_half_done_transaction, args=(url, child), daemon=True)
        process.start()
        child.close()
        assert parent.recv() == "begun"
        process.kill()
        process.join()
        assert store.opportunities.generation() == 0
        assert store.opportunities.save(opportunity(), "next.yaml").revision == 1
