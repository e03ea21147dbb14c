import pytest

from matcher.domain.vocabulary import Basis
from matcher.notices.milestones import read_milestones
from tests.notices.texts import page_of


def milestones(body: str) -> list[tuple[str, str]]:
    return [(key.name, str(key.day)) for key in read_milestones(page_of(body))]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Applications are due by 5 p.m. Eastern on October 30, 2012.", "application"),
        ("Deadline: October 30, 2012", "application"),
        ("October 30, 2012: Deadline for transmittal of applications", "application"),
        ("By October 30, 2012, applicants must submit proposals.", "application"),
        ("Proposals submitted after October 30, 2012, are not accepted.", "application"),
        ("Application deadline\n\nOctober 30, 2012", "application"),
        ("- Full proposal: October 30, 2012", "application"),
        ("Apply by October 30, 2012!", "application"),
        ("The Intent to Apply is due on October 30, 2012.", "intent"),
        ("Letters of inquiry must arrive by October 30, 2012.", "intent"),
        ("LOI deadline: October 30, 2012", "intent"),
        ("Applicants will be notified by October 30, 2012.", "award"),
        ("Anticipated award date: October 30, 2012", "award"),
        ("Posted on October 30, 2012", "post"),
        ("The application portal opens October 30, 2012.", "open"),
    ],
)
def test_a_date_is_named_by_the_cue_beside_it(words: str, name: str) -> None:
    assert milestones(words) == [(name, "October 30, 2012")]


@pytest.mark.parametrize(
    "words",
    [
        "The Act was signed on March 3, 2010.",
        "A webinar for applicants takes place on August 3.",
        "Questions are due by June 3.",
        "Deadline for intergovernmental review: December 31, 2012",
        "Projects begin on July 1, 2026.",
        "Reports are due January 5 of each year.",
        "The town was founded on May 4, 1850, and is pretty.",
        "You may 5 times apply.",
    ],
)
def test_a_date_that_is_no_milestone_of_an_applicant_is_left_out(words: str) -> None:
    assert milestones(words) == []


def test_two_dates_of_one_sentence_take_their_own_cue_and_quote() -> None:
    intent, application = read_milestones(
        page_of("Be quick: the Intent to Apply is due March 3 and the Application is due May 20.")
    )

    assert (intent.name, str(intent.day)) == ("intent", "March 3, year not stated")
    assert intent.quote is not None
    assert intent.quote.text == "Intent to Apply is due March 3"
    assert (application.name, str(application.day)) == ("application", "May 20, year not stated")
    assert application.quote is not None
    assert application.quote.text == "Application is due May 20"
    assert application.basis is Basis.STATED


def test_a_quote_points_to_its_words() -> None:
    page = page_of("Send it in.\n\nProposals are due May 20, 2031.")

    (key_date,) = read_milestones(page)

    assert key_date.quote is not None
    assert key_date.quote.span is not None
    assert key_date.quote.span.of(page.text) == key_date.quote.text == "Proposals are due May 20, 2031"


def test_several_deadlines_are_all_kept() -> None:
    assert milestones("Applications are due March 1, June 1 and September 1, 2031.") == [
        ("application", "March 1, year not stated"),
        ("application", "June 1, 2031"),
        ("application", "September 1, 2031"),
    ]


def test_a_span_of_time_opens_with_its_first_day_and_closes_with_its_last() -> None:
    assert milestones("Applications are accepted from October 1 to November 15, 2031.") == [
        ("open", "October 1, 2031"),
        ("application", "November 15, 2031"),
    ]


def test_a_day_that_is_repeated_with_its_year_is_one_milestone() -> None:
    assert milestones("Proposals are due May 20.\n\nDeadline: May 20, 2031") == [("application", "May 20, 2031")]
