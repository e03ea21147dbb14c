from matcher.domain.opportunity import FundingRange, Opportunity
from matcher.notices.formats.prose_additions import joined, with_prose
from matcher.notices.formats.running_text import RunningText

WORDS = (
    "Grants of up to $5,000 are available. A total of $90,000 is available for about 12 awards.\n\n"
    "Grant funds may be used for shade trees. Grant funds may not be used for fences.\n\n"
    "Applications will be evaluated based on need, merit of the plan, and budget reasonableness.\n\n"
    "Projects last for one year."
)


def read(funding: FundingRange, words: str = WORDS) -> Opportunity:
    text = RunningText("Orchard Fund")
    section = text.section("Purpose", words)
    return with_prose(Opportunity("orchards", "Orchard Fund", text.text, funding=funding), section)


def test_prose_fills_what_the_fields_leave_open_with_its_words() -> None:
    found = read(FundingRange())

    assert (found.funding.award_ceiling, found.funding.award_floor) == (5_000, None)
    assert (found.funding.estimated_total_program_funding, found.funding.expected_number_of_awards) == (90_000, 12)
    evidence = found.funding.evidence_of("award_ceiling")
    assert evidence is not None
    assert evidence.quote.text == "Grants of up to $5,000 are available."
    assert [quote.text for quote in found.activities] == ["Grant funds may be used for shade trees."]
    assert [quote.text for quote in found.exclusions] == ["Grant funds may not be used for fences."]
    assert found.selection_criteria[0].title == "need"
    assert found.project_period is not None


def test_a_field_is_believed_over_a_sentence() -> None:
    found = read(FundingRange(award_floor=1_000, estimated_total_program_funding=80_000))

    assert (found.funding.award_floor, found.funding.award_ceiling) == (1_000, None)
    assert found.funding.estimated_total_program_funding == 80_000
    assert [one.field for one in found.funding.evidence] == ["expected_number_of_awards"]


def test_amounts_of_another_currency_are_left_out() -> None:
    known = FundingRange(award_ceiling=9_000, currency="EUR")

    assert read(known).funding == known


def test_the_largest_of_several_awards_is_no_ceiling_beside_fields() -> None:
    words = "Track 1 gives grants of up to $5,000. Track 2 gives grants of up to $9,000."

    assert read(FundingRange(), words).funding.award_ceiling is None


def test_sections_are_joined_from_the_first_to_the_last() -> None:
    text = RunningText("Orchard Fund")
    first, second = text.section("Purpose", "Shade."), text.section("Description", "Trees.")
    whole = joined(text.text, first, None, second)

    assert whole is not None
    assert whole.text == "Shade.\n\nDescription\n\nTrees."
    assert joined(text.text, None) is None
