"""Every hostile document is read or refused with a reason, in bounded time and memory, and the service goes on."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher import bootstrap
from matcher.bootstrap import Context
from matcher.cli import main
from matcher.errors import InputRejected
from matcher.services.reading_room.room import ReadingRoom, shared_room
from matcher.settings import settings
from matcher.web.app import create_app
from tests.fakes import BagOfWords
from tests.hostile.documents import CORPUS, WORDS, Hostile
from tests.web.houses import make_house
from tests.web.rest.test_uploads import FORM, form

LIGHT = [one for one in CORPUS if not one.is_heavy]
HEAVY = [one for one in CORPUS if one.is_heavy]
SECRETS = ("root:", "daemon:")
"""What the file that documents ask for holds on every system."""
GIGABYTE = 1024**3


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A service that gives a document little time, so that the whole corpus is through in a minute."""
    context = make_house(tmp_path_factory.mktemp("patient"), reading_seconds=1)
    yield create_app(context).test_client()
    context.store.close()


def post(client: FlaskClient, document: Hostile) -> TestResponse:
    """Send a document as a file in a form."""
    return client.post("/v1/proposals", data=form(document.name, document.make()), content_type=FORM)


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
def test_a_costly_document_is_answered_in_bounded_time_and_memory(patient: FlaskClient, document: Hostile) -> None:
    answer = post(patient, document)
    assert answer.status_code in (201, 413, 422), answer.text
    assert answer.status_code == 201 or document.name in answer.text or "20 MiB" in answer.text


def test_the_service_answers_every_hostile_document_and_goes_on(house: Context) -> None:
    client = create_app(house).test_client()
    for document in LIGHT:
        answer = post(client, document)
        assert answer.status_code == (201 if document.refusal is None else 422), f"{document}: {answer.text}"
    sound = client.post("/v1/proposals", data=f"# Trees\n\n{WORDS}", content_type="text/markdown")
    assert sound.status_code == 201


def test_the_command_line_tells_what_is_wrong_with_each_and_goes_on(
    house: Context, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("brought")
    refused = [one for one in LIGHT if one.refusal is not None]
    for document in refused:
        (folder / document.name).write_bytes(document.make())
    with (folder / "gigabyte.txt").open("wb") as file:
        file.truncate(GIGABYTE)
    (folder / "sound.txt").write_text(WORDS)
    monkeypatch.setenv("MATCHER_HOME", str(house.settings.home))
    monkeypatch.setattr(bootstrap, "real_encoder", lambda *_arguments, **_options: BagOfWords())
    settings.cache_clear()
    answer = CliRunner().invoke(main, ["submit", *map(str, sorted(folder.iterdir())), "/dev/zero"])
    settings.cache_clear()
    assert answer.exit_code == 2
    told = [line for line in answer.stderr.splitlines() if line.startswith("matcher: ")]
    names = [document.name for document in refused]
    assert sorted(line.split()[1].rstrip(":,") for line in told) == sorted([*names, "gigabyte.txt", "zero"])
    assert answer.stdout.count("\n") == 1
