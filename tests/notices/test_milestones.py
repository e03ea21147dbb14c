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
        ("The notice stays open until October 30, 2012.", "application"),
        ("Proposals arrive before the cut-off date of October 30, 2012.", "application"),
        ("White papers are due by October 30, 2012.", "intent"),
        ("Step-1 proposals are due October 30, 2012.", "intent"),
        ("A concept outline is due October 30, 2012.", "intent"),
        ("Publication of the call: October 30, 2012", "post"),
        ("Call opening: October 30, 2012", "open"),
        ("Projects begin on October 30, 2012.", "start"),
        ("Anticipated Award Start Date: October 30, 2012", "start"),
        ("Work under these agreements will start no sooner than October 30, 2012.", "start"),
        ("All projects must be completed no later than October 30, 2012.", "end"),
        ("The period of performance ends October 30, 2012.", "end"),
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
        "Reports are due January 5 of each year.",
        "The town was founded on May 4, 1850, and is pretty.",
        "You may 5 times apply.",
        "The new form holds for application due dates after May 5, 2031.",
        "This rule became effective, May 1, 2031.Applications that break it are returned.",
        "The application originally had a deadline of March 1.",
        "All funds must be spent no later than May 5, 2031.",
        "The application start date of the webinar begins May 5, 2031.",
        "The period for applications could close earlier than May 9.",
        "Houses built before May 5, 1990 are not eligible to apply.",
        "Inquiries must be received no later than April 11, 2031.",
        "Technical assistance must be requested by March 25.",
        "The fellow submits proof of the doctoral degree by October 1.",
        "- FROM: Proposals are due May 5, 2031.",
        "The rule holds for solicitations issued after May 5, 2031.",
        "Keep the date of Notice to Proceed until May 5, 2031.",
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


@pytest.mark.parametrize(
    "words",
    [
        "Dates to apply: Friday, October 1 EXTENDED through Monday, November 15, 2031.",
        "The call is open for six weeks, from October 1, 2031 through November 15, 2031.",
        "Deadlines\n\nOctober 1, 2031 - November 15, 2031, annually",
    ],
)
def test_a_window_for_applications_opens_and_closes(words: str) -> None:
    assert [name for name, _ in milestones(words)] == ["open", "application"]


@pytest.mark.parametrize(
    "words",
    [
        "Period of performance: October 1, 2031 - November 15, 2033",
        "Projects begin on October 1, 2031, and end by November 15, 2033.",
        "Gardens are funded with a grant period beginning October 1, 2031 and ending November 15, 2033.",
        "Awards have an anticipated start date of October 1, 2031 and anticipated end date of November 15, 2033.",
    ],
)
def test_projects_begin_and_end(words: str) -> None:
    assert milestones(words) == [("start", "October 1, 2031"), ("end", "November 15, 2033")]


def test_a_cue_behind_a_full_stop_belongs_to_the_next_date() -> None:
    assert milestones("Publication of the call: June 25, 2031.Deadline for applications: September 17, 2031.") == [
        ("post", "June 25, 2031"),
        ("application", "September 17, 2031"),
    ]


def test_two_steps_of_a_proposal_are_an_intent_and_an_application() -> None:
    assert milestones("Step-1 proposals are due March 13, 2031, and Step-2 proposals are due by May 14, 2031.") == [
        ("intent", "March 13, 2031"),
        ("application", "May 14, 2031"),
    ]


def test_a_document_that_writes_the_day_first_is_read_so() -> None:
    assert milestones("Call opening: 30/04/2031\n\nDeadline for submission: 06/10/2031") == [
        ("open", "April 30, 2031"),
        ("application", "October 6, 2031"),
    ]
