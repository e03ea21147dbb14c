import pytest

from matcher.domain.evidence import Span
from matcher.proposals.fields import Field, Scalar, spaced
from matcher.proposals.roles import Role, role_of


def field(key: str, answer: str) -> Field:
    return Field(key, answer, Span(0, 1), (Scalar(answer, Span(0, 1)),))


@pytest.mark.parametrize(
    ("key", "answer", "role"),
    [
        ("project_title", "Shade for All", Role.TITLE),
        ("What is the title of your project?", "Shade for All", Role.TITLE),
        ("organization_name", "Shade Club", Role.ORGANIZATION),
        ("applicantOrganization", "Shade Club", Role.ORGANIZATION),
        ("Legal name of your organization:", "Shade Club", Role.ORGANIZATION),
        ("Organization", "We are many people " * 10, Role.ANSWER),
        ("year_submitted", "2031", Role.YEAR),
        ("organization_type", "nonprofit", Role.APPLICANT_TYPE),
        ("project_areas", "Old Town", Role.PLACES),
        ("Where will you be working?", "Old Town", Role.PLACES),
        ("In which areas of the county will you be directly working?", "Old Town", Role.PLACES),
        ("counties_served", "Kern County", Role.PLACES),
        ("Amount requested ($)", "5000", Role.AMOUNT),
        ("grant_request", "5000", Role.AMOUNT),
        ("How much funding are you requesting?", "$5,000", Role.AMOUNT),
        ("total_project_budget", "$90,000", Role.BOOKKEEPING),
        ("annual_budget", "90000", Role.BUDGET),
        ("annualOperatingBudget", "90000", Role.BUDGET),
        ("What is your organization's annual budget?", "$90,000", Role.BUDGET),
        ("organization_budget", "90000", Role.BUDGET),
        ("employees", "12", Role.EMPLOYEES),
        ("Number of full-time employees", "12", Role.EMPLOYEES),
        ("How many employees does your organization have?", "12", Role.EMPLOYEES),
        ("partner_types", "school_district", Role.PARTNERS),
        ("Who are your project partners?", "The city", Role.PARTNERS),
        ("Describe the role of your partners.", "The city", Role.ANSWER),
        ("cost_share", "true", Role.COST_SHARE),
        ("Matching funds:", "$5,000", Role.COST_SHARE),
        ("Will you provide matching funds?", "Yes", Role.COST_SHARE),
        ("Approximately how many residents will this work impact?", "40", Role.PEOPLE),
        ("students_served", "40", Role.PEOPLE),
        ("cached_project_image", "https://example.org/a.jpg", Role.BOOKKEEPING),
        ("youtube_video_identifier", "x", Role.BOOKKEEPING),
        ("body_class", "green", Role.BOOKKEEPING),
        ("published", "true", Role.BOOKKEEPING),
        ("some_flag", "yes", Role.BOOKKEEPING),
        ("project_summary", "We plant trees.", Role.ANSWER),
        ("Status", "The first trees are planted.", Role.ANSWER),
        ("What will change?", "Heat", Role.ANSWER),
        ("Where will " + "you " * 200 + "work?", "Old Town", Role.ANSWER),
    ],
)
def test_keys_of_any_form_are_known_by_general_patterns(key: str, answer: str, role: Role) -> None:
    assert role_of(field(key, answer)) is role


def test_keys_are_read_as_words() -> None:
    assert spaced("amountRequested") == spaced("amount_requested") == spaced("Amount requested:") == "amount requested"
    assert field("project_summary", "x").question == "Project summary"
    assert field("What  is it?", "x").question == "What is it?"
