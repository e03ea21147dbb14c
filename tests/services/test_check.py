"""Each invariant is broken by hand and must be named; a house that nobody broke has no findings."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import text

from matcher.bootstrap import Context
from matcher.services.check import CheckReport, check, mend
from matcher.store.database import Database
from matcher.store.transfer import move_store
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer
from tests.services.posts import MONDAY, WEEK, Postbox, reader, send, stocked_house

SOON = MONDAY + timedelta(minutes=30)
LATER = MONDAY + timedelta(hours=2)


@pytest.fixture(scope="module")
def mailed_stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house that has sent a digest."""
    folder = tmp_path_factory.mktemp("mailed")
    with stocked_house(folder) as house:
        reader(house, next(iter(house.store.proposals.ids_and_revisions())), minimum_fit=0.0)
        send(house, Postbox())
    return folder


@pytest.fixture
def mailed(tmp_path: Path, mailed_stock: Path) -> Iterator[Context]:
    with stocked_house(tmp_path / "mailed", mailed_stock) as house:
        yield house


@pytest.fixture
def url(tmp_path: Path, mailed_stock: Path) -> str:
    """The store of such a house, without the house."""
    copyfile(mailed_stock / "home" / "matcher.db", tmp_path / "matcher.db")
    return f"sqlite:///{tmp_path / 'matcher.db'}"


def looked_over(url: str, now: datetime = SOON) -> CheckReport:
    return check(url, BagOfWords.model_id, now)


def broken(url: str, *statements: str) -> None:
    """Do what nothing but a defect, a bad disk or a hand would do."""
    database = Database(url)
    with database.reading() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("BEGIN")
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0, statement
    database.close()


def test_a_house_that_nobody_broke_has_no_findings(url: str) -> None:
    report = looked_over(url)
    assert report.findings == []
    assert (report.looked_at["matches"], report.looked_at["digests"], report.to_encode) == (2, 1, 0)


@pytest.mark.parametrize(
    ("rule", "words", "statement"),
    [
        ("schema", "revision 0009_interfaces", "UPDATE alembic_version SET version_num = '0009_interfaces'"),
        ("references", "rows of organizations", "UPDATE proposals SET organization_id = 'nobody'"),
        ("documents", "hash", "UPDATE opportunities SET content_hash = 'other' WHERE opportunity_id = 'hulls'"),
        ("documents", "hash", "UPDATE listings SET content_hash = 'other'"),
        ("documents", "cannot be read", "UPDATE matches SET eligibility = '{'"),
        ("documents", "cannot be read", "UPDATE matches SET priorities = '{'"),
        ("revisions", "not among those", "DELETE FROM opportunity_revisions WHERE opportunity_id = 'hulls'"),
        ("revisions", "a later revision", "UPDATE opportunity_revisions SET revision = 9"),
        ("revisions", "deleted before", "INSERT INTO deleted_proposals SELECT proposal_id, 5 FROM proposals"),
        ("matches", "rests on revisions", "UPDATE matches SET proposal_revision = 0"),
        ("matches", "rests on revisions", "UPDATE matches SET opportunity_revision = 4"),
        ("matches", "the scorer finds", "UPDATE matches SET fit = 0.123"),
        ("matches", "its reasons say", "UPDATE matches SET verdict = 'ineligible'"),
        ("matches", "priorities of the notice", "UPDATE matches SET priorities = '[]'"),
        ("matches", "made by", "UPDATE proposals SET scored_fingerprint = 'x'"),
        ("quotes", "the text at", "UPDATE proposals SET document = json_set(document, '$.text', 'short')"),
        ("vectors", "norm", "UPDATE vectors SET vector = zeroblob(768)"),
        ("vectors", "infinite", "UPDATE vectors SET vector = X'007C007C'"),
        ("vectors", "dimensions", "UPDATE vectors SET vector = substr(vector, 1, 8) WHERE rowid = 1"),
        ("vectors", "SHA-256", "UPDATE vectors SET text_hash = 'words' WHERE rowid = 1"),
        ("ledger", "accounted for", "UPDATE source_runs SET records = records + 1"),
        ("ledger", "with a reason", "UPDATE source_runs SET dropped = 2, records = records + 2"),
        ("ledger", "reasons are kept", "UPDATE source_runs SET rejected = 1, records = records + 1"),
        ("catalogue", "marked as vanished", "UPDATE opportunities SET vanished_at = changed_at"),
        ("catalogue", "not marked", "UPDATE listings SET vanished_at = changed_at"),
        ("mails", "says nothing", "UPDATE mails SET state = 'ready', content = NULL"),
        ("mails", "at no time", "UPDATE mails SET sent_at = NULL"),
        ("digests", "do not count as seen", "DELETE FROM mailed_opportunities"),
        ("digests", "its mail is of", "UPDATE mails SET period = '2026-W01'"),
        ("digests", "no IANA time zone", "UPDATE subscriptions SET time_zone = 'Mars/Olympus'"),
        ("consent", "record of consent", "DELETE FROM consents"),
        ("consent", "active since never", "UPDATE subscriptions SET active_since = NULL"),
    ],
)
def test_what_is_broken_by_hand_is_named_with_what_to_do_next(url: str, rule: str, words: str, statement: str) -> None:
    if statement.startswith("UPDATE proposals SET scored"):
        broken(url, "UPDATE opportunities SET scored_fingerprint = 'x'")
    broken(url, statement)
    named = [finding for finding in looked_over(url).findings if finding.rule == rule]
    assert any(words in finding.found for finding in named)
    assert all(finding.advice and finding.subject for finding in named)


