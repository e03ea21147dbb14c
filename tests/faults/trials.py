"""One fault at a time: a journey on a house of its own, what befalls it, and whether anything is lost or doubled.

After the fault the database must be sound as it is, and after the journey was made again it must hold what an
undisturbed journey leaves. Everything that is left to chance hangs on the seed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import rmtree

from matcher.errors import MatcherError
from matcher.services.check import check
from matcher.web.calls.idempotency import LIFETIME
from tests.fakes import BagOfWords
from tests.faults import outside
from tests.faults.journeys import JOURNEYS, READERS, RETRIED_AFTER, World, copied, outcome
from tests.faults.mishaps import MISHAPS
from tests.faults.moments import watched
from tests.faults.small_disk import make_room
from tests.faults.verdicts import Fault, Problem, Verdict, Wrong
from tests.processes import FORKING

_TOLD = 3
"""How a process ends whose error explains itself."""
_ENDS = {0: "it got through", _TOLD: "it said why it stopped", -9: "it was killed"}
_MOST_BYTES = 96 * 1024
ON_SQLITE = ("killed", "disk full", "read-only", "busy")
ON_POSTGRESQL = ("killed", "severed", "read-only", "busy")
ON_A_DISK = "file system full"
LOCK_TIMEOUTS = ("lock_timeout", "statement_timeout")
"""The settings by which a PostgreSQL server ends a wait for somebody else's lock."""
_IMPATIENT = "50ms"
NewUrl = Callable[[int], str]
IN_TIME = timedelta()
OUTSIDE = ("mail server", "web source", "clock")


