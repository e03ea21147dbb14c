import pytest

from matcher.domain.opportunity import FundingRange
from matcher.domain.vocabulary import Basis
from matcher.notices.funding import read_funding
from tests.notices.texts import page_of


def funding(body: str) -> FundingRange:
    return read_funding(page_of(body))


@pytest.mark.parametrize(
    ("words", "floor", "ceiling"),
    [
        ("Grants of up to $50,000 are available.", None, 50_000),
        ("Awards range from $5,000 to $10,000.", 5_000, 10_000),
        ("Organizations may request between $50,000 and $100,000.", 50_000, 100_000),
        ("The minimum award is $5,000 and the maximum is $50,000.", 5_000, 50_000),
        ("Award ceiling: $2,000,000\nAward floor: $500,000", 500_000, 2_000_000),
        ("Up to $1.5 million per grant.", None, 1_500_000),
        ("It gives up to $20,000 to each of five schools.", None, 20_000),
        ("We plan three grants of $100,000.", 100_000, 100_000),
        ("Awards are not anticipated to exceed $5,000,000.", None, 5_000_000),
        ("Projects are limited to $300,000 in total budget.", None, 300_000),
        ("Track 2 gives up to $900,000 with a duration of up to 4 years.", None, 900_000),
        ("An award may be budgeted for up to a total of $3 million.", None, 3_000_000),
        (
            "Applications are restricted to a funding level of $150,000 for a one-year project or $300,000.",
            None,
            300_000,
        ),
        ("We will not accept requests of less than $100,000 or more than $1.5 million.", 100_000, 1_500_000),
        ("Awards are limited to a minimum of $500 and a planned maximum of $20,000.", 500, 20_000),
        ("Loans no less than $400,000.", 400_000, None),
        ("Up to $7.5 million in agreement funding will be available to each recipient.", None, 7_500_000),
        ("There are reimbursement grants up to $750,000 in matching funds.", None, 750_000),
        ("Awards of $150,000 minimum and $300,000 maximum per grant.", 150_000, 300_000),
        ("There is a $500,000 grant limit.", None, 500_000),
        ("$200,000 is the maximum available for each applicant.", None, 200_000),
        ("Requests should range from $100,000- - $400,000.", 100_000, 400_000),
        ("Successful applicants receive support up to an amount of $30,000 each.", None, 30_000),
        ("The maximum grant amount per library is $10 million.", None, 10_000_000),
        ("Awards for departments are set at a minimum of $500.", 500, None),
        ("All libraries receive funds of up to $60,000.", None, 60_000),
        ("Awards are $12,000 for a small garden, and $20,000 for a large one.", 12_000, 20_000),
        ("Up to $300,000 is available annually to each state.", None, 300_000),
    ],
)
def test_the_size_of_an_award_is_read_with_the_ends_that_are_stated(
    words: str, floor: int | None, ceiling: int | None
) -> None:
    found = funding(words)

    assert (found.award_floor, found.award_ceiling) == (floor, ceiling)
    assert found.estimated_total_program_funding is None


@pytest.mark.parametrize(
    ("words", "total", "count"),
    [
        ("A total of $2 million is available.", 2_000_000, None),
        ("It has $60m for approximately 12 winning proposals.", 60_000_000, 12),
        ("Estimated total program funding: $30,000,000\nExpected number of awards: 15", 30_000_000, 15),
        ("The program has $4 million to give and expects to make about ten awards.", 4_000_000, 10),
        ("It provides $3 million in grants.", 3_000_000, None),
        ("EUR 10 000 000 is available for 4 grants.", 10_000_000, 4),
        ("The city announces the availability of up to $8.0 million.", 8_000_000, None),
        ("Indicative budget: EUR 7 000 000 for this topic", 7_000_000, None),
        ("The funding available for this call is expected to be up to $900,000.", 900_000, None),
        ("Round 1 has $26 million for grant awards to dry basins.", 26_000_000, None),
        ("Federal funds, approximately $3 million total", 3_000_000, None),
        ("The total available funding through this request is $9 million.", 9_000_000, None),
        ("It announces the availability of gardeners' discretionary funds of $2 million.", 2_000_000, None),
        ("The solicitation has up to $2 million to spend.", 2_000_000, None),
        ("Up to $225,000 will be awarded to projects in gardens.", 225_000, None),
        ("Funds totaling $3 million: $1 million in grants to towns, $2 million in grants to tribes.", 3_000_000, None),
    ],
)
def test_the_total_and_the_number_of_awards_are_read(words: str, total: int, count: int | None) -> None:
    found = funding(words)

    assert (found.estimated_total_program_funding, found.expected_number_of_awards) == (total, count)
    assert (found.award_floor, found.award_ceiling) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "Applicants must have an annual budget of less than $1 million.",
        "The application fee is $25.",
        "Last year we made 30 awards of $5,000.",
        "Air tickets cost $400.",
        "The foundation awards $2 million annually.",
        "Between 5 and 10 awards will be made.",
        "Eligible schools have received no more than $6 million per year of federal support.",
        "Applicants have an average of less than $50 million in total costs over three years.",
        "The budget will grow by $10 million in each fiscal year until it reaches a total of $50 million.",
        "Congress appropriated $25 million a year, totaling $150 million to date.",
        "Projects with a cost of not less than $30,000 are welcome.",
        "Stipends are budgeted at $37,000 per year per fellow.",
        "Tickets are subsidized at up to $20 per rider.",
        "Fees are $0.75 per $1,000 of the grant.",
        "The application fee is .05% of the amount, not to exceed $5,000.",
        "Applicants requesting a grant of less than $125,000 (up to 5 points)",
        "The service may award up to $22.3 million.",
        "Of this amount, $96,000 is kept for training.",
        "Grants are small (with total budgets of up to $500,000).",
        "$122 million in grants were distributed to museums.",
        "Awards for less than $100,000 per year are unlikely to be granted.",
        "Each applicant receives a base grant of $15,000 plus an additional amount by population.",
        "Annually, we receive approximately $32 million in federal funds.",
        "Previously awarded funds include $4 million for grants to towns.",
        "Past grant amounts: Range from $95,000 to $3,400,000.",
        "Grantees are expected to provide $2,500 grants to small shops.",
        "Financial support to third parties of up to $60,000 each is foreseen.",
        "Projects that request more than $300,000 belong to tier 2; fees are waived for requests of less than $5,000.",
        "Three seats ($1,095 each) are paid by the town.",
        "Awardees may receive renewal support of up to $1 million.",
        "Of the million dollars available, $600,000 is allocated for pumps.",
        "The Proposition 1 awards go to 319 Grants Programs.",
    ],
)
def test_an_amount_of_something_else_says_nothing_about_the_awards(words: str) -> None:
    assert funding(words) == FundingRange()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("Applicants must provide matching funds of 25 percent.", True),
        ("Cost sharing is required.", True),
        ("Matching funds are not required.", False),
        ("No cost sharing is asked for.", False),
        ("The score rises with the match between needs and plans.", None),
    ],
)
def test_cost_sharing_is_yes_no_or_unknown(words: str, answer: bool | None) -> None:
    assert funding(words).is_cost_sharing is answer


