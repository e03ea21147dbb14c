"""`matcher backup` and `matcher restore`: what they print."""

import json
from pathlib import Path

import pytest

from matcher.settings import settings
from tests.cli.conftest import Run


def test_a_backup_is_restored_into_another_home_and_answers_as_before(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import")
    run("submit", "proposal.md")
    before = run("matches", "--all", "--as-of", "2026-05-15", "--json").stdout
    assert "each the same as in the store" in run("backup", "kept.db").stdout
    again = run("backup", "kept.db")
    assert (again.exit_code, "no backup is overwritten" in again.stderr) == (2, True)
    monkeypatch.setenv("MATCHER_HOME", str(tmp_path / "new"))
    settings.cache_clear()
    assert json.loads(run("restore", "kept.db", "--json").stdout)["rows"] > 0
    assert run("matches", "--all", "--as-of", "2026-05-15", "--json").stdout == before
    assert run("check").exit_code == 0
