"""One fault at a time: a journey on a house of its own, what befalls it, and whether anything is lost or doubled.

After the fault the database must be sound as it is, and after the journey was made again it must hold what an
undisturbed journey leaves. Everything that is left to chance hangs on the seed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from shutil import rmtree

from matcher.errors import MatcherError
from matcher.services.check import check
from tests.fakes import BagOfWords
from tests.faults import outside
from tests.faults.journeys import JOURNEYS, READERS, RETRIED_AFTER, World, copied, outcome
from tests.faults.mishaps import MISHAPS
from tests.faults.moments import watched
from tests.processes import FORKING

_TOLD = 3
"""How a process ends whose error explains itself."""
_ENDS = {0: "it got through", _TOLD: "it said why it stopped", -9: "it was killed"}
_MOST_BYTES = 96 * 1024
ON_SQLITE = ("killed", "disk full", "read-only", "busy")
ON_POSTGRESQL = ("killed", "severed", "read-only")
NewUrl = Callable[[int], str]
OUTSIDE = ("mail server", "web source", "clock")


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls which journey: `how` names the trouble outside, `at` the moment inside, `size` the room left."""

    kind: str
    journey: str
    at: int = 0
    size: int = 0
    how: str = ""

    @property
    def line(self) -> str:
        """The same for a person."""
        inside = f"at moment {self.at}" + (f", {self.size:,} bytes left" if self.kind == "disk full" else "")
        return f"{self.journey}: {self.kind} {self.how or inside}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a fault: how the process ended, what is wrong (nothing, if all is well), and repeated mails."""

    fault: Fault
    ended: str
    problems: tuple[str, ...]
    repeats: int = 0

    @property
    def line(self) -> str:
        """The same for a person."""
        repeated = f"; {self.repeats} mail repeated under its Message-ID" if self.repeats else ""
        return (
            f"{self.fault.line}: {self.ended}; {'; '.join(self.problems) or 'nothing lost, nothing doubled'}{repeated}"
        )


