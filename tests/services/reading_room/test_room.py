"""Untrusted documents are read in a process of their own, and nothing that they do to it reaches the service."""

import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from matcher.errors import DocumentRejected, InputRejected, NoticeRejected
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.services.reading_room import limits as limits_module
from matcher.services.reading_room.limits import Limits
from matcher.services.reading_room.messages import Answer, error_of, read_answer, rejection_of
from matcher.services.reading_room.room import ReadingRoom, shared_room
from matcher.text.documents import MAXIMUM_BYTES, read_document
from tests.hostile.documents import pdf_bomb, pdf_of_many_operators
from tests.services.examples import GARDENS

PLAN = b"# Trees\n\nWe plant trees along every street of the town.\n"
LINUX = pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="this system keeps no bound on memory")


@pytest.fixture
def room() -> ReadingRoom:
    return shared_room()


@pytest.fixture
def hasty_room() -> Iterator[ReadingRoom]:
    made = ReadingRoom(Limits(seconds=1))
    yield made
    made.close()


@pytest.fixture
def small_room() -> Iterator[ReadingRoom]:
    made = ReadingRoom(Limits(seconds=600, megabytes=64))
    yield made
    made.close()


def reader_of(room: ReadingRoom) -> int:
    assert room._reader is not None
    return room._reader._process.pid


def test_what_is_read_there_is_what_is_read_here(room: ReadingRoom) -> None:
    assert room.proposal(PLAN, "plan.md") == read_proposal(read_document(PLAN, "plan.md"))
    day = date(2026, 1, 2)
    notice = read_notice(read_document(GARDENS.encode(), "gardens.yaml"), published=day)
    assert room.notice(GARDENS.encode(), "gardens.yaml", day) == notice


def test_a_refusal_comes_back_with_its_kind_file_and_line(room: ReadingRoom) -> None:
    with pytest.raises(DocumentRejected, match="YAML cannot be read") as torn:
        room.proposal(b"title: Trees\nplan: 'We plant\n", "torn.yaml")
    assert torn.value.source == "torn.yaml"
    assert torn.value.line is not None
    with pytest.raises(NoticeRejected):
        room.notice(PLAN, "plan.md")


def test_documents_share_one_reader_and_one_that_died_is_replaced(room: ReadingRoom) -> None:
    room.proposal(PLAN, "one.md")
    first = reader_of(room)
    room.proposal(PLAN, "two.md")
    assert reader_of(room) == first
    os.kill(first, signal.SIGKILL)
    assert room.proposal(PLAN, "three.md").title == "Trees"
    assert reader_of(room) != first


def test_a_document_that_takes_too_long_is_refused_and_the_next_is_read(hasty_room: ReadingRoom) -> None:
    with pytest.raises(DocumentRejected, match=r"^long\.pdf: reading this file takes more than 1 s, .*send a shorter"):
        hasty_room.proposal(pdf_of_many_operators(), "long.pdf")
    hasty_room._limits = Limits(seconds=60)  # a machine that is busy must not fail this
    assert hasty_room.proposal(PLAN, "plan.md").title == "Trees"


@LINUX
def test_a_document_that_takes_too_much_memory_is_refused_and_the_next_is_read(small_room: ReadingRoom) -> None:
    with pytest.raises(DocumentRejected, match=r"^big\.txt: .*64 MB.*send"):
        small_room.proposal(b"We plant trees. " * (MAXIMUM_BYTES // 16), "big.txt")
    assert small_room.proposal(PLAN, "plan.md").title == "Trees"


@LINUX
@pytest.mark.slow
def test_a_picture_of_the_page_that_unpacks_to_more_than_the_memory_is_refused(small_room: ReadingRoom) -> None:
    with pytest.raises(DocumentRejected, match=r"bomb\.pdf"):
        small_room.proposal(pdf_bomb(), "bomb.pdf")


@LINUX
def test_the_reader_is_bounded_and_learns_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_SIGNING_KEYS", "a-secret-of-the-house")
    own = ReadingRoom(Limits(seconds=60, megabytes=300))
    own.proposal(PLAN, "plan.md")
    place = Path("/proc") / str(reader_of(own))
    bounds = {line[:26].strip(): line[26:].split()[0] for line in (place / "limits").read_text().splitlines()}
    environment = (place / "environ").read_text()
    own.close()
    assert int(bounds["Max address space"]) == 300 * 1024 * 1024
    assert bounds["Max core file size"] == bounds["Max file size"] == "0"
    assert int(bounds["Max cpu time"]) <= 70
    assert "a-secret-of-the-house" not in environment


@LINUX
def test_a_reader_that_has_grown_leaves_after_its_document() -> None:
    assert limits_module.is_swollen(Limits(megabytes=1))
    assert not limits_module.is_swollen(Limits(megabytes=1_000_000))


def test_a_file_above_the_limit_never_reaches_the_reader() -> None:
    own = ReadingRoom(Limits())
    with pytest.raises(DocumentRejected, match="the limit is"):
        own.proposal(b"a" * (MAXIMUM_BYTES + 1), "a.txt")
    assert own._reader is None


@pytest.mark.parametrize("line", [b"", b"[]", b"null", b'{"other": 2}', b'{"rejection": [1]}', b"[" * 90_000])
def test_what_is_no_answer_is_told_as_such(line: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json has messages of its own
        read_answer(line)


def test_a_value_that_is_no_reading_is_refused(room: ReadingRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_answer", lambda _request: Answer(value='{"title": 3}'))
    with pytest.raises(DocumentRejected, match="no reading of it"):
        room.proposal(PLAN, "plan.md")


@pytest.mark.parametrize("kind", [InputRejected, DocumentRejected, NoticeRejected])
def test_an_error_survives_the_way(kind: type[InputRejected]) -> None:
    error = error_of(rejection_of(kind("it is torn", source="a.md", line=3)))
    assert (type(error), error.reason, error.source, error.line) == (kind, "it is torn", "a.md", 3)
