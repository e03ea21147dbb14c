"""Figures, how they are measured, and the table that shows them."""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of the processor."""

    clock: float
    processor: float

    def times(self, factor: float) -> "Cost":
        """Return what so many of the same take."""
        return Cost(self.clock * factor, self.processor * factor)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: what was measured, and what it is held against.

    `size` places it on a growth curve, where it belongs to one. `memory` is the peak of its process in MB.
    """

    what: str
    cost: Cost
    beside: str = ""
    limit: Cost | None = None
    size: int | None = None
    memory: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the processor time of what it is held against."""
        return self.cost.processor / self.limit.processor if self.limit and self.limit.processor else None


def cost_of(work: Callable[[], object], repeats: int = 1) -> Cost:
    """Return the median cost of some runs of `work`."""
    clocks, processors = [], []
    for _ in range(repeats):
        clock, processor = time.perf_counter(), time.process_time()
        work()
        clocks.append(time.perf_counter() - clock)
        processors.append(time.process_time() - processor)
    return Cost(statistics.median(clocks), statistics.median(processors))


def in_own_process(bench: Callable[[int], list[Figure]], size: int) -> list[Figure]:
    """Run a benchmark in a process of its own, so that its peak of memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(_with_memory, bench, size).result()


def _with_memory(bench: Callable[[int], list[Figure]], size: int) -> list[Figure]:
    figures = bench(size)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kilobytes on Linux
    return [figure if figure.memory is not None else replace(figure, memory=peak) for figure in figures]


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as a table in Markdown."""
    head = "| what | clock | processor | held against | that | times | peak |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *map(_row, figures)])


def _row(figure: Figure) -> str:
    limit = _words(figure.limit.processor) if figure.limit else ""
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    memory = "" if figure.memory is None else f"{figure.memory:,.0f} MB"
    cells = (figure.what, _words(figure.cost.clock), _words(figure.cost.processor), figure.beside, limit, ratio, memory)
    return f"| {' | '.join(cells)} |"


def _words(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:,.1f} s"
