"""A fault, and what came of it, each as one line for a person."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fault:
    """What befalls which journey: `how` names the trouble, `at` the moment inside, `size` the room left in bytes."""

    kind: str
    journey: str
    at: int = 0
    size: int = 0
    how: str = ""

    @property
    def line(self) -> str:
        """The same for a person."""
        inside = f"at moment {self.at}" if self.at else ""
        room = f"{self.size:,} bytes left" if self.kind in ("disk full", "file system full") else ""
        return f"{self.journey}: {self.kind} " + ", ".join(part for part in (self.how, inside, room) if part)


class Wrong(StrEnum):
    """What a fault must not lead to."""

    LOST = "lost"
    DOUBLED = "doubled"
    UNSOUND = "unsound"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong after a fault, in words."""

    wrong: Wrong
    told: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a fault.

    Args:
        fault: What happened.
        ended: How the process ended that it befell.
        problems: What is wrong; nothing, if all is well.
        repeats: How many mails came again under their Message-ID.
        answers: How many HTTP answers had which status; a `*` marks those that were given after the fault began.
    """

    fault: Fault
    ended: str
    problems: tuple[Problem, ...]
    repeats: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def line(self) -> str:
        """The same for a person."""
        repeated = f"; {self.repeats} mail repeated under its Message-ID" if self.repeats else ""
        told = "; ".join(f"{problem.wrong}: {problem.told}" for problem in self.problems)
        return f"{self.fault.line}: {self.ended}; {told or 'nothing lost, nothing doubled'}{repeated}"
