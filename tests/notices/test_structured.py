from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import (
    AwardTier,
    FundingRange,
    KeyDate,
    Opportunity,
    PartnerRequirement,
    SizeLimit,
)
from matcher.domain.vocabulary import ApplicantType, Basis, OpportunityStatus, PriorityKind, SizeMeasure
from matcher.errors import NoticeRejected
from matcher.notices.structured import read_structured_notice
from matcher.text.documents import Document, DocumentKind
from tests.notices.texts import YAML_NOTICE, yaml_document

SMALLEST = "opportunity_id: a-b\ntitle: A\npriorities:\n  - {key: '1', kind: goal, title: T, text: Do it}\n"


def read(text: str, published: date | None = None) -> Opportunity:
    return read_structured_notice(yaml_document(text), published=published)


def rejection_of(text: str) -> NoticeRejected:
    with pytest.raises(NoticeRejected) as caught:
        read(text)
    return caught.value


def test_every_field_of_a_notice_arrives_in_the_opportunity() -> None:
    notice = read(YAML_NOTICE)

    assert (notice.opportunity_id, notice.title, notice.text) == ("orchard-fund-2027", "Orchard Fund", YAML_NOTICE)
    assert (notice.agency_name, notice.opportunity_number) == ("Green Acre Foundation", "OF-27-1")
    assert notice.description == "Brings fruit trees to neighborhoods that have none."
    assert (notice.status, notice.source_url) == (OpportunityStatus.POSTED, "https://example.org/orchards")
    assert notice.funding == FundingRange(
        1000, 5000, 100_000, 40, is_cost_sharing=False, tiers=(AwardTier(1000, 2000, 10, 50),)
    )
    assert notice.key_dates == (
        KeyDate("intent", PartialDate(8, 30)),
        KeyDate("application", PartialDate(3, 15, 2027)),
    )
    assert (notice.assistance_listing_numbers, notice.funding_categories) == (("10.675",), ("environment",))
    assert notice.is_rolling is False


def test_eligibility_arrives_with_the_place_of_its_note() -> None:
    eligibility = read(YAML_NOTICE).eligibility

    assert eligibility.applicant_types == (ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.STATE_GOVERNMENTS)
    assert eligibility.places == ("Oregon",)
    assert eligibility.note is not None
    assert eligibility.note.span is not None
    assert eligibility.note.span.of(YAML_NOTICE) == eligibility.note.text


CONDITIONS = """\
eligibility:
  excluded_types: [individuals]
  size_limits:
    - {measure: annual_budget, maximum: 999999}
    - {measure: employees, minimum: 5, maximum: 50}
  required_partners:
    - {applicant_types: [local_educational_agencies, charter_schools]}
"""


def test_refused_types_sizes_and_partners_arrive() -> None:
    eligibility = read(SMALLEST + CONDITIONS).eligibility

    assert eligibility.excluded_types == (ApplicantType.INDIVIDUALS,)
    assert eligibility.size_limits == (
        SizeLimit(SizeMeasure.ANNUAL_BUDGET, None, 999_999),
        SizeLimit(SizeMeasure.EMPLOYEES, 5, 50),
    )
    partners = (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES, ApplicantType.CHARTER_SCHOOLS)
    assert eligibility.required_partners == (PartnerRequirement(partners),)


@pytest.mark.parametrize(
    ("written", "replaced", "line", "sentence"),
    [
        ("minimum: 5", "minimum: 500", 9, "eligibility.size_limits[2].minimum is larger than maximum"),
        (", maximum: 999999", "", 8, "must be a measure with a minimum, a maximum or both"),
        ("annual_budget", "budget", 8, "did you mean annual_budget?"),
        ("[individuals]", "[individual]", 6, "did you mean individuals?"),
        ("applicant_types: [l", "kinds: [l", 11, "kinds is not a field of a notice here"),
    ],
)
def test_a_violation_of_the_conditions_is_told_with_its_line(
    written: str, replaced: str, line: int, sentence: str
) -> None:
    lines = rejection_of((SMALLEST + CONDITIONS).replace(written, replaced, 1))

    assert lines.line == line
    assert sentence in lines.reason


def test_quotes_hold_clean_words_and_point_to_how_the_file_writes_them() -> None:
    first, second = read(YAML_NOTICE).priorities

    assert (first.key, first.kind, first.points) == ("1", PriorityKind.ABSOLUTE, None)
    assert first.quote.text == "Plant fruit trees where people can reach them."
    assert first.quote.span is not None
    assert first.quote.span.of(YAML_NOTICE).split() == first.quote.text.split()
    assert [element.key for element in first.elements] == ["1.a", "1.b"]
    assert first.elements[1].quote.text == "teach the neighbors' children"
    assert first.elements[1].quote.span is not None
    assert first.elements[1].quote.span.of(YAML_NOTICE) == "teach the neighbors'' children"
    assert (second.points, second.quote.text) == (10, "Work with “green” schools.")


