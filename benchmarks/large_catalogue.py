"""How long one proposal takes against a very large catalogue in memory, beside what the machine can do at best.

    python benchmarks/large_catalogue.py [OPPORTUNITIES] [PROPOSALS]

makes OPPORTUNITIES (100,000) of four texts each (title, description, one priority, its element) from the words of the
example proposals, with conditions of many kinds and vectors drawn from a seeded generator, so that nothing is encoded
and every run is the same. Then it ranks PROPOSALS (20) of 1,500 words: reading, fits of every level, eligibility of
every notice, order and groups, and the first twenty with quotes, as JSON. Told are wall and processor time of each
step; the matrix product alone and one pass over the matrix are measured in the same run, and so is the way that looks
at one opportunity after the other, on a thousand of them.
"""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

import numpy as np
from match_speed import SEEDS, proposal

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import (
    APPLICATION,
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    Priority,
    PriorityElement,
)
from matcher.domain.vocabulary import ApplicantType, PriorityKind
from matcher.proposals.reader import read_proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.products import Floats
from matcher.scoring.scorer import Scorer
from matcher.services.match_documents import Matching, match_proposal
from matcher.services.views import ranking_view
from matcher.text.documents import read_document

OPPORTUNITIES = 100_000
PROPOSALS = 20
DIMENSIONS = 384
SHOWN = 20
ONE_BY_ONE = 1_000
DAY = date(2026, 11, 22)
_PRODUCT = "limit: its product with 12 passages"
PLACES = ("California", "Texas", "Ohio", "Los Angeles", "New York", "Oregon", "Maine", "Iowa")

Made = TypeVar("Made")


class Synthetic:
    """Vectors without a model: unit, float32, the next ones of a seeded generator whatever the text."""

    def __init__(self) -> None:
        self._generator = np.random.default_rng(1)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return [texts, dimensions]."""
        vectors = self._generator.standard_normal((len(texts), DIMENSIONS), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors


def opportunities(count: int) -> Iterator[Opportunity]:
    """Yield notices of the length of a short real one, each with conditions and dates of its own."""
    draw = random.Random(1)  # noqa: S311 - any words will do
    words = " ".join(file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))).replace(".", "").split()
    types = [kind for kind in ApplicantType if kind is not ApplicantType.UNRESTRICTED]

    def some(number: int) -> str:
        start = draw.randrange(len(words) - number)
        return " ".join(words[start : start + number])

    for number in range(count):
        floor = draw.choice((None, 1_000, 5_000, 25_000))
        asked = PriorityElement("1", Quote(some(12)))
        kind = draw.choice((PriorityKind.ABSOLUTE, PriorityKind.GOAL))
        yield Opportunity(
            opportunity_id=f"notice-{number}",
            title=some(9),
            text="",
            description=some(90),
            priorities=(Priority("1", kind, some(6), Quote(some(45)), (asked,)),),
            eligibility=Eligibility(
                applicant_types=tuple(draw.sample(types, 3)),
                places=(draw.choice(PLACES),) if draw.random() < 0.3 else (),
                note=Quote(some(20)),
            ),
            funding=FundingRange(
                award_floor=floor,
                award_ceiling=draw.randrange(30, 5_000) * 1_000,
                is_cost_sharing=draw.choice((None, True, False)),
            ),
            key_dates=(KeyDate(APPLICATION, _day(DAY + timedelta(days=draw.randrange(-100, 300)))),),
        )


def _day(day: date) -> PartialDate:
    return PartialDate(day.month, day.day, day.year)


class Clock:
    """Wall and processor time of named steps, in milliseconds."""

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = {}

    def timed(self, name: str, step: Callable[[], Made]) -> Made:
        """Return what `step` gives, and keep how long it took."""
        wall, used = time.perf_counter(), time.process_time()
        made = step()
        spent = ((time.perf_counter() - wall) * 1000, (time.process_time() - used) * 1000)
        self.times.setdefault(name, []).append(spent)
        return made

    def median(self, name: str) -> tuple[float, float]:
        """Return the medians of wall and processor time."""
        walls, used = zip(*self.times[name], strict=True)
        return statistics.median(walls), statistics.median(used)

    def show(self) -> None:
        """Print every step."""
        for name in self.times:
            print("  {:34} wall {:8.1f} ms, processor {:8.1f} ms".format(name, *self.median(name)))


def rank_one(clock: Clock, scorer: Scorer, catalogue: Catalogue, number: int) -> None:
    """Rank one proposal as the web service does, and time each step."""
    read = clock.timed("read", lambda: read_proposal(read_document(proposal(number), "body.md")))

    def all_of_it() -> None:
        matching = clock.timed("  passages and fits", lambda: Matching(scorer, read, catalogue))
        ranking = clock.timed("  eligibility, order, groups", lambda: matching.ranking(DAY))
        shown = clock.timed("  quotes of what is shown", lambda: matching.with_reasons(islice(ranking.ranked, SHOWN)))
        assert len(shown) == SHOWN
        view = clock.timed("  as JSON", lambda: ranking_view(ranking, shown, is_calibrated=True))
        assert len(view["matches"]) == SHOWN

    clock.timed("one proposal, all features", all_of_it)


def limits(clock: Clock, catalogue: Catalogue) -> None:
    """Time what no way of scoring can do without: the matrix read once, and multiplied with twelve passages."""
    passages = Synthetic().encode([""] * 12)
    for _ in range(5):
        clock.timed("limit: one pass over the matrix", lambda: [block.rows @ passages[0] for block in catalogue.blocks])
        clock.timed(_PRODUCT, lambda: [block.rows @ passages.T for block in catalogue.blocks])


def one_by_one(clock: Clock, scorer: Scorer, few: Catalogue) -> None:
    """Time the way that explains every match before it ranks them."""
    read = read_proposal(read_document(proposal(-1), "body.md"))
    clock.timed(f"one by one, {len(few):,}", lambda: match_proposal(scorer, read, few, DAY))


def main(arguments: list[str]) -> None:
    """Measure with as many opportunities and proposals as the command line says."""
    count, repeats = (*map(int, arguments), *(OPPORTUNITIES, PROPOSALS)[len(arguments) :])
    scorer, clock = Scorer(Synthetic().encode, "synthetic"), Clock()
    catalogue = clock.timed("lay out and index the catalogue", lambda: scorer.catalogue(list(opportunities(count))))
    few = scorer.catalogue(list(opportunities(min(count, ONE_BY_ONE))))
    rank_one(Clock(), scorer, catalogue, -1)  # what is worked out once for all proposals
    for number in range(repeats):
        rank_one(clock, scorer, catalogue, number)
    limits(clock, catalogue)
    one_by_one(clock, scorer, few)
    print(f"{count:,} opportunities, {catalogue.row_count:,} vectors of {DIMENSIONS}, {repeats} proposals, medians")
    clock.show()
    whole, product = (clock.median(name)[1] for name in ("one proposal, all features", _PRODUCT))
    slow = clock.median(f"one by one, {len(few):,}")[1] * count / len(few)
    print(f"processor time: {whole / product:.1f} × that of the product, 1/{slow / whole:,.0f} of one by one")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
