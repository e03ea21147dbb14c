"""How long each door takes to open, and in how much memory; no model is loaded for any of it."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.performance.figures import Cost, Figure

_REPEATS = 3
_CHECKOUT = Path(__file__).parents[2]


def doors(_: int) -> list[Figure]:
    """Open the command line, the web service and a scheduler, beside an interpreter that does nothing."""
    bare = _opened([sys.executable, "-c", "pass"], _ended)
    kinds = (
        ("`matcher --help`", ["-m", "matcher", "--help"], _ended),
        ("`matcher serve`, ready", ["-m", "matcher", "serve", "--port", "0", "--json"], _announced),
        ("`python -m scheduler --once digest`", ["-m", "scheduler", "--once", "digest"], _ended),
    )
    found = []
    for what, words, until in kinds:
        cost, memory = _opened([sys.executable, *words], until)
        found.append(Figure(what, cost, "Python alone", bare[0], memory=memory))
    return found


def _opened(command: Sequence[str], until: Callable[["subprocess.Popen[str]"], None]) -> tuple[Cost, float]:
    """Return what opening costs, and the largest memory of any process that this one started so far in MB."""
    clocks, processors = [], []
    with tempfile.TemporaryDirectory() as home:
        settings = {"MATCHER_HOME": home, "MATCHER_WARM_UP": "false", "MATCHER_MAIL_SENDER": "matcher@example.org"}
        environment = {**os.environ, "PYTHONPATH": str(_CHECKOUT), **settings}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is not compiled at each start
        for _ in range(_REPEATS + 1):  # the first also fills the caches of the disk and makes the store
            before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
            ) as process:
                until(process)
                clocks.append(time.perf_counter() - clock)
                process.terminate()
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            processors.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Cost(statistics.median(clocks[1:]), statistics.median(processors[1:])), after.ru_maxrss / 1024


def _ended(process: "subprocess.Popen[str]") -> None:
    process.communicate()


def _announced(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    assert process.stdout.readline()
