"""Each command against a real store: what it prints, its JSON, and its exit code."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from matcher.settings import settings
from matcher.store.mail_records import Suppression, SuppressionCause
from matcher.store.sql_store import open_store
from tests.cli.conftest import Run
from tests.services.examples import DISTRICTS_ONLY, GARDENS, write

MONDAY = "2026-11-23T09:00Z"


def test_match_ranks_exactly_the_named_notices_and_marks_what_is_closed(run: Run) -> None:
    answer = run("match", "proposal.md", "--opportunities", "notices", "--as-of", "2026-05-15", "--json")
    found = json.loads(answer.stdout)
    assert [match["opportunity_id"] for match in found["matches"]] == ["gardens", "hulls"]
    assert [match["status"] for match in found["matches"]] == ["posted", "closed"]
    assert found["matches"][0]["fit"] > found["matches"][1]["fit"]
    assert found["proposal"]["title"] == "Gardens for every school"


def test_match_without_notices_takes_the_watched_folder_and_sets_closed_ones_apart(run: Run) -> None:
    text = run("match", "proposal.md", "--as-of", "2026-05-15").stdout
    assert "School Gardens" in text
    assert "Submarine" not in text
    assert "1 closed" in text
    assert "cook what they grow.”" in text


def test_match_says_what_would_change_the_first_matches(run: Run) -> None:
    write(Path("notices"), gardens=DISTRICTS_ONLY)
    arguments = ("match", "proposal.md", "--opportunities", "notices/gardens.yaml")
    sentence = "Eligible if a local educational agency (LEA) leads."
    assert f"→ {sentence}" in run(*arguments).stdout
    found = json.loads(run(*arguments, "--json").stdout)["matches"][0]["counterfactuals"][0]
    assert (found["sentence"], found["verdict"]) == (sentence, "eligible")


def test_where_nothing_fits_the_answer_says_so_and_lists_the_nearest_as_weak(run: Run) -> None:
    Path("soup.md").write_text(
        "# Soup\n\nHeat the oil, add onions and simmer the lentils in broth.\n", encoding="utf-8"
    )
    text = run("match", "soup.md", "--as-of", "2026-02-01").stdout
    assert "Nothing in the catalogue fits this proposal; the nearest:" in text
    assert " weak " in text
    assert "Nothing in the catalogue" not in run("match", "proposal.md", "--as-of", "2026-02-01").stdout
    found = [json.loads(run("match", name, "--json").stdout) for name in ("soup.md", "proposal.md")]
    assert [answer["nothing_fits"] for answer in found] == [True, False]


def test_where_all_that_fits_is_closed_the_answer_does_not_say_that_nothing_fits(run: Run) -> None:
    text = run("match", "proposal.md", "--as-of", "2026-12-01").stdout
    assert "Nothing that fits can still be applied for." in text


def test_a_model_whose_fits_have_no_meaning_is_told_of(run: Run) -> None:
    run("import")
    run("submit", "proposal.md")
    for arguments in (("match", "proposal.md"), ("matches", "--all")):
        assert "keep their order but not their meaning" in run(*arguments).stderr
    assert json.loads(run("match", "proposal.md", "--json").stdout)["is_calibrated"] is False
    assert json.loads(run("matches", "--all", "--json").stdout)["proposals"][0]["is_calibrated"] is False


def test_match_shows_the_other_groups_on_request(run: Run) -> None:
    text = run("match", "proposal.md", "--as-of", "2026-05-15", "--all-groups").stdout
    assert "(closed)" in text
    assert "Submarine" in text


def test_when_too_little_is_open_the_catalogues_own_date_counts_and_is_said(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_MINIMUM_OPEN", "1")
    settings.cache_clear()
    with time_machine.travel("2026-12-01", tick=False):
        answer = run("match", "proposal.md")
    assert "ranked as of the catalogue's date, 2026-01-10" in answer.stderr
    assert "as of January 10, 2026" in answer.stdout


def test_match_stores_nothing(run: Run) -> None:
    run("match", "proposal.md")
    assert json.loads(run("matches", "--all", "--json").stdout) == {"proposals": []}


def test_the_day_of_publication_settles_dates_without_a_year(run: Run) -> None:
    write(
        Path("notices"),
        gardens=GARDENS.replace("2026-06-30", "06-30").replace("post, date: 2026-01-10", "intent, date: 05-30"),
    )
    arguments = ("match", "proposal.md", "--opportunities", "notices/gardens.yaml", "--json")
    silent, told = (json.loads(run(*arguments, *extra).stdout) for extra in ((), ("--published", "2026-05-01")))
    assert (silent["matches"][0]["status"], silent["matches"][0]["closes"]) == ("unknown", "June 30, year not stated")
    assert told["matches"][0]["close_date"]["date"] == "2026-06-30"
    assert told["matches"][0]["close_date"]["basis"] == "inferred"


def test_import_submit_and_matches_are_the_main_job(run: Run) -> None:
    assert "2 new" in run("import").output
    assert "2 unchanged" in run("import").output
    submitted = json.loads(run("submit", "proposal.md", "--json").stdout)["proposals"][0]
    assert (submitted["outcome"], submitted["title"]) == ("new", "Gardens for every school")
    text = run("matches", submitted["proposal_id"], "--as-of", "2026-02-01").stdout
    assert text.index("School Gardens") < text.index("Submarine Hull Repair")
    assert "You can apply." in text
    assert "June 30, 2026, 149 days left" in text
    assert "nothing to do" in run("rescore").output


def test_before_the_first_import_a_proposal_is_kept_and_the_missing_notices_are_told(run: Run) -> None:
    assert "matcher import" in run("submit", "proposal.md").stderr
    assert "matcher import" in run("matches", "--all").stderr
    run("import")
    assert "matcher import" not in run("matches", "--all").stderr


def test_rescore_takes_one_kind_of_cluster_and_names_both(run: Run) -> None:
    answer = run("rescore", "--workers", "2", "--cluster", "tcp://127.0.0.1:8786")
    assert answer.exit_code == 2
    assert "--workers" in answer.stderr
    assert "--cluster" in answer.stderr


def test_without_dask_rescore_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "matcher.cluster.crew", raising=False)
    monkeypatch.setitem(sys.modules, "distributed", None)
    answer = run("rescore", "--workers", "2")
    assert answer.exit_code == 1
    assert "pip install 'matcher[cluster]'" in answer.stderr


def test_a_cluster_of_other_machines_is_refused_where_they_do_not_see_the_database(run: Run) -> None:
    answer = run("rescore", "--cluster", "tcp://127.0.0.1:8786")
    assert answer.exit_code == 2
    assert "matcher migrate" in answer.stderr


def test_matches_show_the_other_groups_on_request(run: Run) -> None:
    run("import")
    run("submit", "proposal.md")
    assert "Submarine" not in run("matches", "--all", "--as-of", "2026-05-15").stdout
    assert "closed" in run("matches", "--all", "--as-of", "2026-05-15", "--all-groups").stdout


def test_a_batch_goes_on_past_bad_files_and_names_each(run: Run) -> None:
    Path("empty.md").write_text("", encoding="utf-8")
    Path("picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    answer = run("submit", "empty.md", "picture.txt", "absent.md", "proposal.md")
    assert answer.exit_code == 2
    assert "Gardens for every school" in answer.stdout
    assert all(name in answer.stderr for name in ("empty.md", "picture.txt", "absent.md"))


def test_one_bad_notice_does_not_fail_an_import_but_nothing_else_does(run: Run) -> None:
    write(Path("notices"), bad="title: [")
    answer = run("import")
    assert (answer.exit_code, "1 rejected" in answer.output) == (0, True)
    assert "bad.yaml, line" in answer.stderr
    assert run("import", "notices/bad.yaml").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "absent.md"),
        ("match", "proposal.md", "--opportunities", "absent"),
        ("match", "proposal.md", "--as-of", "yesterday"),
        ("matches",),
        ("matches", "nobody"),
        ("subscribe", "nobody", "reader@example.org"),
        ("evaluate", "absent"),
    ],
)
def test_bad_input_ends_with_code_2_and_one_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    answer = run(*arguments)
    assert answer.exit_code == 2
    assert answer.stderr.strip()
    assert "Traceback" not in answer.stderr


def test_a_subscription_gets_its_digest_in_the_outbox(run: Run, tmp_path: Path) -> None:
    write(Path("notices"), gardens=GARDENS.replace("2026-06-30", "2126-06-30"))
    run("import")
    proposal_id = json.loads(run("submit", "proposal.md", "--json").stdout)["proposals"][0]["proposal_id"]
    with time_machine.travel("2026-11-22T12:00Z", tick=False) as clock:
        asked = json.loads(run("subscribe", proposal_id, "reader@example.org", "--json").stdout)
        assert asked["state"] == "pending"
        agreed = json.loads(
            run("subscribe", proposal_id, "officer@example.org", "--agreed", "on paper", "--json").stdout
        )
        assert agreed["state"] == "confirmed"
        first = json.loads(run("digest", "--json").stdout)
        assert (first["due"], first["sent"]) == (0, 1), "the question goes out at once, the digest in its time"
        clock.move_to(MONDAY)
        counts = json.loads(run("digest", "--json").stdout)
        assert (counts["due"], counts["sent"]) == (1, 1)
        assert json.loads(run("digest", "--json").stdout)["sent"] == 0
    outbox = tmp_path / "home" / "outbox"
    assert sorted(path.name.partition(".")[0] for path in outbox.glob("*.eml")) == ["confirmation", "digest"]
    listed = run("subscriptions", "list").stdout
    assert "confirmed: officer@example.org, “Gardens for every school”, every Monday at 08:00 (UTC)" in listed
    digest_id = next(outbox.glob("digest.*")).name.split(".")[1].partition("@")[0]
    told = run("digest", "replay", digest_id).stdout
    assert "School Gardens: new" in told
    assert "\nScorer " in told
    replayed = json.loads(run("digest", "replay", digest_id, "--json").stdout)
    assert replayed["subscriptions"][0]["decisions"][0]["is_shown"]


def test_a_subscription_is_paused_resumed_and_ended_and_each_is_recorded(run: Run) -> None:
    run("import")
    run("submit", "proposal.md")
    made = json.loads(run("subscribe", "all", "officer@example.org", "--agreed", "on paper", "--json").stdout)
    for state, stored in (("paused", "paused"), ("resumed", "confirmed"), ("ended", "unsubscribed")):
        answer = run("subscriptions", "set", made["subscription_id"], state, "--json")
        assert json.loads(answer.stdout)["state"] == stored
    told = run("subscriptions", "consent", made["subscription_id"]).stdout.splitlines()
    assert [line.split("UTC")[1].strip() for line in told] == [
        "confirmed: command line: on paper",
        "paused: command line",
        "resumed: command line",
        "unsubscribed: command line",
    ]


def test_a_suppressed_address_is_listed_and_mailed_again_when_told(run: Run, tmp_path: Path) -> None:
    run("import")
    with open_store(f"sqlite:///{tmp_path / 'home' / 'matcher.db'}") as store:
        moment = datetime(2026, 11, 22, tzinfo=UTC)
        store.suppressions.add(Suppression("gone@example.org", SuppressionCause.BOUNCED, "550 no user", moment))
    assert "gone@example.org  bounced 2026-11-22: 550 no user" in run("suppressions", "list").stdout
    assert run("subscribe", "all", "gone@example.org").exit_code == 2
    assert run("suppressions", "remove", "GONE@example.org").exit_code == 0
    assert "no address" in run("suppressions", "list").stdout


def test_a_preview_is_written_in_every_form_and_sends_nothing(run: Run, tmp_path: Path) -> None:
    write(Path("notices"), gardens=GARDENS.replace("2026-06-30", "2126-06-30"))
    run("import")
    proposal_id = json.loads(run("submit", "proposal.md", "--json").stdout)["proposals"][0]["proposal_id"]
    shown = json.loads(run("digest", "--preview", proposal_id, "--out", "preview", "--json").stdout)
    assert shown["subject"].startswith("1 new match: School Gardens")
    for name in ("html", "txt", "eml"):
        assert "School Gardens" in Path(shown[name]).read_text(encoding="utf-8")
    assert not (tmp_path / "home" / "outbox").exists()
