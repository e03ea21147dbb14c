"""What a program officer does in an afternoon, in a real browser over real HTTP, with a mail server that takes mail."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from shutil import copyfile

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import opened
from tests.web.browser.office import Office, link_in, opened_office
from tests.web.browser.seed_files import seed, write_docx, write_pdf
from tests.web.houses import opportunity

READER = "officer@example.org"
ASKED = (
    "A coach shows teachers how to put together playlists of digital activities, videos, simulations and games from "
    "many publishers, and how to assign different playlists to different groups."
)
_CLOSES = date.today() + timedelta(days=120)
NOTICES = [
    opportunity(name, title, purpose, _CLOSES.year, _CLOSES.month, _CLOSES.day)
    for name, title, purpose in (
        ("learning-together", "Learning Together", ASKED),
        ("river-care", "River Care", "Clean rivers and restore wetlands with volunteers."),
        ("youth-build", "Youth Build", "Train young people in construction and pay a stipend."),
    )
]


@pytest.fixture
def office(tmp_path: Path, empty_database: Path) -> Iterator[Office]:
    copyfile(empty_database, tmp_path / "matcher.db")
    with opened_office(tmp_path, NOTICES) as found:
        yield found


@pytest.mark.parametrize(
    ("write", "runs_scripts"),
    [
        pytest.param(write_pdf, True, id="a PDF, with scripts", marks=pytest.mark.slow),
        pytest.param(write_docx, False, id="a Word document, without scripts", marks=pytest.mark.slow),
        pytest.param(write_docx, True, id="a Word document, with scripts", marks=pytest.mark.slow),
        pytest.param(write_pdf, False, id="a PDF, without scripts", marks=pytest.mark.slow),
    ],
)
def test_from_a_file_to_the_end_of_the_digest(
    browser: Browser, office: Office, tmp_path: Path, write: Callable[[Path], Path], runs_scripts: bool
) -> None:
    with opened(browser, office.address, java_script_enabled=runs_scripts) as page:
        proposal_id = bring(page, write(tmp_path / "proposal"))
        see_why_it_fits(page, office.address, proposal_id)
        mute(page)
        subscribe(page)
        confirm(page, office.post()[-1])
        leave(page, office.post_digests(datetime.now(UTC) + timedelta(days=8)))


def bring(page: Page, file: Path) -> str:
    """Choose the file, wait until it is read, and return the identifier of the proposal, whose matches are shown."""
    page.goto("/")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Find what fits").click()
    page.wait_for_url(re.compile(r"/proposals/[^/]+$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(seed().title)
    return page.url.rpartition("/")[2]


def see_why_it_fits(page: Page, address: str, proposal_id: str) -> None:
    """Open the best match: in both texts the words are marked that the interface names."""
    best = page.get_by_role("article").first.get_by_role("heading").get_by_role("link")
    expect(best).to_have_text("Learning Together")
    best.click()
    page.wait_for_url("**/matches/learning-together")
    told = httpx.get(f"{address}/v1/proposals/{proposal_id}/matches/learning-together").raise_for_status().json()
    [evidence, *_] = told["priorities"][0]["evidence"]
    assert squeezed(evidence["proposal"]["text"]) in marked(page, ".says mark")
    assert squeezed(evidence["notice"]["text"]) in marked(page, ".asks mark")


def marked(page: Page, selector: str) -> list[str]:
    """Return the words under each mark: pieces that overlap another mark are put together again."""
    words: dict[str, str] = defaultdict(str)
    for number, piece in enumerate(page.locator(selector).all()):
        for name in (piece.get_attribute("data-words") or f"alone {number}").split(" "):
            words[name] += piece.text_content() or ""
    return [squeezed(text) for text in words.values()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def mute(page: Page) -> None:
    """Set the best match aside, and find it among the hidden ones."""
    page.locator("summary", has_text="Mute").click()
    page.get_by_role("button", name="this notice").click()
    expect(page.get_by_role("status")).to_contain_text("is muted")
    page.goto(page.url.partition("/matches/")[0])
    title = page.get_by_role("link", name="Learning Together")
    expect(title).to_have_count(0)
    page.get_by_role("link", name="set aside by you").click()
    expect(title).to_have_count(1)
    expect(page.get_by_role("article").filter(has=title)).to_contain_text("set aside because")


def subscribe(page: Page) -> None:
    """Ask for a digest of everything that fits at all."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Subscriptions").click()
    page.get_by_label("To the address").fill(READER)
    page.get_by_label("Fits to tell").select_option(index=0)
    page.get_by_label("in quiet weeks too").check()
    page.get_by_role("button", name="Ask by mail").click()
    expect(page.get_by_role("status")).to_contain_text(READER)


def confirm(page: Page, question: EmailMessage) -> None:
    """Follow the link of the mail that came, and press the button there."""
    assert question["To"] == READER
    page.goto(link_in(question, "/confirm/"))
    page.get_by_role("button", name="Yes, mail it to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your digest is confirmed")


def leave(page: Page, digest: EmailMessage) -> None:
    """Unsubscribe as a mail program does, with one POST to the address in the header (RFC 8058)."""
    assert digest["To"] == READER
    address = digest["List-Unsubscribe"].strip("<>")
    httpx.post(address, data={"List-Unsubscribe": "One-Click"}).raise_for_status()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    page.goto("/subscriptions")
    expect(page.get_by_role("listitem").filter(has_text=READER).first).to_contain_text("ended")
