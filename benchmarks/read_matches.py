"""How fast stored matches are read over HTTP.

    MATCHER_HOME=/tmp/large python benchmarks/large_house.py
    MATCHER_HOME=/tmp/large python benchmarks/read_matches.py [SECONDS]

starts `matcher serve` on MATCHER_HOME and reads the first page of matches of every stored proposal in turn, over four
connections, for SECONDS (10). Client and server share the cores. Measured are reads that nothing has changed under
since they were last asked for, and reads each of which must be worked out (a fit below which to leave out that was
never asked for). The baseline in the same run is `/healthz`, which does nothing. The processor time of the server for
one request says what it costs, whatever else the machine does.
"""

import json
import os
import statistics
import subprocess
import sys
from itertools import count
from pathlib import Path
from urllib.request import urlopen

from light_client import Outcome, drive, request_of

SECONDS = 10.0
CONNECTIONS = 4
COMPRESSED = "Accept-Encoding: gzip\r\n"
"""As browsers and the usual libraries ask."""


def figures(outcome: Outcome) -> str:
    """Return rate, median and 95th percentile in words."""
    times = outcome.milliseconds
    rate = len(times) / outcome.seconds
    percentile = statistics.quantiles(times, n=20)[-1]
    return f"{rate:6.0f} requests/s, p50 {statistics.median(times):6.2f} ms, p95 {percentile:6.2f} ms"


def memory_words(process: int) -> str:
    """Return the resident size of a process now and at its largest, as Linux counts it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    now, most = (int(status.split(name)[1].split()[0]) // 1024 for name in ("VmRSS:", "VmHWM:"))
    return f"{now} MB, at its largest {most} MB"


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has used, its own and the system's for it, as Linux counts it."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: list[str]) -> None:
    """Measure for as long as the command line says."""
    seconds = float(arguments[0]) if arguments else SECONDS
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
    # a read needs no model, and loading one in the background would share the cores with the reads
    unlimited = {**os.environ, "MATCHER_RATE_LIMIT": "", "MATCHER_WARM_UP": "false"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=unlimited
    ) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        with urlopen(f"{address}/v1/proposals?page_size=100") as answer:  # noqa: S310 - our own address
            paths = [proposal["matches_url"] for proposal in json.load(answer)["proposals"]]
        for path in paths:
            drive(address, [request_of(address, path)], connections=1, seconds=0)
        fresh = count()
        cases = {
            "GET /healthz": ["/healthz"],
            "GET …/matches, asked before": paths,
            "GET …/matches, worked out": [f"{path}?minimum_fit=0.{next(fresh):06}" for path in paths * 400],
        }
        print(f"{len(paths)} proposals, {CONNECTIONS} connections, {seconds:.0f} s each")
        for name, asked in cases.items():
            requests = [request_of(address, path, headers=COMPRESSED) for path in asked]
            drive(address, requests[: len(paths)], connections=1, seconds=0.1)
            before = processor_seconds(server.pid)
            outcome = drive(address, requests, connections=CONNECTIONS, seconds=seconds)
            used = (processor_seconds(server.pid) - before) * 1000 / len(outcome.milliseconds)
            assert set(outcome.statuses) == {200}, outcome.statuses
            print(f"{name:28} {figures(outcome)}, {used:.2f} ms of processor time each")
        print(f"memory of the server         {memory_words(server.pid)}")
        server.terminate()


if __name__ == "__main__":
    main(sys.argv[1:])