class Trials:
    """Makes trials on copies of one house.

    Args:
        stock: The house, as `journeys.lay_in` makes it.
        folder: Where copies are made, and removed again.
        new_url: Gives the URL of a database of its own with what the house holds; None: that in the copied folder.
    """

    def __init__(self, stock: Path, folder: Path, new_url: NewUrl | None = None) -> None:
        self._stock = stock
        self._folder = folder
        self._new_url = new_url
        self._number = 0
        self._undisturbed: dict[str, tuple[int, dict[str, object]]] = {}

    def faults(self, chance: Random, count: int) -> Iterator[Fault]:
        """Yield so many faults, every kind and every journey among them as often as chance and their turn have it."""
        kinds = ON_SQLITE if self._new_url is None else ON_POSTGRESQL
        inside = [name for name in JOURNEYS if name != "fetch" and (self._new_url is None or name != "migrate")]
        for number in range(count):
            journey = inside[number % len(inside)]
            kind = "killed" if number % 2 else kinds[(number // 2) % len(kinds)]
            if number % 5 == 4:
                yield self._outside_fault(chance, OUTSIDE[(number // 5) % len(OUTSIDE)], inside)
                continue
            moments = self._expected(journey)[0]
            yield Fault(kind, journey, chance.randint(1, moments), chance.randrange(_MOST_BYTES))

    def run(self, fault: Fault) -> Verdict:
        """Let one fault happen, and look at what came of it."""
        world = self._new_world()
        try:
            return self._outside(world, fault) if fault.kind in OUTSIDE else self._inside(world, fault)
        finally:
            rmtree(world.folder)

    def _inside(self, world: World, fault: Fault) -> Verdict:
        process = FORKING.Process(target=suffer, args=(world, fault))
        process.start()
        process.join()
        ended = _ENDS.get(process.exitcode or 0, "crashed")
        problems = [] if ended != "crashed" else [f"the process ended with {process.exitcode} and explained nothing"]
        problems += self._unsound(world, "after the fault")
        self._again(world, fault.journey)
        return self._verdict(world, fault, ended, problems)

    def _outside(self, world: World, fault: Fault) -> Verdict:
        if fault.kind == "mail server":
            outside.with_mail_trouble(world, fault.how, lambda later: self._again(later, fault.journey))
        elif fault.kind == "web source":
            outside.with_web_trouble(world, fault.how, lambda later: self._again(later, fault.journey))
        else:
            outside.with_another_clock(world, fault.journey, fault.how, lambda later: self._again(later, fault.journey))
        return self._verdict(world, fault, "it went on", [])

    def _verdict(self, world: World, fault: Fault, ended: str, problems: list[str]) -> Verdict:
        problems = problems + self._unsound(world, "in the end")
        expected, found = self._expected(fault.journey)[1], outcome(world)
        for name, value in expected.items():
            # under a wrong clock other weeks are mailed; that nobody gets one of them twice is looked at below
            if found[name] != value and not (name == "mails" and fault.kind == "clock"):
                problems.append(f"{name} are {found[name]}, and {value} without the fault")
        accepted = Counter(world.accepted.read_text(encoding="utf-8").splitlines() if world.accepted.exists() else ())
        if fault.journey == "digest" and fault.kind != "clock":
            unreached = {*READERS} - {line.split()[0] for line in accepted}
            problems += [f"{address} got no mail" for address in sorted(unreached)]
        if fault.kind != "clock" and len({line.split()[0] for line in accepted}) != len(accepted):
            problems.append("somebody got two mails of one week")
        repeats = sum(accepted.values()) - len(accepted)
        if repeats > 1 or (repeats and fault.kind not in (*ON_SQLITE, *ON_POSTGRESQL)):
            problems.append(f"{repeats} mails were repeated")
        return Verdict(fault, ended, tuple(problems), repeats)

    def _again(self, world: World, journey: str) -> None:
        """Make the journey again, as a scheduler or a person would; mails once they are due again."""
        JOURNEYS[journey](replace(world, now=world.now + RETRIED_AFTER))

    def _expected(self, journey: str) -> tuple[int, dict[str, object]]:
        """Return the moments of an undisturbed journey, and what it comes to."""
        if journey not in self._undisturbed:
            world = self._new_world()
            with outside.web() as (_, address), watched() as moments:
                JOURNEYS[journey](replace(world, web_address=address))
                count = moments.count
                self._again(replace(world, web_address=address), journey)
            self._undisturbed[journey] = count, outcome(world)
            rmtree(world.folder)
        return self._undisturbed[journey]

    def _unsound(self, world: World, when: str) -> list[str]:
        findings = check(world.url, BagOfWords.model_id, world.now).findings
        return [f"{when}: {finding.subject}: {finding.found}" for finding in findings]

    def _outside_fault(self, chance: Random, kind: str, journeys: list[str]) -> Fault:
        if kind == "mail server":
            return Fault(kind, "digest", how=chance.choice(sorted(outside.MAIL_TROUBLE)))
        if kind == "web source":
            return Fault(kind, "fetch", how=chance.choice(sorted(outside.WEB_TROUBLE)))
        return Fault(kind, chance.choice(journeys), how=chance.choice(sorted(outside.CLOCKS)))

    def _new_world(self) -> World:
        self._number += 1
        world = copied(self._stock, self._folder / f"world-{self._number}")
        return world if self._new_url is None else replace(world, url=self._new_url(self._number))


def suffer(world: World, fault: Fault) -> None:
    """Make a journey in this process, which something befalls; end with `_TOLD` on an error that explains itself."""
    url = f"{world.url}?timeout=0.05" if fault.kind == "busy" else world.url
    with watched(fault.at, MISHAPS[fault.kind](world, fault.size)):
        try:
            JOURNEYS[fault.journey](replace(world, url=url))
        except MatcherError:
            sys.exit(_TOLD)
