"""`matcher sources` against a real store."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.services.examples import GARDENS, write
from tests.services.records import extract, item


def shown(run: Run) -> dict[str, dict[str, object]]:
    return {source["name"]: source for source in json.loads(run("sources", "--json").stdout)["sources"]}


def test_the_watched_folder_is_a_source_from_the_start(run: Run) -> None:
    assert "never looked at" in run("sources").output
    run("import")
    text = run("sources").output
    assert "watched  (every 1m)" in text
    assert "2 records = 2 new + 0 changed + 0 unchanged" in text
    assert shown(run)["watched"]["listed"] == 2


def test_a_source_is_added_checked_disabled_enabled_and_removed(run: Run) -> None:
    extract(Path("grants.json"), [item(1), item(2)])
    assert "added grants: file" in run("sources", "add", "grants", "grants.json", "--every", "6h").output
    assert "2 records = 2 new" in run("sources", "check", "grants").output
    assert "2 records = 0 new + 0 changed + 2 unchanged" in run("sources", "check", "grants").output
    run("sources", "disable", "grants")
    assert shown(run)["grants"]["is_enabled"] is False
    assert "grants:" not in run("sources", "check").output
    run("sources", "enable", "grants")
    assert (shown(run)["grants"]["interval_seconds"], shown(run)["grants"]["is_enabled"]) == (21_600, True)
    run("sources", "remove", "grants")
    assert list(shown(run)) == ["watched"]


def test_checking_re_scores_what_changed(run: Run) -> None:
    run("submit", "proposal.md")
    answer = json.loads(run("sources", "check", "--json").stdout)
    assert (answer["new"], answer["rescored"]["matches"]) == (2, 2)


def test_a_source_that_fails_is_told_and_the_rest_goes_on(run: Run) -> None:
    path = extract(Path("grants.json"), [item(1)])
    run("sources", "add", "grants", "grants.json")
    path.write_text("{", encoding="utf-8")
    answer = run("sources", "check")
    assert answer.exit_code == 1
    assert "grants.json" in answer.stderr
    assert "watched: 2 records" in answer.stdout
    assert "failed" in run("sources").output
    assert "stale" in run("sources").output


def test_the_runs_of_a_source_are_shown_with_what_the_last_one_rejected(run: Run) -> None:
    path = extract(Path("grants.json"), [item(1)])
    run("sources", "add", "grants", "grants.json")
    run("sources", "check", "grants")
    extract(path, [item(1), item(2, title=None)])
    run("sources", "check", "grants")
    assert "due 20" in run("sources").output
    text = run("sources", "show", "grants").stdout.splitlines()
    assert text[0].endswith("2 records = 0 new + 0 changed + 1 unchanged + 1 rejected")
    assert text[1].endswith("1 record = 1 new + 0 changed + 0 unchanged")
    assert text[2].startswith(f"rejected: {path.absolute()}: record 2")
    told = json.loads(run("sources", "show", "grants", "--runs", "1", "--json").stdout)
    assert (told["total"], len(told["runs"]), len(told["rejections"])) == (2, 1, 1)


def test_a_file_that_was_imported_is_a_source_by_hand(run: Run) -> None:
    write(Path("elsewhere"), gardens=GARDENS)
    run("import", "elsewhere/gardens.yaml")
    assert shown(run)[str(Path("elsewhere/gardens.yaml").absolute())]["interval_seconds"] is None
    assert "(by hand)" in run("sources").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "grants", "absent.json"),
        ("add", "two words", "notices"),
        ("add", "grants", "notices", "--every", "often"),
        ("add", "watched", "notices"),
        ("enable", "nobody"),
        ("remove", "nobody"),
        ("check", "nobody"),
        ("show", "nobody"),
    ],
)
def test_bad_input_ends_with_code_2_and_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run("sources", *arguments)
    assert answer.exit_code == 2
    assert answer.stderr.strip()