class Trials:
    """Makes trials on copies of one house.

    Args:
        stock: The house, as `journeys.lay_in` makes it.
        folder: Where copies are made, and removed again.
        new_url: Gives the URL of a database of its own with what the house holds; None: that in the copied folder.
        disk: The file system that the databases lie on, if it can be filled.
        revive: Brings the database back, if a full file system ended its server.
    """

    def __init__(
        self,
        stock: Path,
        folder: Path,
        new_url: NewUrl | None = None,
        disk: Path | None = None,
        revive: Callable[[], None] = lambda: None,
    ) -> None:
        self._stock = stock
        self._folder = folder
        self._new_url = new_url
        self._disk = disk
        self._revive = revive
        self._number = 0
        self._undisturbed: dict[str, tuple[int, dict[str, Sized]]] = {}

    def faults(self, chance: Random, count: int) -> Iterator[Fault]:
        """Yield so many faults, every kind and every journey among them as often as chance and their turn have it."""
        kinds = self._kinds
        inside = [name for name in JOURNEYS if name != "fetch" and (self._new_url is None or name != "migrate")]
        for number in range(count):
            fifths, place = divmod(number, 5)
            if place == 4:
                yield self._outside_fault(chance, OUTSIDE[fifths % len(OUTSIDE)], inside)
                continue
            turn = number - fifths
            journey = inside[turn % len(inside)]
            kind = "killed" if _is_a_kill(turn, len(inside)) else kinds[(turn // 2) % len(kinds)]
            moments = self._expected(journey)[0]
            how = chance.choice(LOCK_TIMEOUTS) if kind == "busy" and self._new_url is not None else ""
            yield Fault(kind, journey, chance.randint(1, moments), chance.randrange(_MOST_BYTES), how)

    def run(self, fault: Fault) -> Verdict:
        """Let one fault happen, and look at what came of it."""
        with self._new_world() as world:
            return self._outside(world, fault) if fault.kind in OUTSIDE else self._inside(world, fault)

    @property
    def _kinds(self) -> tuple[str, ...]:
        kinds = ON_SQLITE if self._new_url is None else ON_POSTGRESQL
        return kinds if self._disk is None else (*kinds, ON_A_DISK)

    def _inside(self, world: World, fault: Fault) -> Verdict:
        ended, problems = self._suffered(world, fault)
        if self._disk is not None and fault.kind == ON_A_DISK:
            problems += self._suffered(world, replace(fault, at=1))[1]  # another process, which has no more room
            make_room(self._disk)
            self._revive()
        problems += self._unsound(world, "after the fault")
        try:
            self._again(world, fault.journey)
        except Exception as error:
            problems.append(Problem(Wrong.LOST, f"it could not be made again: {type(error).__name__}: {error}"))
        return self._verdict(world, fault, ended, problems)

    def _suffered(self, world: World, fault: Fault) -> tuple[str, list[Problem]]:
        """Let a process make the journey that something befalls; return how it ended, and what it failed to explain."""
        process = FORKING.Process(target=suffer, args=(world, fault))
        process.start()
        process.join()
        if process.exitcode in _ENDS:
            return _ENDS[process.exitcode], []
        unexplained = f"the process ended with {process.exitcode} and explained nothing"
        return "it crashed", [Problem(Wrong.UNEXPLAINED, unexplained)]

    def _outside(self, world: World, fault: Fault) -> Verdict:
        if fault.kind == "mail server":
            outside.with_mail_trouble(world, fault.how, lambda later: self._again(later, fault.journey))
        elif fault.kind == "web source":
            outside.with_web_trouble(world, fault.how, lambda later: self._again(later, fault.journey))
        else:
            outside.with_another_clock(world, fault.journey, fault.how, lambda later: self._again(later, fault.journey))
        return self._verdict(world, fault, "it went on", [])

    def _verdict(self, world: World, fault: Fault, ended: str, problems: list[Problem]) -> Verdict:
        problems = [*problems, *self._unsound(world, "in the end"), *self._unlike(world, fault)]
        accepted = _lines(world.accepted)
        reached = {line.split()[0] for line in accepted}
        if fault.journey == "digest" and fault.kind != "clock":
            problems += [Problem(Wrong.LOST, f"{one} got no mail") for one in sorted({*READERS} - reached)]
        if fault.kind != "clock" and len(reached) != len(accepted):
            problems.append(Problem(Wrong.DOUBLED, "somebody got two mails of one week"))
        repeats = sum(accepted.values()) - len(accepted)
        if repeats > 1 or (repeats and fault.kind in OUTSIDE):
            problems.append(Problem(Wrong.DOUBLED, f"{repeats} mails were repeated"))
        return Verdict(fault, ended, tuple(problems), repeats, _lines(world.answers))

    def _unlike(self, world: World, fault: Fault) -> Iterator[Problem]:
        """Yield how what is stored in the end differs from what an undisturbed journey leaves."""
        if fault.journey == "call" and outside.CLOCKS.get(fault.how, IN_TIME) < -LIFETIME:
            return  # by the right clock its keys are forgotten long since, and it is another call when made again
        expected, found = self._expected(fault.journey)[1], outcome(world)
        for name, value in expected.items():
            # under a wrong clock other weeks are mailed; that nobody gets one of them twice is looked at elsewhere
            if found[name] != value and not (name == "mails" and fault.kind == "clock"):
                wrong = Wrong.DOUBLED if len(found[name]) > len(value) else Wrong.LOST
                yield Problem(wrong, f"{name} are {found[name]}, and {value} without the fault")

    def _again(self, world: World, journey: str) -> None:
        """Make the journey again, as a scheduler or a person would; mails once they are due again."""
        JOURNEYS[journey](replace(world, now=world.now + RETRIED_AFTER))

    def _expected(self, journey: str) -> tuple[int, dict[str, Sized]]:
        """Return the moments of an undisturbed journey, and what it comes to."""
        if journey not in self._undisturbed:
            with self._new_world() as world:
                with outside.web() as (_, address), watched() as moments:
                    JOURNEYS[journey](replace(world, web_address=address))
                    count = moments.count
                    self._again(replace(world, web_address=address), journey)
                self._undisturbed[journey] = count, outcome(world)
        return self._undisturbed[journey]

    def _unsound(self, world: World, when: str) -> list[Problem]:
        findings = check(world.url, BagOfWords.model_id, world.now).findings
        return [Problem(Wrong.UNSOUND, f"{when}: {finding.subject}: {finding.found}") for finding in findings]

    def _outside_fault(self, chance: Random, kind: str, journeys: list[str]) -> Fault:
        if kind == "mail server":
            return Fault(kind, "digest", how=chance.choice(sorted(outside.MAIL_TROUBLE)))
        if kind == "web source":
            return Fault(kind, "fetch", how=chance.choice(sorted(outside.WEB_TROUBLE)))
        return Fault(kind, chance.choice(journeys), how=chance.choice(sorted(outside.CLOCKS)))

    @contextmanager
    def _new_world(self) -> Iterator[World]:
        self._number += 1
        notes = self._stock.parent / f"notes-{self._number}"
        world = replace(copied(self._stock, self._folder / f"world-{self._number}", notes), disk=self._disk)
        try:
            yield world if self._new_url is None else replace(world, url=self._new_url(self._number))
        finally:
            rmtree(world.folder)
            rmtree(notes)


def suffer(world: World, fault: Fault) -> None:
    """Make a journey in this process, which something befalls; end with `_TOLD` on an error that explains itself."""
    aim = replace(world, url=world.old_url) if fault.journey == "migrate" else world
    if fault.kind == "busy":
        urls = {name: _impatient(getattr(world, name), fault.how) for name in ("url", "old_url")}
        world = replace(world, **urls)
    with watched(fault.at, MISHAPS[fault.kind](aim, fault.size)):
        try:
            JOURNEYS[fault.journey](world)
        except MatcherError:
            sys.exit(_TOLD)


def _is_a_kill(turn: int, journeys: int) -> bool:
    """Whether a kill has the turn, as it has every second one, so that each journey meets kills and other faults."""
    rounds = 0 if journeys % 2 else turn // journeys  # an even number of journeys would always meet them alike
    return (turn + rounds) % 2 == 1


def _impatient(url: str, setting: str) -> str:
    """Return `url` of a connection that does not wait for long: by a setting of the server, or else of SQLite."""
    return f"{url}&options=-c%20{setting}%3D{_IMPATIENT}" if setting else f"{url}?timeout=0.05"


def _lines(path: Path) -> Counter[str]:
    return Counter(path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
