"""What is stored about somebody can be exported, and is gone to the last byte once it is erased."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.domain.subject import Subject, SubjectKind
from matcher.embedding.cached import text_hash
from matcher.errors import InputRejected, NotFound
from matcher.proposals.reader import read_proposal
from matcher.services.members import add_member
from matcher.services.organizations import add_organization
from matcher.services.personal_data import (
    count_personal_data,
    erase_personal_data,
    export_personal_data,
    forget_proposal,
    subject_of,
)
from matcher.services.send_mails import send_mails
from matcher.services.submit_proposal import submit_as_new
from matcher.services.tidy import tidy
from matcher.store.records import AnswerKey, KeptAnswer
from matcher.text.documents import read_document
from tests.web.houses import digested, make_house

WORDS = ("zyzzogeton", "quincunxial")
PLAN = "# The zyzzogeton plan\n\n## What will you do?\n\nYoung people in construction earn a quincunxial stipend.\n"
OTHER = "# The other plan\n\n## What will you do?\n\nWe train young people in construction, and clean rivers.\n"


@pytest.fixture
def lived_in(tmp_path: Path) -> Context:
    """A house in which a proposal was submitted, revised, mailed about, and answered from."""
    return make_house(tmp_path)


def submitted(house: Context, text: str, organization_id: str = LOCAL) -> str:
    store = house.store.for_organization(organization_id)
    read = read_proposal(read_document(text.encode(), "plan.md"))
    return submit_as_new(store, house.rescorer, read)


def used(house: Context, organization_id: str = LOCAL) -> str:
    """Let a proposal be submitted and mailed about, and an answer about it be kept; return its identifier."""
    proposal_id = submitted(house, PLAN, organization_id)
    digested(house, proposal_id, organization_id)
    send_mails(house.store, house.outgoing)
    key = AnswerKey(organization_id, "call-1")
    body = f'{{"proposal_id": "{proposal_id}", "title": "The zyzzogeton plan", "to": "officer@example.org"}}'.encode()
    long = timedelta(days=1)
    house.store.kept_answers.claim(key, "d" * 64, datetime.now(UTC), lifetime=long, lease=long)
    house.store.kept_answers.keep(key, KeptAnswer("d" * 64, 201, {}, body))
    return proposal_id


def words_in(folder: Path, words: tuple[str, ...] = WORDS) -> set[str]:
    """Return which of `words` stand in any file below `folder`, the database and its log among them."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word in words if any(word.encode() in data for data in files)}


def test_no_byte_of_an_erased_proposal_is_left(lived_in: Context) -> None:
    home = lived_in.settings.home
    proposal_id, other = used(lived_in), submitted(lived_in, OTHER)
    assert words_in(home) == set(WORDS)
    counts = erase_personal_data(lived_in.store, Subject(SubjectKind.PROPOSAL, proposal_id), lived_in.settings.outbox)
    assert {"proposals", "matches", "subscriptions", "mails", "vectors", "mail files", "kept_answers"} <= counts.keys()
    assert words_in(home) == set()
    assert [stored.proposal_id for stored in lived_in.store.proposals.all()] == [other]
    before = lived_in.encoder.encoded_count
    lived_in.rescorer.score_proposal(other)
    assert lived_in.encoder.encoded_count == before, "what other texts use stays"


def test_no_byte_of_a_deleted_proposal_is_left_though_the_database_is_not_written_anew(lived_in: Context) -> None:
    home = lived_in.settings.home
    proposal_id = used(lived_in)
    digested(lived_in, submitted(lived_in, OTHER), address="secretary@example.org")
    forget_proposal(lived_in.store, proposal_id, lived_in.settings.outbox)
    assert words_in(home) == set()
    texts = {text_hash(text) for text in (PLAN, "Young people in construction earn a quincunxial stipend.")}
    vectors = lived_in.store.vectors
    assert vectors.load(lived_in.encoder.model_id, sorted(texts))
    assert tidy(lived_in.store, datetime.now(UTC))["vectors"] > 0
    assert not vectors.load(lived_in.encoder.model_id, sorted(texts))


