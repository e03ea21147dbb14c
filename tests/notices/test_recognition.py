import pytest

from matcher.errors import NoticeRejected
from matcher.notices.page import read_page
from matcher.notices.recognition import require_notice
from tests.notices.texts import page_of, text_document

NOTHING = {"no priority": False, "no deadline": False}
PROPOSAL = (
    "Describe the project that this grant will support.\n\nWe plan to plant trees with our students, and we request "
    "$40,000. If funded, our organization will hire two gardeners.\n\n"
    "How will your work be measured?\n\nWe count trees."
)


def test_a_text_with_anything_of_a_notice_is_let_through() -> None:
    require_notice(page_of("Trees for towns."), "a.txt", {"no priority": False, "no deadline": True})


def test_a_word_of_applying_is_enough() -> None:
    require_notice(page_of("Apply for trees."), "a.txt", NOTHING)


def test_a_recipe_is_refused_with_what_it_lacks() -> None:
    with pytest.raises(NoticeRejected, match="no priority, no deadline, and no word of a grant") as caught:
        require_notice(read_page(text_document("Soup\n\nApply the salt. Serve it hot.")), "soup.txt", NOTHING)

    assert caught.value.source == "soup.txt"


def test_a_proposal_is_refused_whatever_was_found_in_it() -> None:
    with pytest.raises(NoticeRejected, match="upload it as a proposal"):
        require_notice(page_of(PROPOSAL), "trees.txt", {"no amount of money": True})


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(NoticeRejected, match="no running text"):
        require_notice(read_page(text_document(" \n ")), "empty.txt", NOTHING)


def test_a_funder_that_speaks_of_your_project_is_no_applicant() -> None:
    body = (
        "Applicants must describe your project and your organization. Proposals are due May 5. Nonprofits are eligible."
    )

    require_notice(page_of(body), "a.txt", NOTHING)
