"""`matcher doctor`: what it prints, and its exit codes."""

import json
from pathlib import Path

import pytest

from matcher.settings import settings
from tests.cli.conftest import Run


def test_every_part_is_told_in_a_line_and_a_scheduler_that_never_ran_ends_with_1(run: Run) -> None:
    answer = run("doctor")
    lines = {line.split()[1].rstrip(":"): line.split()[0] for line in answer.stdout.splitlines()}
    assert answer.exit_code == 1
    assert (lines["database"], lines["check"], lines["model"], lines["scheduler"]) == ("ok", "ok", "ok", "wrong")
    told = json.loads(run("doctor", "--json").stdout)
    assert (told["health"], len(told["parts"])) == ("wrong", 13)


def test_a_setting_that_cannot_be_used_a_home_that_is_not_there_and_a_database_out_of_reach_are_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_DATABASE_URL", "postgresql://matcher@127.0.0.1:1/nowhere")
    settings.cache_clear()
    assert "wrong    database: postgresql://matcher@127.0.0.1:1/nowhere cannot be reached" in run("doctor").stdout
    monkeypatch.setenv("MATCHER_HOME", "elsewhere")
    settings.cache_clear()
    told = run("doctor").stdout
    assert "wrong    home: elsewhere is no folder; make it, or set MATCHER_HOME to another" in told
    assert ("database" in told, Path("elsewhere").exists()) == (False, False)
    monkeypatch.setenv("MATCHER_PORT", "many")
    settings.cache_clear()
    assert "wrong    settings: settings: port" in run("doctor").stdout
