import pytest

from matcher.notices.headline import (
    agency_name,
    assistance_listing_numbers,
    notice_title,
    opportunity_number,
    prose_id,
)
from matcher.notices.page import read_page
from tests.notices.texts import page_of, text_document


def test_the_title_is_the_first_line() -> None:
    assert notice_title(page_of("It plants trees.")) == "The Lantern Grant"


def test_a_label_names_the_title() -> None:
    assert notice_title(page_of("Funding Opportunity Title: Lanterns for All\n\nIt gives light.")) == "Lanterns for All"
    assert notice_title(read_page(text_document("Title: Lanterns\n\nIt gives light."))) == "Lanterns"


def test_a_notice_without_title_is_called_by_its_first_sentence() -> None:
    page = read_page(text_document("The fund gives lanterns to towns. Apply soon."))

    assert notice_title(page) == "The fund gives lanterns to towns."


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("The U.S. Department of Energy’s next round is open.", "U.S. Department of Energy"),
        ("The Green Acre Foundation invites proposals.", "Green Acre Foundation"),
        ("Agency: Office of Lanterns\n\nIt gives light.", "Office of Lanterns"),
        ("The California Arts Council offers grants.", "California Arts Council"),
        ("The National Endowment for the Arts supports art.", "National Endowment for the Arts"),
        ("The Bright Street Fund is accepting applications.", "Bright Street Fund"),
    ],
)
def test_the_agency_is_read_as_it_is_named(words: str, agency: str) -> None:
    assert agency_name(page_of(words)) == agency


def test_who_acts_is_the_agency_rather_than_who_is_only_named() -> None:
    words = "A report of the Harbor Research Foundation was read. The Green Acre Foundation invites proposals."

    assert agency_name(page_of(words)) == "Green Acre Foundation"


def test_a_notice_that_names_nobody_has_no_agency() -> None:
    assert agency_name(page_of("We give lanterns, paid from the Light Fund.")) is None


def test_numbers_are_read_behind_their_labels_only() -> None:
    page = page_of(
        "Funding Opportunity Number: FOA-ETA-27-01\n\nAssistance Listing Number: 17.274. We have 84.416 lamps."
    )

    assert opportunity_number(page) == "FOA-ETA-27-01"
    assert assistance_listing_numbers(page) == ("17.274",)


def test_an_identifier_holds_title_and_agency_only() -> None:
    assert prose_id("Café Lights: $5m!", "City") == prose_id("Café Lights: $5m!", "City")
    assert prose_id("Café Lights: $5m!", "City").startswith("cafe-lights-5m-")
    assert prose_id("Café Lights: $5m!", "City") != prose_id("Café Lights: $5m!", "Town")
    assert prose_id("灯", None).startswith("notice-")
    assert len(prose_id("light " * 100, None)) <= 70
