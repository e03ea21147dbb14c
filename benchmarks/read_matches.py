"""How fast stored matches are read over HTTP.

    python benchmarks/read_matches.py [REQUESTS]

starts `matcher serve` on the present MATCHER_HOME (run `scripts/demo` first and use its folder) and reads the matches
of every stored proposal in turn. The baseline in the same run is `/healthz`, which does nothing: the ratio is what the
ranking costs beyond serving a request.
"""

import json
import statistics
import subprocess
import sys
import time

import httpx

REQUESTS = 400


def timed(client: httpx.Client, path: str) -> float:
    """Return how long one GET took, in milliseconds."""
    started = time.perf_counter()
    client.get(path).raise_for_status()
    return (time.perf_counter() - started) * 1000


def figures(times: list[float]) -> str:
    """Return median and 95th percentile in words."""
    return f"p50 {statistics.median(times):6.1f} ms, p95 {statistics.quantiles(times, n=20)[-1]:6.1f} ms"


def main(arguments: list[str]) -> None:
    """Measure as many requests as the command line says."""
    requests = int(arguments[0]) if arguments else REQUESTS
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        with httpx.Client(base_url=json.loads(server.stdout.readline())["address"]) as client:
            stored = client.get("/v1/proposals", params={"page_size": 100}).json()["proposals"]
            paths = [proposal["matches_url"] for proposal in stored]
            for path in paths:
                timed(client, path)
            baseline = [timed(client, "/healthz") for _ in range(requests)]
            matches = [timed(client, paths[number % len(paths)]) for number in range(requests)]
        server.terminate()
    print(f"{len(paths)} proposals, {requests} requests each")
    print(f"GET /healthz                     {figures(baseline)}")
    print(f"GET /v1/proposals/…/matches      {figures(matches)}")
    print(f"ratio of the medians             {statistics.median(matches) / statistics.median(baseline):6.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
