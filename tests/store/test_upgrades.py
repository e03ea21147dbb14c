"""A store of every earlier schema, with rows in every table, comes to the present one with all of them."""

from collections.abc import Iterator

import pytest
from _pytest.mark.structures import ParameterSet
from sqlalchemy import text

from matcher.store.audit.opened import audited
from matcher.store.database import Database
from matcher.store.migrate import head_revision, migrate
from matcher.store.sql_store import SqlStore

from .contract.builders import MONDAY, match, opportunity, proposal
from .old_schemas import fill_at, revisions

TOLD_AGAIN = {"0001_first_schema": {"rejections"}}
"""What the first schema could not say of which source it is; the next import tells it again."""
QUICK = ("0001_first_schema",)
"""What every run tries; the slow tests try them all."""


def test_every_revision_is_among_those_that_are_tried() -> None:
    assert revisions()[-1] == head_revision()
    assert revisions()[0] == "0001_first_schema"


def cases() -> Iterator[ParameterSet]:
    """Every revision that a database of each kind can have: PostgreSQL came with 0012."""
    for revision in revisions():
        yield pytest.param("sqlite", revision, marks=() if revision in QUICK else pytest.mark.slow)
        if revision >= "0012":
            yield pytest.param("postgresql", revision, marks=pytest.mark.slow)


@pytest.mark.parametrize(("engine", "revision"), cases(), indirect=["engine"])
def test_a_store_of_an_earlier_schema_keeps_every_row_and_is_sound(revision: str, blank_url: str) -> None:
    database = Database(blank_url)
    before = fill_at(database, revision)
    migrate(database)
    with SqlStore(database) as store:
        assert store.opportunities.get("river-fund").opportunity == opportunity()
        assert store.proposals.get("mine").proposal == proposal()
        assert [found.match for found in store.matches.for_proposal("mine")] == [match()]
        assert [found.subscription_id for found in store.subscriptions.all()] == ["weekly"]
        assert [mail.period for mail in store.mails.for_address("officer@example.org")] == ["2026-W47"]
        with database.reading() as connection:
            for table, count in before.items():
                if table in TOLD_AGAIN.get(revision, ()):
                    continue
                after = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
                assert after >= count, table
    with audited(blank_url) as audit:
        assert audit.schema_findings() == []
        left = [finding for finding in audit.findings(MONDAY) if finding.rule not in ("ledger", "catalogue")]
    assert left == [], left