def test_no_byte_of_an_erased_address_is_left(lived_in: Context) -> None:
    home = lived_in.settings.home
    used(lived_in)
    add_member(lived_in.store, LOCAL, "officer@example.org")
    assert words_in(home, ("officer@example.org",))
    erase_personal_data(
        lived_in.store, subject_of(SubjectKind.ADDRESS, "Officer@Example.org"), lived_in.settings.outbox
    )
    assert not words_in(home, ("officer@example.org",))
    assert words_in(home) == set(WORDS), "the proposal is the organization's"


def test_who_is_called_almost_alike_keeps_everything(lived_in: Context) -> None:
    digested(lived_in, submitted(lived_in, OTHER), address="chiefofficer@example.org")
    send_mails(lived_in.store, lived_in.outgoing)
    long, key = timedelta(days=1), AnswerKey(LOCAL, "call-2")
    lived_in.store.kept_answers.claim(key, "d" * 64, datetime.now(UTC), lifetime=long, lease=long)
    body = b'{"to": "chiefofficer@example.org", "text": "ask officer@example.org"}'
    lived_in.store.kept_answers.keep(key, KeptAnswer("d" * 64, 201, {}, body))
    used(lived_in)
    officer = subject_of(SubjectKind.ADDRESS, "officer@example.org")
    assert "chiefofficer" not in str(export_personal_data(lived_in.store, officer))
    chiefofficer = subject_of(SubjectKind.ADDRESS, "chiefofficer@example.org")
    before = export_personal_data(lived_in.store, chiefofficer)
    erase_personal_data(lived_in.store, officer, lived_in.settings.outbox)
    assert export_personal_data(lived_in.store, chiefofficer) == before
    assert ["chiefofficer" in path.read_text() for path in lived_in.settings.outbox.glob("*.eml")] == [True]


def test_no_byte_of_an_erased_organization_is_left(lived_in: Context) -> None:
    home = lived_in.settings.home
    add_organization(lived_in.store, "east-side", "East Side Zyzzogeton")
    add_member(lived_in.store, "east-side", "secretary@example.org")
    used(lived_in, "east-side")
    subject = Subject(SubjectKind.ORGANIZATION, "east-side")
    erase_personal_data(lived_in.store, subject, lived_in.settings.outbox)
    assert not words_in(home, (*WORDS, "Zyzzogeton", "east-side", "officer@example.org", "secretary@example.org"))
    assert [one.organization_id for one in lived_in.store.organizations.all()] == [LOCAL]


@pytest.mark.parametrize("kind", list(SubjectKind))
def test_an_export_holds_what_an_erasure_would_take(lived_in: Context, kind: SubjectKind) -> None:
    proposal_id = used(lived_in)
    values = dict(zip(SubjectKind, (LOCAL, proposal_id, "officer@example.org"), strict=True))
    subject = Subject(kind, values[kind])
    exported = export_personal_data(lived_in.store, subject)
    assert "subscriptions" in exported
    assert "hash" not in {name for rows in exported.values() for row in rows for name in row}
    assert count_personal_data(lived_in.store, subject) == {name: len(rows) for name, rows in exported.items()}
    erased = lived_in.store.personal.erase(subject)
    assert erased.rows == {name: len(rows) for name, rows in exported.items()}


def test_whom_nothing_is_stored_about_is_told_so(lived_in: Context) -> None:
    nobody = Subject(SubjectKind.ADDRESS, "nobody@example.org")
    with pytest.raises(NotFound, match="nothing is stored about this address"):
        export_personal_data(lived_in.store, nobody)
    with pytest.raises(NotFound):
        erase_personal_data(lived_in.store, nobody, lived_in.settings.outbox)
    with pytest.raises(InputRejected):
        subject_of(SubjectKind.ADDRESS, "no address")
