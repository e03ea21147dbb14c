from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import column, insert, inspect, table, text
from sqlalchemy.exc import IntegrityError

from matcher.domain.schedule import Schedule
from matcher.domain.subscription import SubscriptionState
from matcher.errors import Unrecoverable
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.migrate import head_revision, migrate
from matcher.store.sql_store import SqlStore
from matcher.store.timestamps import utc_now


@pytest.fixture
def database(blank_url: str) -> Iterator[Database]:
    opened = Database(blank_url)
    yield opened
    opened.close()


def test_an_empty_database_is_brought_to_the_newest_revision(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head_revision()


def test_the_migrations_make_exactly_the_tables_of_the_schema(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []


def test_the_comparison_would_notice_a_forgotten_column(database: Database) -> None:
    migrate(database)
    with database.writing_aside() as connection:
        connection.execute(text("ALTER TABLE jobs DROP COLUMN error"))
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert [(difference[0], difference[3].name) for difference in differences] == [("add_column", "error")]


def test_an_older_database_keeps_its_opportunities_and_their_present_revision(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("alembic.command.upgrade", _upgrade_to("0001_first_schema"))
        migrate(database)
    with database.writing_aside() as connection:
        row = "'river-fund', 3, 'hash', '2026-11-16', '2026-11-17', 'rivers.yaml', '{}'"
        columns = "opportunity_id, revision, content_hash, created_at, changed_at, source, document"
        connection.execute(text(f"INSERT INTO opportunities ({columns}) VALUES ({row})"))  # noqa: S608
    migrate(database)
    with database.reading() as connection:
        kept = connection.execute(text("SELECT opportunity_id, revision, source, at FROM opportunity_revisions")).all()
        listed = connection.execute(text("SELECT vanished_at FROM opportunities")).scalars().all()
    assert [tuple(row) for row in kept] == [("river-fund", 3, "rivers.yaml", "2026-11-17")]
    assert listed == [None]


def test_proposals_from_before_there_were_organizations_become_the_machines_own_with_all_that_hangs_on_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("alembic.command.upgrade", _upgrade_to("0003_readings"))
        migrate(database)
    with database.writing_aside() as connection:
        for statement in (
            (
                "INSERT INTO opportunities"
                " (opportunity_id, revision, content_hash, created_at, changed_at, source, document)"
                " VALUES ('river-fund', 1, 'hash', '2026-11-16', '2026-11-17', 'rivers.yaml', '{}')"
            ),
            (
                "INSERT INTO proposals (proposal_id, revision, content_hash, created_at, changed_at, document)"
                """ VALUES ('mine', 2, 'hash', '2026-11-16', '2026-11-17', '{"source": "river.md"}')"""
            ),
            (
                "INSERT INTO matches VALUES ('mine', 'river-fund', 2, 1, 0.5, '2026-11-17',"
                """ '{"eligibility": {"verdict": "ineligible"}, "fingerprint": "scorer-1", "priorities": []}')"""
            ),
        ):
            connection.exec_driver_sql(statement)
    migrate(database)
    with database.reading() as connection:
        kept = connection.execute(text("SELECT proposal_id, revision, organization_id, source FROM proposals")).all()
        assert [tuple(row) for row in kept] == [("mine", 2, "local", "river.md")]
        assert connection.execute(text("SELECT verdict FROM matches")).scalars().all() == ["ineligible"]


def test_references_are_enforced_again_after_the_migrations(database: Database) -> None:
    migrate(database)
    lost = {"proposal_id": "nobody", "name": "mine", "feed_id": "feed", "hash": "hash", "created_at": utc_now()}
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.writing_aside() as connection:
        connection.execute(insert(schema.feeds).values(lost))


def test_a_migration_that_leaves_a_reference_to_nothing_is_undone(database: Database) -> None:
    """SQLite looks at the end, with a reason for the operator; PostgreSQL does at once, with its own."""
    migrate(database)
    revisions = "proposal_revision, opportunity_revision"
    columns = f"proposal_id, opportunity_id, {revisions}, fit, verdict, scored_at, fingerprint, eligibility"
    row = "'nobody', 'nothing', 1, 1, 0.5, 'unknown', '2026-11-17', 'scorer', '{}'"
    lost = f"INSERT INTO matches ({columns}) VALUES ({row})"  # noqa: S608 - both stand here
    refused = pytest.raises((Unrecoverable, IntegrityError), match=r"missing|not present")
    with refused, database.migrating() as connection:
        connection.exec_driver_sql(lost)
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM matches")).scalar_one() == 0


def _upgrade_to(revision: str) -> Callable[[Config, str], None]:
    upgrade = command.upgrade
    return lambda config, _: upgrade(config, revision)


def test_subscriptions_of_the_first_version_stand_and_no_week_of_theirs_comes_twice(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("alembic.command.upgrade", _upgrade_to("0006_kept_answers"))
        migrate(database)
    at = "2026-11-16T08:00:00.000000+00:00"
    dated = {"revision": 1, "content_hash": "hash", "created_at": at, "changed_at": at, "document": "{}"}
    reader = {"email_address": "Officer@Example.org", "weekday": 2, "hour": 7, "time_zone": "Asia/Kolkata"}
    digest = {"subscription_id": "s", "content": "{}", "opportunity_ids": "[]", "attempts": 1, "is_permanent": False}
    with database.writing_aside() as connection:
        for name, row in (
            ("proposals", {"proposal_id": "p", "organization_id": "local", **dated}),
            ("subscriptions", {"subscription_id": "s", "proposal_id": "p", "minimum_fit": 0.5, **reader}),
            ("digests", {"digest_id": "d", "week": "2026-W47", "message_id": "<d>", "state": "sent", **digest}),
            ("digests", {"digest_id": "e", "week": "2026-W48", "message_id": "<e>", "state": "failed", **digest}),
            ("mailed_opportunities", {"subscription_id": "s", "opportunity_id": "river-fund", "mailed_at": at}),
        ):
            values = row | ({"created_at": at} if name == "digests" else {})
            connection.execute(insert(table(name, *map(column, values))).values(values))
    migrate(database)
    with SqlStore(database) as store:
        (stands,) = store.subscriptions.all()
        assert (stands.email_address, stands.state, stands.schedule) == (
            "officer@example.org",
            SubscriptionState.CONFIRMED,
            Schedule(2, 7, "Asia/Kolkata"),
        )
        assert [mail.period for mail in store.mails.for_address("officer@example.org")] == ["2026-W47"]
        assert store.digests.mailed("s", "p")["river-fund"].revision is None
        assert len(store.subscriptions.consents("s")) == 1


def test_constraints_have_the_names_of_the_schema(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        inspector = inspect(connection)
        for table in schema.metadata.sorted_tables:
            assert inspector.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
            in_schema = {constraint.name for constraint in table.foreign_key_constraints}
            assert {key["name"] for key in inspector.get_foreign_keys(table.name)} == in_schema
        assert [check["name"] for check in inspector.get_check_constraints("matches")] == [
            "ck_matches_fit_in_unit_interval"
        ]


def test_a_migration_that_fails_leaves_nothing_behind(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power went out")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.operations.Operations.create_index", fail)
        with pytest.raises(RuntimeError, match="power"):
            migrate(database)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(database)