def test_what_the_file_leaves_out_is_unknown() -> None:
    notice = read(SMALLEST)

    assert (notice.agency_name, notice.opportunity_number, notice.source_url) == (None, None, None)
    assert (notice.status, notice.funding) == (OpportunityStatus.UNKNOWN, FundingRange())
    assert (notice.key_dates, notice.eligibility.applicant_types, notice.eligibility.note) == ((), (), None)


def test_the_day_of_publication_completes_a_date_without_year() -> None:
    text = SMALLEST + "key_dates:\n  - {name: application, date: 08-30}\n"

    assert read(text, date(2026, 9, 1)).key_dates == (
        KeyDate("post", PartialDate(9, 1, 2026), basis=Basis.SUPPLIED),
        KeyDate("application", PartialDate(8, 30, 2027), basis=Basis.INFERRED),
    )


def test_json_is_read_like_yaml() -> None:
    text = (
        '{"opportunity_id": "a-b",\n\t"title": "A \\ud83c\\udf33",\n\t"priorities":'
        ' [{"key": "1", "kind": "goal", "title": "T", "text": "Plant \\u2018trees\\u2019"}]}'
    )

    notice = read_structured_notice(Document("a.json", DocumentKind.JSON, text))

    assert (notice.title, notice.priorities[0].quote.text) == ("A 🌳", "Plant ‘trees’")
    assert notice.priorities[0].quote.span is not None
    assert notice.priorities[0].quote.span.of(text) == "Plant \\u2018trees\\u2019"


@pytest.mark.parametrize(
    ("written", "replaced", "line", "sentence"),
    [
        (
            "award_floor: 1000\n",
            "award_floor: 1,000\n",
            30,
            "funding.award_floor is `1,000`, but must be a whole number",
        ),
        ("award_floor: 1000\n", "award_floor: 9000\n", 30, "funding.award_floor is larger than award_ceiling"),
        ("kind: absolute", "kind: absolut", 12, "did you mean absolute?"),
        ("agency_name", "agency", 4, "agency is not a field of a notice here; did you mean agency_name?"),
        ("date: 08-30", "date: 02-30", 39, "a day that does not exist"),
        ("date: 08-30", "date: August 30", 39, "a day written as 2027-03-15, or as 03-15"),
        ('key: "2"', 'key: "1"', 20, "another priority already has"),
        ("title: Schools", "name: Schools", 20, "priorities[2].title is missing"),
        ("status: posted", "status:", 6, "status is empty"),
        ("is_rolling: false", "is_rolling: maybe", 41, "is_rolling is `maybe`, but must be true or false"),
        ('["10.675"]', "[10.675]", 42, "an assistance listing number in quotation marks"),
        ("state_governments]", "state_goverments]", 26, "did you mean state_governments"),
        ("orchard-fund-2027\n", "Orchard Fund\n", 1, "lower-case letters, digits and single hyphens"),
        ("is_rolling: false", "title: Again", 41, "title is written twice"),
        ("title: Orchard Fund", "title: 2027", 2, "put it in quotation marks"),
    ],
)
def test_a_violation_is_told_with_its_line_its_field_and_what_to_write(
    written: str, replaced: str, line: int, sentence: str
) -> None:
    error = rejection_of(YAML_NOTICE.replace(written, replaced, 1))

    assert (error.source, error.line) == ("orchard-fund-2027.yaml", line)
    assert sentence in error.reason


def test_all_violations_of_a_file_are_told_at_once() -> None:
    error = rejection_of(YAML_NOTICE.replace("status: posted", "status: gone").replace("points: 10", "points: ten"))

    assert error.line == 6
    assert "status is `gone`" in error.reason
    assert "line 24: priorities[2].points is `ten`" in error.reason


def test_a_file_that_is_cut_off_is_refused_with_its_place() -> None:
    error = rejection_of(YAML_NOTICE[: YAML_NOTICE.index("u201cgreen") + 6])

    assert (error.source, error.line) == ("orchard-fund-2027.yaml", 23)
    assert "cut off" in error.reason


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "\n", "5\n"])
def test_a_file_without_fields_is_refused(text: str) -> None:
    assert "list of fields" in rejection_of(text).reason


def test_a_value_used_by_reference_is_refused() -> None:
    error = rejection_of("title: &a [x, x]\nagency_name: *a\n")

    assert (error.line, "by reference" in error.reason) == (1, True)


def test_an_endless_nesting_is_refused() -> None:
    assert "nested" in rejection_of("a: " + "[" * 20_000).reason


def test_a_file_too_long_for_a_notice_is_refused() -> None:
    assert "shorten it" in rejection_of(SMALLEST + "#" * 500_000).reason
