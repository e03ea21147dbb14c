"""Whether the service keeps its word when far too many clients ask at once.

    MATCHER_HOME=/tmp/large python benchmarks/large_house.py
    MATCHER_HOME=/tmp/large python benchmarks/many_clients.py [SECONDS]

starts `matcher serve` on MATCHER_HOME, once with the rate limit of the defaults and once with none, and lets 200
clients ask without a pause for SECONDS (60): two of three requests read matches, one sends a proposal to be ranked.
Every answer must be a result, or a 429 or a 503 that says when to come back; and the service must be ready afterwards.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from light_client import drive, request_of
from read_matches import memory_words

SECONDS = 60.0
CLIENTS = 200
EXPECTED = {200, 429, 503}
PROPOSAL = Path(__file__).parents[1] / "seeds" / "proposals" / "turnaround-arts.md"


def main(arguments: list[str]) -> None:
    """Ask for as long as the command line says, twice: as anybody would be limited, and without a limit."""
    seconds = float(arguments[0]) if arguments else SECONDS
    for limit in ("1200/minute", ""):
        command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
        settings = {**os.environ, "MATCHER_RATE_LIMIT": limit}
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=settings
        ) as server:
            assert server.stdout is not None
            address = json.loads(server.stdout.readline())["address"]
            with urlopen(f"{address}/v1/proposals?page_size=100") as answer:  # noqa: S310 - our own address
                reads = [request_of(address, found["matches_url"]) for found in json.load(answer)["proposals"]]
            send = request_of(
                address,
                "/v1/matches?top=5",
                method="POST",
                headers="Content-Type: text/markdown\r\n",
                body=PROPOSAL.read_bytes(),
            )
            mixed = [request for read in reads for request in (read, read, send)]
            outcome = drive(address, mixed, connections=CLIENTS, seconds=seconds)
            told = ", ".join(f"{count:,} × {status}" for status, count in sorted(outcome.statuses.items()))
            longest = max(outcome.milliseconds) / 1000
            print(f"limit {limit or 'none'}: {CLIENTS} clients, {outcome.seconds:.0f} s: {told}")
            print(f"  median {statistics.median(outcome.milliseconds):.0f} ms, longest {longest:.1f} s")
            print(f"  memory of the server {memory_words(server.pid)}")
            assert set(outcome.statuses) <= EXPECTED, outcome.statuses
            assert outcome.without_patience == 0, "a refusal did not say when to come back"
            with urlopen(f"{address}/readyz") as answer:  # noqa: S310 - our own address
                assert answer.status == 200
            server.terminate()


if __name__ == "__main__":
    main(sys.argv[1:])
