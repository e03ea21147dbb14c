"""Every hostile document is read or refused with a reason, in bounded time and memory, and the service goes on."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.cli import main
from matcher.errors import InputRejected
from matcher.services.reading_room.limits import Limits
from matcher.services.reading_room.room import ReadingRoom, shared_room
from matcher.settings import settings
from matcher.web.app import create_app
from tests.hostile.documents import CORPUS, WORDS, Hostile
from tests.web.rest.test_uploads import FORM, form

LIGHT = [one for one in CORPUS if not one.is_heavy]
HEAVY = [one for one in CORPUS if one.is_heavy]
SECRETS = ("root:", "daemon:")
"""What the file that documents ask for holds on every system."""


@pytest.fixture
def strict_room() -> Iterator[ReadingRoom]:
    """A room with little time, so that the whole corpus is through in a minute."""
    room = ReadingRoom(Limits(seconds=1))
    yield room
    room.close()


def outcome(room: ReadingRoom, document: Hostile) -> str | None:
    """Return why the document was refused as a proposal, or None if it was read."""
    try:
        proposal = room.proposal(document.make(), document.name)
    except InputRejected as rejection:
        return str(rejection)
    assert not any(secret in proposal.text for secret in SECRETS)
    return None


@pytest.mark.parametrize("document", LIGHT, ids=str)
def test_a_hostile_document_is_read_as_mere_words_or_refused(document: Hostile) -> None:
    refusal = outcome(shared_room(), document)
    if document.refusal is None:
        assert refusal is None
    else:
        assert refusal is not None
        assert refusal.startswith(document.name)
        assert document.refusal in refusal


@pytest.mark.slow
@pytest.mark.parametrize("document", HEAVY, ids=str)
def test_a_costly_document_is_read_or_refused_in_bounded_time_and_memory(
    strict_room: ReadingRoom, document: Hostile
) -> None:
    refusal = outcome(strict_room, document)
    assert refusal is None or refusal.startswith(document.name)


@pytest.mark.parametrize("name", ["laughs.docx", "form-loop.pdf", "deep.json", "script.md", "headers.json"])
def test_the_service_answers_hostile_documents_and_goes_on(house: Context, name: str) -> None:
    client: FlaskClient = create_app(house).test_client()
    document = next(one for one in CORPUS if one.name == name)
    answer = client.post("/v1/proposals", data=form(name, document.make()), content_type=FORM)
    assert answer.status_code == (201 if document.refusal is None else 422), answer.text
    sound = client.post("/v1/proposals", data=f"# Trees\n\n{WORDS}", content_type="text/markdown")
    assert sound.status_code == 201


def test_the_command_line_tells_what_is_wrong_and_goes_on(
    house: Context, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("brought")
    for document in (one for one in CORPUS if one.name in ("deep.docx", "pages-loop.pdf", "nul.txt")):
        (folder / document.name).write_bytes(document.make())
    monkeypatch.setenv("MATCHER_HOME", str(house.settings.home))
    settings.cache_clear()
    answer = CliRunner().invoke(main, ["submit", *map(str, sorted(folder.iterdir()))])
    settings.cache_clear()
    assert answer.exit_code == 2
    assert answer.stderr.count("matcher: ") == 3
