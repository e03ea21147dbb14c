"""`matcher check`: what it prints, and its exit codes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run


def test_a_sound_installation_is_told_in_one_line_and_ends_with_0(run: Run) -> None:
    run("import")
    answer = run("check")
    assert (answer.exit_code, answer.stdout.splitlines()[-1].endswith("rows, 0 findings")) == (0, True)
    assert json.loads(run("check", "--json").stdout)["findings"] == []


def test_findings_are_told_one_a_line_with_what_to_do_next_and_end_with_1(run: Run, tmp_path: Path) -> None:
    run("import")
    run("submit", "proposal.md")
    with closing(sqlite3.connect(tmp_path / "home" / "matcher.db")) as connection, connection:
        connection.execute("UPDATE matches SET verdict = 'none'")
    answer = run("check")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("matches: match of proposal ")
    assert "run `matcher check --mend` and then `matcher rescore`" in answer.stdout
    assert run("check", "--mend").exit_code == 1
    run("rescore")
    assert run("check").exit_code == 0


def test_a_home_without_a_store_is_refused_and_none_is_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "home" / "matcher.db").unlink()
    answer = run("check")
    assert (answer.exit_code, "there is no store here" in answer.stderr) == (2, True)
    assert not (tmp_path / "home" / "matcher.db").exists()
