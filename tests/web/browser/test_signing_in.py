"""A member signs in from a browser: asks, follows the mail, is where they wanted to be, and leaves again."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from playwright.sync_api import Browser, expect

from matcher.domain.organization import LOCAL
from matcher.services.keys import issue_key
from matcher.services.members import add_member
from tests.web.browser.conftest import opened
from tests.web.browser.office import Office, link_in, opened_office
from tests.web.houses import NOTICES

MEMBER = "officer@example.org"
WANTED = "/opportunities?applicant_type=independent_school_districts&closes_before=2027-06-30"


@pytest.fixture
def office(tmp_path: Path, empty_database: Path) -> Iterator[Office]:
    """An office whose pages are for members."""
    copyfile(empty_database, tmp_path / "matcher.db")
    with opened_office(tmp_path, NOTICES) as found:
        issue_key(found.context.store, LOCAL, "programs")
        add_member(found.context.store, LOCAL, MEMBER)
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("runs_scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_page_for_members_by_mail_to_that_page_and_out_again(
    browser: Browser, office: Office, runs_scripts: bool
) -> None:
    with opened(browser, office.address, java_script_enabled=runs_scripts) as page:
        heading = page.get_by_role("heading", level=1)
        page.goto(WANTED)
        expect(heading).to_have_text("This is for members")
        page.get_by_role("link", name="Sign in").click()
        page.get_by_label("E-mail address").fill(MEMBER)
        page.get_by_role("button", name="Mail me a link").click()
        expect(heading).to_have_text("Look into your mail")
        [mail] = office.post()
        assert mail["To"] == MEMBER
        page.goto(link_in(mail, "/sign-in/"))
        expect(page.get_by_role("main")).to_contain_text(MEMBER)
        page.get_by_role("main").get_by_role("button").click()
        page.wait_for_url(f"{office.address}{WANTED}")
        expect(page.get_by_role("link", name="District Jobs")).to_be_visible()
        page.get_by_role("link", name="Sign out").click()
        page.get_by_role("button", name="Sign out").click()
        expect(heading).to_have_text("Sign in")
        page.goto(WANTED)
        expect(heading).to_have_text("This is for members")