def test_a_match_of_a_past_revision_is_no_finding_while_its_proposal_waits_to_be_scored(url: str) -> None:
    broken(url, "UPDATE proposals SET revision = 2")
    assert looked_over(url).findings == []
    broken(url, "UPDATE proposals SET scored_revision = 2")
    assert looked_over(url).by_rule == {"matches": 2}


def test_a_digest_that_is_due_and_was_never_begun_is_named_after_an_hour(url: str) -> None:
    assert looked_over(url, SOON + WEEK - timedelta(hours=1)).findings == []
    (overdue,) = looked_over(url, LATER + WEEK).findings
    assert (overdue.rule, overdue.subject) == ("digests", "reader@example.org of local")
    assert "python -m scheduler --once digest" in overdue.advice


def test_two_open_digests_of_one_person_are_named(url: str) -> None:
    columns = "kind, organization_id, email_address, attempts, created_at, due_at"
    other = f"SELECT 'other', '<other>', 'created', '2026-W01', {columns} FROM mails"  # noqa: S608
    broken(
        url,
        "UPDATE mails SET state = 'ready', content = '{}'",
        f"INSERT INTO mails (mail_id, message_id, state, period, {columns}) {other}",
    )
    assert "open at once" in "".join(finding.found for finding in looked_over(url).findings)


def test_texts_without_a_vector_of_the_model_in_use_are_counted_and_no_finding(url: str) -> None:
    broken(url, "DELETE FROM vectors")
    report = looked_over(url)
    assert report.is_sound
    assert report.to_encode > 0


@pytest.mark.slow
def test_the_same_is_seen_on_postgresql(
    mailed: Context, postgres_server: PostgresServer, empty_on_postgresql: str
) -> None:
    url = postgres_server.create("checked", empty_on_postgresql)
    move_store(mailed.settings.store_url, url, lambda _: lambda portions: portions)
    sound = check(url, BagOfWords.model_id, SOON)
    assert (sound.findings, sound.to_encode) == ([], 0)
    database = Database(url)
    with database.writing() as connection:
        connection.execute(text("UPDATE matches SET fit = 0.9"))
        connection.execute(text("DELETE FROM mailed_opportunities"))
    database.close()
    report = check(url, BagOfWords.model_id, LATER + WEEK)
    assert report.by_rule == {"digests": 2, "matches": 2}
    assert mend(url, report) == 2


def test_wrong_matches_and_vectors_are_taken_away_and_made_anew(mailed: Context) -> None:
    (proposal_id,) = mailed.store.proposals.ids_and_revisions()
    before = mailed.store.matches.at_least(proposal_id, 0.0)
    url = mailed.settings.store_url
    for damage in ("UPDATE matches SET fit = 0.9", "UPDATE vectors SET vector = zeroblob(768) WHERE rowid < 3"):
        broken(url, damage)
        assert mend(url, looked_over(url)) == 2
        mailed.rescorer.rescore()
        assert looked_over(url).findings == []
    assert mailed.store.matches.at_least(proposal_id, 0.0) == before
