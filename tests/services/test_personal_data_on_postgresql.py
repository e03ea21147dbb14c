"""What is erased on a real PostgreSQL server is gone from its files, and from its log once that is let go."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import psycopg
import pytest

from matcher.bootstrap import Context
from matcher.domain.subject import Subject, SubjectKind
from matcher.services.organizations import add_organization
from matcher.services.personal_data import erase_personal_data
from tests.postgres_server import USER, PostgresServer
from tests.services.test_personal_data import WORDS, submitted, used
from tests.web.houses import make_house

PATIENCE_SECONDS = 120

pytestmark = pytest.mark.slow


@pytest.fixture
def administrator(postgres_server: PostgresServer, empty_on_postgresql: str) -> Iterator[psycopg.Connection]:
    """A connection to the database `erased`, which is made for it."""
    postgres_server.create("erased", empty_on_postgresql)
    with psycopg.connect(host=str(postgres_server.folder), user=USER, dbname="erased", autocommit=True) as connection:
        yield connection
        connection.execute("ALTER SYSTEM RESET wal_recycle")


@pytest.fixture
def lived_in(tmp_path: Path, postgres_server: PostgresServer, administrator: psycopg.Connection) -> Iterator[Context]:
    """A house on it in which an organization keeps words that the server has taken samples of."""
    house = make_house(tmp_path, database_url=postgres_server.url("erased"))
    add_organization(house.store, "east-side", "East Side")
    used(house, "east-side")
    submitted(house, f"# {WORDS[0]} again\n\nYoung people earn a {WORDS[1]} stipend for carpentry.\n", "east-side")
    administrator.execute("ANALYZE")
    yield house
    house.store.close()


def files_with_words(server: PostgresServer, administrator: psycopg.Connection) -> set[str]:
    """Return the folders of the server's data in which a file holds one of the words, once all is written."""
    administrator.execute("CHECKPOINT")
    data = server.folder / "data"
    found = set()
    for path in data.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):  # the server takes files away when it likes
            content = path.read_bytes()
            if any(word.encode() in content for word in WORDS):
                found.add(path.relative_to(data).parts[0])
    return found


def test_no_byte_of_an_erased_organization_is_left_in_the_files_of_the_server_and_its_log_can_be_let_go(
    lived_in: Context, postgres_server: PostgresServer, administrator: psycopg.Connection
) -> None:
    assert files_with_words(postgres_server, administrator) == {"base", "pg_wal"}
    subject = Subject(SubjectKind.ORGANIZATION, "east-side")
    erase_personal_data(lived_in.store, subject, lived_in.settings.outbox)
    assert files_with_words(postgres_server, administrator) <= {"pg_wal"}
    administrator.execute("SELECT pg_switch_wal()")
    # the server now removes the segment, or lets it wait to be written anew
    assert files_with_words(postgres_server, administrator) <= {"pg_wal"}
    administrator.execute("ALTER SYSTEM SET wal_recycle = off")
    administrator.execute("SELECT pg_reload_conf()")
    deadline = monotonic() + PATIENCE_SECONDS
    while files_with_words(postgres_server, administrator):
        assert monotonic() < deadline
        administrator.execute("SELECT pg_switch_wal()")
