"""`matcher migrate`: what it prints, and that everything answers as before from the other database."""

import json
from pathlib import Path

import pytest

from matcher.settings import settings
from tests.cli.conftest import Run
from tests.postgres_server import PostgresServer


@pytest.fixture
def there(postgres_server: PostgresServer, empty_on_postgresql: str) -> str:
    return postgres_server.create("moved", empty_on_postgresql)


def test_an_installation_moves_to_postgresql_and_answers_as_before(
    run: Run, tmp_path: Path, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import")
    run("submit", "proposal.md")
    before = run("matches", "--all", "--as-of", "2026-05-15", "--json").stdout
    here = f"sqlite:///{tmp_path / 'home' / 'matcher.db'}"
    told = run("migrate", "--from", here, "--to", there).stdout.splitlines()
    assert any(line.startswith("opportunities: 2 rows, the same on both sides (") for line in told)
    assert told[-1].endswith("set MATCHER_DATABASE_URL to the new database")

    monkeypatch.setenv("MATCHER_DATABASE_URL", there)
    settings.cache_clear()
    assert run("matches", "--all", "--as-of", "2026-05-15", "--json").stdout == before

    moved = json.loads(run("migrate", "--from", there, "--to", f"sqlite:///{tmp_path}/back.db", "--json").stdout)
    assert {table["name"]: table["rows"] for table in moved["tables"]}["matches"] == 2
    again = run("migrate", "--from", here, "--to", there)
    assert again.exit_code == 2
    assert "name an empty database" in again.stderr
