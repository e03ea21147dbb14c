"""What the first view of a large catalogue takes of the server, by processor time.

    python -m benchmarks.first_view [OPPORTUNITIES]

keeps OPPORTUNITIES (10,000) made-up notices in a store of its own, serves them, and opens the page of the catalogue
under conditions that nobody asked for before, so that neither its facets nor its list is kept. Told is how long the
catalogue takes to be read, and the templates to be compiled, both of which `matcher serve` does in the background as
it begins, before it takes what is in memory for what stays; and then each page. To keep the notices takes most of the
run, a minute or so.
"""

import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.performance.synthetic import notices
from matcher.bootstrap import build
from matcher.settings import Settings
from matcher.web.allocator import settle
from matcher.web.app import create_app
from matcher.web.pages.frame import load_templates

OPPORTUNITIES = 10_000
BUDGET_MS = 200
VIEWS = (
    "/opportunities",
    "/opportunities?status=posted",
    "/opportunities?closes_before=2027-06-01",
    "/opportunities?applicant_type=state_governments&sort=title",
    "/opportunities?award_at_least=100000",
)


def main() -> None:
    """Print the figures; fail if a page took longer than it may."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else OPPORTUNITIES
    with tempfile.TemporaryDirectory() as home:
        context = build(Settings(home=Path(home)))
        for notice in notices(count):
            context.store.opportunities.save(notice, source="made-up.yaml")
        app = create_app(context)
        client = app.test_client()
        begun = time.process_time()
        context.catalogue.state()
        print(f"{count:,} opportunities, read in {_ms_since(begun):,.0f} ms")
        begun = time.process_time()
        load_templates(app)
        print(f"all templates, compiled in {_ms_since(begun):,.0f} ms")
        settle()
        took = {view: _view(client, view) for view in VIEWS}
        context.store.close()
    for view, spent in took.items():
        print(f"{spent:6.0f} ms  {view}")
    if max(took.values()) > BUDGET_MS:
        sys.exit(f"a page took more than {BUDGET_MS} ms")


def _view(client: FlaskClient, address: str) -> float:
    """Return what one page took, in milliseconds of processor time."""
    begun = time.process_time()
    answer = client.get(address, headers={"Accept": "text/html"})
    assert answer.status_code == 200, address
    return _ms_since(begun)


def _ms_since(begun: float) -> float:
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
