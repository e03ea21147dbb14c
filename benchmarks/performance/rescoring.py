"""New notices against stored proposals, in a store on disk; encoding costs next to nothing here."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.performance.figures import Figure, cost_of
from benchmarks.performance.synthetic import Synthetic, notices, proposal
from matcher.bootstrap import Context, build
from matcher.services.rescore import Rescorer, RescoreReport
from matcher.settings import Settings

NEW = 10
_EXPLAINED = 50
_EVERY_PAIR, _NO_PAIR = 0.0, 1.0


def new_notices(size: int) -> list[Figure]:
    """Score ten new notices against `size` stored proposals, first so that none matches, then so that all do."""
    with _house() as house:
        for number in range(size):
            house.store.proposals.save(proposal(number))
        _bring(house, 1, 0)
        Rescorer(house.store, house.scorer, house.catalogue, _NO_PAIR).rescore()
        _bring(house, NEW, 1)
        reports: list[RescoreReport] = []
        strict = Rescorer(house.store, house.scorer, house.catalogue, _NO_PAIR)
        cost = cost_of(lambda: reports.append(strict.rescore()))
        assert reports[0].pairs == NEW * size
        return [Figure(f"{NEW} new notices × {size:,} stored proposals, none of which fits", cost, size=size)]


def stored_matches(_: int) -> list[Figure]:
    """Return what one stored match costs: its proposal read, its words quoted, its row written."""
    with _house() as house:
        for number in range(_EXPLAINED):
            house.store.proposals.save(proposal(number))
        _bring(house, NEW, 0)
        reports: list[RescoreReport] = []
        every = Rescorer(house.store, house.scorer, house.catalogue, _EVERY_PAIR)
        cost = cost_of(lambda: reports.append(every.rescore()))
        assert reports[0].matches == NEW * _EXPLAINED
        return [Figure("one stored match", cost.times(1 / reports[0].matches))]


def _bring(house: Context, count: int, first: int) -> None:
    for notice in notices(count, first=first):
        house.store.opportunities.save(notice, "made")


@contextmanager
def _house() -> Iterator[Context]:
    with tempfile.TemporaryDirectory() as folder:
        house = build(Settings(home=Path(folder), opportunities=Path(folder) / "none"), encoder=Synthetic())
        yield house
        house.store.close()
