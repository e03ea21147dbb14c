import pytest

from matcher.notices.coded_eligibility import coded_eligibility
from matcher.notices.eligibility import read_eligibility
from tests.notices.texts import page_of


def conditions(body: str) -> list[str]:
    return [quote.text for quote in read_eligibility(page_of(f"Eligibility\n\n{body}")).conditions]


@pytest.mark.parametrize(
    "sentence",
    [
        "The organization must be in existence for at least 5 consecutive years.",
        "Applicants must hold a license of the state to run a kitchen.",
        "Only institutions that grant degrees in forestry may apply.",
        "Nonprofits with 501(c)(3) status must have an audit of the past year.",
        "Participation is limited to members of the guild.",
        "No organization with overdue taxes is eligible.",
    ],
)
def test_what_no_vocabulary_holds_is_kept_as_it_is_written(sentence: str) -> None:
    assert conditions(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Applicants must be nonprofits.",
        "Applicants must submit the form through Grants.gov.",
        "Eligible applicants include, but are not limited to, counties and cities.",
        "Applicants may ask for help.",
        "Awards are limited to $50,000 each.",
    ],
)
def test_what_a_rule_judges_and_how_to_apply_are_no_conditions(sentence: str) -> None:
    assert conditions(sentence) == []


def test_the_same_condition_is_kept_once_with_its_place() -> None:
    text = "Applicants must be accredited.\n\nApplicants  must be accredited.\n\nArtists must live by their art."
    page = page_of(f"Eligibility\n\n{text}")
    first, second = read_eligibility(page).conditions

    assert (first.text, second.text) == ("Applicants must be accredited.", "Artists must live by their art.")
    assert second.span is not None
    assert second.span.of(page.text) == second.text


def test_the_text_beside_codes_gives_conditions_too() -> None:
    page = page_of("Applicants must be accredited by the guild.")
    block = page.blocks[0]

    found = coded_eligibility(page.text, block.span, ())

    assert [quote.text for quote in found.conditions] == ["Applicants must be accredited by the guild."]
