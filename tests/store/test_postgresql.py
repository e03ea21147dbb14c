"""What only PostgreSQL has: writers side by side, servers that go away, and databases that are not fit."""

import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, text, update

from matcher.domain.organization import Organization
from matcher.errors import InputRejected, RetryLater, Unrecoverable
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.locks import hold_pairs
from matcher.store.mail_records import MailKind, Period
from matcher.store.proposals import SqlProposals
from matcher.store.protocol import Store
from matcher.store.records import AnswerKey, Claim
from matcher.store.sql_store import open_store
from tests.postgres_server import PostgresServer

from .contract.builders import LEASE, MONDAY, NOW, READER, WEEK, claim, lease, match, opportunity, proposal, subscribe

pytestmark = pytest.mark.slow
A_MOMENT_SECONDS = 0.3


@pytest.fixture
def engine() -> str:
    return "postgresql"


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def waits(call: Future[object]) -> bool:
    """Whether a call still waits for a lock after a moment."""
    try:
        call.result(A_MOMENT_SECONDS)
    except StillWaiting:
        return True
    return False


def test_nobody_changes_a_revision_that_a_match_is_being_written_for(
    store: Store, database: Database, elsewhere: ThreadPoolExecutor
) -> None:
    store.proposals.save(proposal(), "mine")
    store.opportunities.save(opportunity(), "rivers")
    with database.writing() as connection:
        hold_pairs(database, connection, [("mine", "river-fund")])
        assert store.matches.write("mine", 1, 1, match()), "two may write matches at once"
        amending = elsewhere.submit(store.opportunities.save, opportunity(text="Clean lakes."), "rivers")
        assert waits(amending)
    assert amending.result().revision == 2


def test_a_mail_that_somebody_is_taking_is_passed_over(store: Store, database: Database) -> None:
    later = Period(MailKind.DIGEST, READER, "2026-W48")
    first, second = (store.mails.enqueue(week, "{}", "example.org", MONDAY) for week in (WEEK, later))
    assert first is not None
    assert second is not None
    with database.writing() as connection:
        _lock_mail(connection, first.mail_id)
        taken = store.mails.take(lease("other"), 10, MONDAY, [MailKind.DIGEST])
    assert [mail.mail_id for mail in taken] == [second.mail_id]


def test_a_digest_that_is_taken_while_the_next_one_is_claimed_is_not_superseded(
    store: Store, database: Database, elsewhere: ThreadPoolExecutor
) -> None:
    subscribe(store)
    (first,) = claim(store)
    next_week = MONDAY + timedelta(days=7)
    with database.writing() as connection:
        leased = update(schema.mails).values(leased_until=next_week + LEASE, holder="other")
        connection.execute(leased.where(schema.mails.c.mail_id == first.mail_id))
        claiming = elsewhere.submit(claim, store, now=next_week)
        assert waits(claiming)
    assert claiming.result() == []
    assert store.mails.get(first.mail_id).holder == "other"


def test_a_proposal_that_comes_back_while_it_is_deleted_has_a_higher_revision(
    store: Store, database: Database, elsewhere: ThreadPoolExecutor
) -> None:
    store.proposals.save(proposal(), "mine")
    with database.writing() as connection:
        SqlProposals(database).delete_in(connection, "mine")
        saving = elsewhere.submit(store.proposals.save, proposal("Again."), "mine")
        assert waits(saving)
    assert saving.result().revision == 2


def test_an_answer_that_is_claimed_by_many_at_once_is_claimed_by_one(store: Store) -> None:
    def ask(_: int) -> bool:
        key = AnswerKey("local", "key")
        held = store.kept_answers.claim(key, "digest", NOW, lifetime=timedelta(days=1), lease=timedelta(minutes=1))
        return isinstance(held, Claim)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(ask, range(8))) == 1


def test_of_two_changes_side_by_side_each_moves_the_version_when_it_is_seen(store: Store, database: Database) -> None:
    seen = [store.version()]
    with database.writing() as connection:
        connection.execute(update(schema.organizations).values(name="Another name"))
        store.proposals.save(proposal(), "mine")
        seen.append(store.version())
    seen.append(store.version())
    assert len(set(seen)) == 3


def test_a_server_that_cannot_be_reached_is_worth_another_try() -> None:
    with pytest.raises(RetryLater, match=r"cannot be reached .* see that the server runs"):
        open_store("postgresql://matcher@/matcher?host=/nowhere")


def test_connections_that_the_server_broke_cost_nobody_an_answer(store: Store, database: Database) -> None:
    store.proposals.save(proposal(), "mine")
    others = "datname = current_database() AND pid <> pg_backend_pid()"
    with database.reading() as connection:
        broken = connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608
        assert len(broken.all()) >= 2
    assert store.version()
    assert list(store.proposals.ids_and_revisions()) == ["mine"]
    assert store.proposals.save(proposal("Again."), "mine").revision == 2


def test_without_the_driver_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(Unrecoverable, match=r"pip install 'matcher\[postgresql\]'"):
        open_store("postgresql://localhost/matcher")


def test_a_database_that_encodes_or_sorts_in_another_way_is_refused(postgres_server: PostgresServer) -> None:
    url = postgres_server.create("ascii", options="ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(Unrecoverable, match=r"encoding SQL_ASCII .*createdb --template=template0 --encoding=UTF8"):
        open_store(url)


def test_a_text_that_postgresql_cannot_hold_is_told_as_such(store: Store) -> None:
    with pytest.raises(InputRejected, match=r"cannot hold this value \(.*NUL"):
        store.organizations.add(Organization("ours", "nul \0", NOW))


def test_a_password_is_not_shown() -> None:
    with pytest.raises(RetryLater) as failed:
        open_store("postgresql://matcher:open-sesame@/matcher?host=/nowhere")
    assert "open-sesame" not in str(failed.value)


def _lock_mail(connection: Connection, mail_id: str) -> None:
    connection.execute(select(schema.mails.c.mail_id).where(schema.mails.c.mail_id == mail_id).with_for_update())


def test_a_statement_that_the_server_ends_can_be_tried_again_and_the_url_says_how_long_it_may_take(url: str) -> None:
    hurried = Database(f"{url}&options=-c%20statement_timeout%3D10ms")
    with pytest.raises(RetryLater, match="statement timeout; try again"), hurried.reading() as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    hurried.close()
