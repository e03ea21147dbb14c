"""Thousands of calls made from the OpenAPI file, valid and not: no failure of ours, and no answer that it hides."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

LEAST_CASES = 2_000
EXAMPLES = 5
"""For each operation and phase; more find no more, and take longer than a test may."""

CONFIGURATION = """
# both ways to show the key, or one that is left valid would pass for an answer to the other
[auth.openapi.bearer]
bearer = "{key}"
[auth.openapi.apiKey]
api_key = "{key}"

# no schema can say which file is a document that can be read, and what is no text in JSON is one in a text
[[operations]]
include-path-regex = '^/v1/(matches|proposals|proposals/\\{{proposal_id\\}})$'
checks.positive_data_acceptance.expected-statuses = ["2xx", 401, 404, 409, 422]
checks.negative_data_rejection.expected-statuses = ["2xx", 400, 401, 404, 405, 409, 413, 415, 422]

# nor which cursor came from us, which time zone exists, or which subscription was confirmed
[[operations]]
include-path-regex = '^/v1/(opportunities|opportunities/.+/similar|proposals/.+/matches)$'
checks.positive_data_acceptance.expected-statuses = ["2xx", 401, 404, 422]
[[operations]]
include-path-regex = "^/v1/(subscriptions|bounces)"
checks.positive_data_acceptance.expected-statuses = ["2xx", 401, 404, 409, 422, 429]
checks.negative_data_rejection.expected-statuses = ["2xx", 400, 401, 404, 405, 409, 413, 415, 422, 429]

# what no answer names
[[operations]]
include-path-regex = "^/v1/sources/"
parameters = {{ "path.name" = "portal", "path.run_id" = 1 }}
[[operations]]
include-path-regex = "^/feeds/"
parameters = {{ "path.token" = "{token}" }}
"""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[dict[str, str]]:
    command = [sys.executable, "-m", "tests.web.serve_for_schemathesis", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as server:
        assert server.stdout is not None
        yield json.loads(server.stdout.readline())
        server.terminate()


@pytest.mark.slow
def test_every_check_of_schemathesis_holds_for_every_operation(served: dict[str, str], tmp_path: Path) -> None:
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(CONFIGURATION.format(**served), encoding="utf-8")
    # one worker: before Python 3.11.8 two threads that read Python's own syntax at once disturb each other (gh-106905)
    # fmt: off
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(configuration),
        "run", f"{served['address']}/openapi.json",
        "--checks", "all", "--max-examples", str(EXAMPLES), "--workers", "1", "--seed", "1",
        "--generation-database", "none",
    ]
    # fmt: on
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.web.schemathesis_hooks", "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=900, check=False, cwd=tmp_path, env=environment
    )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    made = re.search(r"([\d,]+) generated", done.stdout)
    assert made is not None
    assert int(made[1].replace(",", "")) >= LEAST_CASES
