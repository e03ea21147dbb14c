"""How many machines, hours and dollars a bulk re-scoring takes, worked out from measured rates.

    python -m benchmarks.plan [RATES] [--organizations N] [--opportunities N] [--dollars D] [--cores N] [--machines N]

RATES is a file that `python -m benchmarks.bulk_rescore` printed; without it, the rates of docs/planning.md are taken.
Nothing is measured here: everything follows from the rates and the assumptions, by the arithmetic that `Plan` shows,
and holds as far as the rates do at other sizes. With --write, rates and table replace those of docs/planning.md.
"""

import argparse
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "planning.md"
_JSON = re.compile(r"\{.*\}", re.DOTALL)
_TABLE = re.compile(r"^\| floor \|.*\n(?:\|.*\n)+", re.MULTILINE)
_SECONDS = 3_600
_TERABYTE = 10**12


@dataclass(frozen=True, slots=True)
class Rates:
    """What one core does, measured in processor time.

    Attributes:
        texts_encoded: Texts encoded in a second.
        texts_of_proposal: Texts of one proposal.
        texts_of_opportunity: Texts of one opportunity.
        opportunities_loaded: Opportunities that a process reads into memory in a second.
        pairs_scored: Pairs scored in a second, without what is kept of them.
        matches_kept: Matches judged for eligibility and stored in a second.
        bytes_of_match: What a stored match takes on the disk, with its indexes.
        shares: The share of pairs at or above each floor of fit.
        efficiency: What a worker does beside others, as a share of what one process does alone.
    """

    texts_encoded: float
    texts_of_proposal: float
    texts_of_opportunity: float
    opportunities_loaded: float
    pairs_scored: float
    matches_kept: float
    bytes_of_match: float
    shares: Mapping[str, float]
    efficiency: float


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What nobody measured: how much there is to do, and what machines there are and cost."""

    organizations: int = 1_800_000
    opportunities: int = 100_000
    dollars_of_core_hour: float = 0.05
    cores_of_machine: int = 16
    machines: int = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """The work of one full re-scoring at one floor, in core hours."""

    rates: Rates
    given: Assumptions
    floor: str

    @property
    def encoding(self) -> float:
        """Every text once: organizations × their texts + opportunities × theirs, by texts encoded in a second."""
        of_proposals = self.given.organizations * self.rates.texts_of_proposal
        texts = of_proposals + self.given.opportunities * self.rates.texts_of_opportunity
        return texts / self.rates.texts_encoded / _SECONDS

    @property
    def loading(self) -> float:
        """The catalogue once into each worker, of which there is one a core."""
        workers = self.given.machines * self.given.cores_of_machine
        return workers * self.given.opportunities / self.rates.opportunities_loaded / _SECONDS

    @property
    def scoring(self) -> float:
        """Every pair: organizations × opportunities, by pairs scored in a second."""
        return self.given.organizations * self.given.opportunities / self.rates.pairs_scored / _SECONDS

    @property
    def matches(self) -> float:
        """Pairs at or above the floor."""
        return self.given.organizations * self.given.opportunities * self.rates.shares[self.floor]

    @property
    def keeping(self) -> float:
        """Every match, by matches kept in a second."""
        return self.matches / self.rates.matches_kept / _SECONDS

    @property
    def core_hours(self) -> float:
        """All of it, divided by the efficiency of workers beside one another."""
        return (self.encoding + self.loading + self.scoring + self.keeping) / self.rates.efficiency

    @property
    def hours(self) -> float:
        """The same on all cores of all machines."""
        return self.core_hours / (self.given.machines * self.given.cores_of_machine)

    @property
    def dollars(self) -> float:
        """The same at the price of a core hour."""
        return self.core_hours * self.given.dollars_of_core_hour

    @property
    def terabytes(self) -> float:
        """What the matches take on the disk."""
        return self.matches * self.rates.bytes_of_match / _TERABYTE

    @property
    def row(self) -> str:
        """The plan as a row of a table in Markdown."""
        hours = (self.encoding, self.loading, self.scoring, self.keeping, self.core_hours, self.hours)
        counted = " | ".join(f"{figure:,.0f}" for figure in hours)
        millions = self.matches / 10**6
        return f"| {self.floor} | {millions:,.0f} | {counted} | ${self.dollars:,.0f} | {self.terabytes:,.1f} |"


HEADER = (
    "| floor | matches, millions | encode | load | score | keep | core hours in all | hours | money | disk, TB |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def table(rates: Rates, given: Assumptions) -> str:
    """Return the plan at every floor that was measured, as a table in Markdown."""
    return "\n".join([HEADER, *(Plan(rates, given, floor).row for floor in rates.shares)])


def read_rates(text: str) -> Rates:
    """Return the rates from the JSON object in a text.

    Raises:
        ValueError: There is none, or it is broken.
        TypeError: A rate is missing, or one is not known.
    """
    found = _JSON.search(text)
    if found is None:
        raise ValueError("no rates in it: give it what `python -m benchmarks.bulk_rescore` printed")
    return Rates(**json.loads(found[0]))


def written(page: str, rates: Rates) -> str:
    """Return a page with these rates, and with the table that follows from them."""
    shown = {name: _short(value) for name, value in asdict(rates).items()}
    page = _JSON.sub(lambda _: json.dumps(shown, indent=2), page, count=1)
    return _TABLE.sub(lambda _: table(read_rates(page), Assumptions()) + "\n", page, count=1)


def _short(figure: float | dict[str, float]) -> float | dict[str, float]:
    """Return a figure, or several by name, to three digits that count: no more is the same at the next run."""
    if isinstance(figure, dict):
        return {name: float(f"{own:.3g}") for name, own in figure.items()}
    return float(f"{figure:.3g}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rates", type=Path, nargs="?", default=PAGE)
    for assumption in fields(Assumptions):
        name = f"--{assumption.name.split('_')[0]}"
        parser.add_argument(name, dest=assumption.name, type=type(assumption.default), default=assumption.default)
    parser.add_argument("--write", action="store_true", help="bring docs/planning.md up to date")
    chosen = vars(parser.parse_args())
    rates = read_rates(chosen.pop("rates").read_text(encoding="utf-8"))
    if chosen.pop("write"):
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), rates), encoding="utf-8")
    given = Assumptions(**chosen)
    print("\n".join(f"{name}: {value:,}" for name, value in asdict(given).items()))
    print(table(rates, given))


if __name__ == "__main__":
    main()
