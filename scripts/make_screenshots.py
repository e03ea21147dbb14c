"""Take a picture of every page at two widths into `docs/pictures/pages`, from a copy of what `scripts/demo` left.

The copy is served by `matcher serve`, with subscriptions and a member added to it. It needs what the tests need, and
the Chromium of the machine; see `docs/pages.md`.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from matcher.bootstrap import Context, build
from matcher.cli import screenshot
from matcher.domain.organization import LOCAL
from matcher.proposals.reader import read_proposal
from matcher.services.members import add_member
from matcher.services.sign_in import ask_to_sign_in
from matcher.services.signed_links import Purpose, Scope, Target
from matcher.services.submit_proposal import keep_proposal
from matcher.services.subscribe import Wish, subscribe, subscribe_confirmed
from matcher.settings import Settings
from matcher.text.documents import read_file
from scheduler.jobs import jobs, run

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures" / "pages"
WIDTHS = {"wide": (1280, 1500), "narrow": (390, 1700)}
"""The width of each picture, and the height beyond which a longer page is cut off."""

COLOURS = 96
_A_DAY = 86_400
PATIENCE_MS = 120_000
"""The first search in plain words waits until the model is loaded."""
READER = "reader@example.org"
LATER = ROOT / "seeds" / "proposals" / "college-compass.html"
"""A proposal that is being read while its picture is taken."""


def main() -> None:
    """Copy the home, serve it, and take the pictures."""
    home = Path(os.environ.get("MATCHER_HOME", ROOT / ".matcher-demo"))
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "home"
        shutil.copytree(home, copied)
        context = build(Settings(home=copied))
        _run_jobs(context)
        with served(copied) as address:
            pictures = addresses(context, address)
            for name, path in pictures.items():
                print(name, path)  # noqa: T201 - says how far it is
            take(address, pictures)
        context.store.close()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a home folder with `matcher serve`; yield the address."""
    command = [sys.executable, "-m", "matcher", "serve", "--port", "0", "--json"]
    environment = {**os.environ, "MATCHER_HOME": str(home)}
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield json.loads(next(iter(process.stdout or ())))["address"]
        finally:
            process.terminate()


def addresses(context: Context, address: str) -> dict[str, str]:
    """Put something on every page, and return the path of each by the name of its picture."""
    proposal_id, best = _best_proposal(address)
    of_proposal = f"/proposals/{proposal_id}"
    compared = "&".join(f"with={opportunity_id}" for opportunity_id in best[:3])
    subscribed = _subscribe(context, proposal_id)
    return {
        "reading": f"/proposals/{_unread_proposal(context)}/reading",
        "start": "/",
        "proposals": "/proposals",
        "matches": of_proposal,
        "match": f"{of_proposal}/matches/{best[0]}",
        "compare": f"{of_proposal}/compare?{compared}",
        "overview": f"{of_proposal}/overview",
        "feeds": f"{of_proposal}/feeds",
        "catalogue": "/opportunities?query=paid+training+for+young+people",
        "opportunity": f"/opportunities/{best[0]}",
        "fitting-proposals": f"/opportunities/{best[0]}/proposals",
        "subscriptions": "/subscriptions",
        "schedule": f"/subscriptions/{subscribed}/schedule",
        "sources": "/sources",
        "jobs": "/jobs",
        "settings": "/settings",
        "data": "/data",
        "reference": "/docs",
        "reference-section": "/docs/matches",
        "sign-in": "/sign-in",
        "sign-in-link": _link_to_sign_in(context),
    }


def take(address: str, pictures: Mapping[str, str]) -> None:
    """Take every picture at every width."""
    program = screenshot.browser()
    if program is None:
        sys.exit("there is no Chromium on this machine; `apt-get install chromium` brings one")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        visits = {
            name: browser.new_context(base_url=address, viewport={"width": width, "height": 900}).new_page()
            for name, (width, _) in WIDTHS.items()
        }
        for picture, path in pictures.items():
            for name, page in visits.items():
                page.set_default_navigation_timeout(PATIENCE_MS)
                page.goto(path)
                (TARGET / f"{picture}-{name}.png").write_bytes(_picture(page, *WIDTHS[name]))
        browser.close()


def _picture(page: Page, width: int, tallest: int) -> bytes:
    """Return a picture of the page from its top, in so few colours that it is small."""
    height = min(tallest, page.evaluate("document.documentElement.scrollHeight"))
    taken = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})
    drawn = BytesIO()
    Image.open(BytesIO(taken)).convert("RGB").quantize(COLOURS).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _best_proposal(address: str) -> tuple[str, list[str]]:
    """Return the proposal that something fits best, and its best opportunities."""
    found: dict[str, list[tuple[float, str]]] = {}
    with httpx.Client(base_url=address, timeout=60) as client:
        for proposal in client.get("/v1/proposals").raise_for_status().json()["proposals"]:
            proposal_id = proposal["proposal_id"]
            told = client.get(f"/v1/proposals/{proposal_id}/matches").raise_for_status().json()
            found[proposal_id] = [(match["fit"], match["opportunity_id"]) for match in told["matches"]]
    best = max(found, key=lambda proposal_id: found[proposal_id][:1])
    return best, [opportunity_id for _, opportunity_id in found[best]]


def _run_jobs(context: Context) -> None:
    """Let jobs leave their rows; name each folder without saying where it lies, and let it be fresh for a day."""
    every = jobs(context)
    for name in ("sources", "reminders", "mail", "tidy"):
        run(context, every[name])
    for record in context.store.sources.all():
        told = replace(record.source, address=Path(record.source.address).name, interval_seconds=_A_DAY)
        context.store.sources.change(told)


def _unread_proposal(context: Context) -> str:
    """Keep a proposal anew that nobody has read yet, and return its identifier."""
    proposal = read_proposal(read_file(LATER))
    earlier = context.store.proposals.from_source(LATER.name)
    if earlier is not None:
        context.store.proposals.delete(earlier)
    return keep_proposal(context.store, proposal).identifier


def _subscribe(context: Context, proposal_id: str) -> str:
    """Let somebody have a digest and ask somebody else; return the identifier of the first subscription."""
    now = datetime.now(UTC)
    made = subscribe_confirmed(context.store, Wish(READER, proposal_id, wants_reminders=True), now, means="example")
    subscribe(context.store, Wish("board@example.org"), now, means="example", domain="example.org")
    return made.subscription_id


def _link_to_sign_in(context: Context) -> str:
    """Return the path of a link that signs a member in."""
    add_member(context.store, LOCAL, READER)
    ask_to_sign_in(context.store, READER, datetime.now(UTC))
    *_, asked = context.store.sign_ins.unanswered(10)
    return context.links.path(Purpose.SIGN_IN, Target(Scope.SIGN_IN, asked.sign_in_id))


if __name__ == "__main__":
    main()
