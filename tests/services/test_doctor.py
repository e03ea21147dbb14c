"""Each part that is not well is told with what to do next."""

from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.finding import Finding
from matcher.domain.source import Source, SourceKind
from matcher.errors import Unrecoverable
from matcher.services import doctor
from matcher.services.check import CheckReport
from matcher.services.doctor import Health, MailServer, Part
from matcher.store.records import JobOutcome
from tests.mail.mail_servers import Mailbox, free_port, serving

Usage = namedtuple("Usage", "total used free")


def test_python_and_packages_of_this_machine_are_well() -> None:
    assert doctor.python().health is Health.OK
    assert doctor.packages().health is Health.OK


def test_an_older_python_and_a_missing_package_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 9, 1))
    assert doctor.python().health is Health.WRONG
    monkeypatch.setattr(doctor, "requires", lambda _: ["nobody-made-this[extra]>=2 ; python_version > '3'"])
    assert doctor.packages().seen == "missing: nobody-made-this"


def test_weights_that_are_not_the_published_ones_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise Unrecoverable("its SHA-256 is another")

    monkeypatch.setattr(doctor, "verify_weights", refuse)
    part = doctor.looked_at("model", lambda: doctor.model("all-MiniLM-L6-v2"))
    assert (part.health, "SHA-256" in part.seen) == (Health.WRONG, True)
    assert doctor.model("another").health is Health.OK


def test_a_home_that_others_can_read_is_a_warning_and_one_that_is_missing_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert doctor.home(tmp_path) == Part(
        "home",
        Health.WARNING,
        f"{tmp_path} is open to other users of the machine, and proposals lie in it",
        f"run: chmod 700 {tmp_path}",
    )
    tmp_path.chmod(0o700)
    assert doctor.home(tmp_path).health is Health.OK
    assert doctor.home(tmp_path / "nowhere").health is Health.WRONG


@pytest.mark.parametrize(("gibibytes", "health"), [(0.5, Health.WRONG), (3, Health.WARNING), (50, Health.OK)])
def test_little_room_is_told_before_it_is_gone(
    gibibytes: float, health: Health, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(0, 0, int(gibibytes * 2**30)))
    assert doctor.disk(tmp_path).health is health
    monkeypatch.undo()
    assert doctor.looked_at("disk", lambda: doctor.disk(tmp_path / "nowhere")).health is Health.WRONG


def test_a_scheduler_that_never_ran_is_away_or_fails_is_told(house: Context) -> None:
    now = datetime.now(UTC)
    assert doctor.scheduler(house.store, now).seen == "no job ever ran"
    house.store.jobs.finish(house.store.jobs.start("mail"), JobOutcome.SUCCEEDED, {})
    assert doctor.scheduler(house.store, now).health is Health.OK
    away = doctor.scheduler(house.store, now + timedelta(hours=3, minutes=1))
    assert (away.health, away.seen) == (Health.WRONG, "the last job ran 3 hours ago")
    house.store.turns.finish("digest", None, now, "ServerSilent: nobody there")
    assert "digest failed 1 times (ServerSilent: nobody there)" in doctor.scheduler(house.store, now).seen


def test_a_clock_that_is_behind_what_was_done_is_wrong(house: Context) -> None:
    house.store.jobs.start("mail")
    now = datetime.now(UTC)
    assert doctor.clock(house.store, now).health is Health.OK
    assert doctor.clock(house.store, now - timedelta(days=3)).health is Health.WRONG


def test_sources_in_trouble_are_named(house: Context) -> None:
    assert doctor.sources(house.store, datetime.now(UTC)).health is Health.OK
    house.store.sources.add(Source("rivers", SourceKind.URL, "https://example.org/rivers", 60))
    assert doctor.sources(house.store, datetime.now(UTC) + timedelta(days=1)).seen == "rivers (stale)"


def test_a_mail_server_is_asked_and_none_is_a_warning(tmp_path: Path) -> None:
    assert doctor.mail(None, tmp_path).health is Health.WARNING
    assert doctor.mail(MailServer("127.0.0.1", free_port(), False), tmp_path).health is Health.WRONG
    with serving(Mailbox()) as port:
        assert doctor.mail(MailServer("127.0.0.1", port, False), tmp_path).health is Health.OK


def test_the_whole_is_as_its_worst_part_and_findings_are_summed() -> None:
    report = CheckReport([Finding("matches", "a", "b", "c"), Finding("matches", "d", "e", "f")])
    part = doctor.check_summary(report)
    assert (part.health, part.seen) == (Health.WRONG, "findings: 2 of matches")
    parts = [doctor.check_summary(CheckReport()), doctor.keys(["k" * 32])]
    assert doctor.worst(parts) is Health.OK
    assert doctor.worst([*parts, part]) is Health.WRONG
