"""How long a proposal that is sent along takes to be ranked against a large catalogue.

    MATCHER_HOME=/tmp/large python benchmarks/large_house.py
    MATCHER_HOME=/tmp/large python benchmarks/match_speed.py [PROPOSALS]

starts `matcher serve` on MATCHER_HOME and sends PROPOSALS (20) of 1,500 words, one after the other, each with words in
an order that was never sent before, so that nothing but the catalogue is encoded already. Told are the times over HTTP
and, from the same code in this process, what they are spent on.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from read_matches import memory_words, processor_seconds

from matcher.bootstrap import Context, build
from matcher.proposals.reader import read_proposal
from matcher.services.match_documents import Matching
from matcher.services.views import match_view
from matcher.settings import Settings
from matcher.text.documents import read_document

PROPOSALS = 20
WORDS = 1_500
SENTENCE = 20
RUN = time.time_ns()
"""An earlier run sent other proposals, so none is encoded already."""
SEEDS = Path(__file__).parents[1] / "seeds" / "proposals"


def proposal(number: int) -> bytes:
    """Return a proposal of `WORDS` words: those of the examples, in sentences that were never sent before."""
    words = " ".join(file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))).replace(".", "").split()
    random.Random(RUN + number).shuffle(words)  # noqa: S311 - any order will do
    sentences = [" ".join(words[start : start + SENTENCE]) + "." for start in range(0, WORDS, SENTENCE)]
    return (f"# Proposal {number}\n\n## What will you do?\n\n" + " ".join(sentences)).encode()


def over_http(address: str, number: int) -> float:
    """Return how long one ranking took, in milliseconds."""
    request = Request(f"{address}/v1/matches", data=proposal(number), headers={"Content-Type": "text/markdown"})  # noqa: S310
    begun = time.perf_counter()
    with urlopen(request) as answer:  # noqa: S310 - our own address
        answer.read()
    return (time.perf_counter() - begun) * 1000


def parts(context: Context, number: int) -> dict[str, float]:
    """Return how long each step of one ranking took, in milliseconds."""
    times: dict[str, float] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the step gives
        begun = time.perf_counter()
        found = step()
        times[name] = (time.perf_counter() - begun) * 1000
        return found

    read = timed("read", lambda: read_proposal(read_document(proposal(number), "body.md")))
    state, catalogue = context.catalogue.encoded()
    timed("encode", lambda: context.scorer.encode_proposal(read))
    day = state.effective_date(date.today(), context.settings.minimum_open)
    matching = timed("score", lambda: Matching(context.scorer, read, catalogue))
    ranking = timed("rank", lambda: matching.ranking(day))
    calibrated = context.scorer.is_calibrated
    timed(
        "explain and show",
        lambda: [match_view(one, is_calibrated=calibrated) for one in matching.with_reasons(ranking.ranked[:20])],
    )
    return times


def main(arguments: list[str]) -> None:
    """Measure as many proposals as the command line says."""
    count = int(arguments[0]) if arguments else PROPOSALS
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
    settings = {**os.environ, "MATCHER_RATE_LIMIT": ""}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings
    ) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        print(f"first, with the model to load  {over_http(address, -1):6.0f} ms")
        before = processor_seconds(server.pid)
        times = [over_http(address, number) for number in range(count)]
        used = (processor_seconds(server.pid) - before) * 1000 / count
        print(
            f"warm, {count} proposals             p50 {statistics.median(times):6.0f} ms, longest {max(times):.0f} ms"
        )
        print(f"processor time for one         {used:6.0f} ms, memory {memory_words(server.pid)}")
        server.terminate()
    context = build(Settings())
    parts(context, -2)
    steps = [parts(context, -number) for number in range(3, 8)]
    for name in steps[0]:
        print(f"  {name:20} {statistics.median(step[name] for step in steps):6.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
