"""What is wrong with an installation, and what to do: each part of it looked at, whatever the others say."""

import os
import re
import shutil
import smtplib
import stat
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from matcher.embedding.bundled_model import bundled_model_folder, verify_weights
from matcher.errors import MatcherError
from matcher.services.check import CheckReport
from matcher.services.sources import source_statuses
from matcher.store.protocol import Store

_LEAST_PYTHON = (3, 11)
_LEAST_FREE_BYTES = 1 << 30
_FEW_FREE_BYTES = 5 << 30
_SILENCE = timedelta(minutes=15)
"""A scheduler that runs leaves no longer pause between two turns of its jobs."""
_SMTP_SECONDS = 10
_FOR_ITS_OWNER = stat.S_IRWXG | stat.S_IRWXO
_UNITS = (("days", 86_400), ("hours", 3_600), ("minutes", 60))
_TICKING = ("sources", "rescore", "digest", "mail")


class Health(StrEnum):
    """How one part of an installation is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and will not for long, or not as well as it could."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an installation: its name, how it is, what was seen, and what to do next (empty: nothing)."""

    name: str
    health: Health
    seen: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over; no mail is sent to find out whether it answers."""

    host: str
    port: int
    is_encrypted: bool


def looked_at(name: str, look: Callable[[], Part]) -> Part:
    """Return what a look at one part gives; an error is told as its finding, so that the other looks go on."""
    try:
        return look()
    except MatcherError as error:
        return Part(name, Health.WRONG, str(error), "do what this message says, and look again")
    except OSError as error:
        return Part(name, Health.WRONG, str(error), "see that it is there and that this user may use it")


def python() -> Part:
    """Look at the version of Python."""
    seen = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _LEAST_PYTHON:
        return Part("python", Health.WRONG, seen, "install Python 3.11 or newer, and matcher in it")
    return Part("python", Health.OK, seen)


def packages() -> Part:
    """Look whether every required package is installed."""
    required = [line for line in requires("matcher") or () if "extra ==" not in line]
    missing = [name for line in required if not _is_installed(name := _package(line))]
    if missing:
        return Part("packages", Health.WRONG, f"missing: {', '.join(missing)}", "run `pip install matcher` again")
    return Part("packages", Health.OK, f"{len(required)} required packages are installed")


def model(name: str) -> Part:
    """Look whether the weights of the bundled model are the published ones."""
    if not name.startswith("all-MiniLM-L6-v2"):
        return Part("model", Health.OK, f"{name}, which is not bundled and so has no known hash")
    verify_weights(bundled_model_folder())
    return Part("model", Health.OK, f"{name}; its weights are the published ones")


def home(folder: Path) -> Part:
    """Look whether the folder of all state can be written, and whether others can read it."""
    if not folder.is_dir():
        return Part("home", Health.WRONG, f"{folder} is no folder", "make it, or set MATCHER_HOME to another")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Part("home", Health.WRONG, f"{folder} cannot be written", "give it to the user that runs matcher")
    if folder.stat().st_mode & _FOR_ITS_OWNER:
        seen = f"{folder} is open to other users of the machine, and proposals lie in it"
        return Part("home", Health.WARNING, seen, f"run: chmod 700 {folder}")
    return Part("home", Health.OK, f"{folder}, for its owner alone")


def disk(folder: Path) -> Part:
    """Look how much room is left where the state lies."""
    free = shutil.disk_usage(folder).free
    seen = f"{free / (1 << 30):.1f} GiB free at {folder}"
    if free < _LEAST_FREE_BYTES:
        return Part("disk", Health.WRONG, seen, "make room now; writes will fail soon, and nothing is lost by it")
    if free < _FEW_FREE_BYTES:
        return Part("disk", Health.WARNING, seen, "make room")
    return Part("disk", Health.OK, seen)


def scheduler(store: Store, now: datetime) -> Part:
    """Look whether the jobs take their turns, and how their last ones ended."""
    failing = [turn for turn in store.turns.all() if turn.failures]
    last = {run.name: run.started_at for run in store.jobs.latest()}
    ticks = [last[name] for name in _TICKING if name in last]
    if not ticks:
        return Part("scheduler", Health.WRONG, "no job ever ran", "start it: `python -m scheduler`")
    if failing:
        told = "; ".join(f"{turn.name} failed {turn.failures} times ({turn.error})" for turn in failing)
        return Part("scheduler", Health.WARNING, told, "do what the message says; it is tried again by itself")
    silent_for = now - max(ticks)
    if silent_for > _SILENCE:
        seen = f"the last job ran {_span(silent_for)} ago"
        return Part("scheduler", Health.WRONG, seen, "start it: `python -m scheduler`")
    return Part("scheduler", Health.OK, f"the last job ran {_span(silent_for)} ago")


def clock(store: Store, now: datetime) -> Part:
    """Look whether something in the store was done in the future, as this clock has it."""
    latest = max((run.started_at for run in store.jobs.latest()), default=now)
    if latest > now + timedelta(minutes=1):
        seen = f"it says {now.isoformat(timespec='seconds')}, and a job ran {_span(latest - now)} later than that"
        return Part("clock", Health.WRONG, seen, "set the clock by NTP, here and on the other machines")
    return Part("clock", Health.OK, now.astimezone(UTC).isoformat(timespec="seconds"))


def sources(store: Store, now: datetime) -> Part:
    """Look whether every source was read within its interval."""
    troubled = [one for one in source_statuses(store, now) if one.source.is_enabled and (one.is_stale or one.error)]
    if not troubled:
        return Part("sources", Health.OK, "none is stale or failing")
    told = ", ".join(f"{one.source.name} ({one.error or 'stale'})" for one in troubled)
    return Part("sources", Health.WARNING, told, "`matcher sources show NAME` has its runs")


def mail(server: MailServer | None, outbox: Path) -> Part:
    """Look whether the mail server answers; without one, mails are files."""
    if server is None:
        seen = f"no mail server is set, so mails are written to {outbox}"
        return Part("mail", Health.WARNING, seen, "set MATCHER_SMTP_HOST if readers shall get them")
    at = f"{server.host}:{server.port}"
    try:
        kind = smtplib.SMTP_SSL if server.is_encrypted else smtplib.SMTP
        with kind(server.host, server.port, timeout=_SMTP_SECONDS) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        advice = "see that it runs and that MATCHER_SMTP_… names it; mails wait and go out once it answers"
        return Part("mail", Health.WRONG, f"{at} does not answer ({error})", advice)
    return Part("mail", Health.OK, f"{at} answers")


def keys(found: Sequence[str]) -> Part:
    """Say how many keys sign the links in mails."""
    return Part("signing keys", Health.OK, f"{len(found)}, of which the first signs")


def check_summary(report: CheckReport) -> Part:
    """Say what `matcher check` found."""
    if report.is_sound:
        rows = sum(report.looked_at.values())
        return Part("check", Health.OK, f"{rows:,} rows agree with each other")
    told = ", ".join(f"{count:,} of {rule}" for rule, count in report.by_rule.items())
    return Part("check", Health.WRONG, f"findings: {told}", "`matcher check` names each, with what to do next")


def worst(parts: Sequence[Part]) -> Health:
    """Return how the whole is: as its worst part."""
    return max((part.health for part in parts), key=list(Health).index, default=Health.OK)


def _span(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    unit, size = next((one for one in _UNITS if seconds >= 2 * one[1]), ("seconds", 1))
    return f"{seconds // size} {unit}"


def _package(requirement: str) -> str:
    """Return the name that a requirement (PEP 508) begins with."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