def test_the_currency_is_the_one_of_the_awards() -> None:
    found = funding("Grants of up to €40,000 are available, about $43,000 in grants.")

    assert (found.currency, found.award_ceiling, found.estimated_total_program_funding) == ("EUR", 40_000, None)


def test_tiers_bound_the_awards() -> None:
    found = funding(
        "Awards range from $2-4m for towns serving 1,000-3,000 students to $6-8m for those serving 12,001+."
    )

    assert (found.award_floor, found.award_ceiling, len(found.tiers)) == (2_000_000, 8_000_000, 2)


def test_bounds_that_contradict_each_other_bound_nothing() -> None:
    found = funding("The minimum award is $50,000.\n\nAwards are up to $5,000.")

    assert (found.award_floor, found.award_ceiling) == (None, None)


def test_what_awards_come_near_to_bounds_none_and_counts_them() -> None:
    found = funding("We expect eight awards of approximately $1.5 million each (up to $500,000 annually).")

    assert (found.award_floor, found.award_ceiling, found.expected_number_of_awards) == (None, None, 8)
    assert (found.typical_award_minimum, found.typical_award_maximum) == (1_500_000, 1_500_000)


def test_totals_that_differ_are_of_parts_and_none_counts() -> None:
    found = funding("Round 1 has $26 million for grant awards. Round 2 has $7 million for grant awards.")

    assert found.estimated_total_program_funding is None


@pytest.mark.parametrize(
    ("words", "typical"),
    [
        ("Typical awards range from $5,000 to $10,000.", (5_000, 10_000)),
        ("The average award is $50,000.", (50_000, 50_000)),
        ("Estimated Average Size of Awards: $500,000", (500_000, 500_000)),
        ("Agreements last a year, with an average of approximately $60,000 per agreement.", (60_000, 60_000)),
        ("Most awards are between $20,000 and $30,000.", (20_000, 30_000)),
        ("The average household has an income of $50,000.", (None, None)),
        ("Awards go to towns with average budgets of $50,000.", (None, None)),
        ("The average grant was $4,000 in the spring.\n\nThe average grant is $9,000 in the fall.", (None, None)),
    ],
)
def test_what_awards_typically_are_bounds_none_of_them(words: str, typical: tuple[int | None, int | None]) -> None:
    found = funding(words)

    assert (found.typical_award_minimum, found.typical_award_maximum) == typical
    assert (found.award_floor, found.award_ceiling) == (None, None)


def test_every_value_has_the_words_that_it_was_read_from() -> None:
    sentences = (
        "A total of $2 million is available for about 12 awards.",
        "Grants of up to $50,000 are made.",
        "A match is not required.",
        "The average award is $30,000.",
    )
    page = page_of(" ".join(sentences))
    found = read_funding(page)
    quotes = {one.field: one.quote for one in found.evidence}

    assert {field: quote.text for field, quote in quotes.items()} == {
        "award_ceiling": sentences[1],
        "estimated_total_program_funding": sentences[0],
        "expected_number_of_awards": sentences[0],
        "is_cost_sharing": sentences[2],
        "typical_award_minimum": sentences[3],
        "typical_award_maximum": sentences[3],
    }
    assert all(quote.span and quote.span.of(page.text) == quote.text for quote in quotes.values())
    assert {one.basis for one in found.evidence} == {Basis.STATED}


def test_the_largest_of_several_awards_is_inferred() -> None:
    ceiling = funding("Track 1 gives grants of up to $5,000. Track 2 gives grants of up to $9,000.")

    assert ceiling.award_ceiling == 9_000
    evidence = ceiling.evidence_of("award_ceiling")
    assert evidence is not None
    assert (evidence.basis, evidence.quote.text) == (Basis.INFERRED, "Track 2 gives grants of up to $9,000.")
    assert ceiling.evidence_of("award_floor") is None


def test_of_a_long_sentence_the_words_around_the_amount_are_quoted() -> None:
    far = "and the trees of the town " * 20
    found = funding(f"The town {far}has grants of up to $5,000 for gardens {far}and nothing else.")
    evidence = found.evidence_of("award_ceiling")

    assert evidence is not None
    assert "grants of up to $5,000 for gardens" in evidence.quote.text
    assert len(evidence.quote.text) <= 360
    assert evidence.quote.text.split()[0] in far.split()
