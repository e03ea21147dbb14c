import json
from importlib.resources import files

import pytest

from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind, SizeMeasure
from matcher.notices.fields import read_fields
from matcher.notices.violations import Violation, path_words, rejection, schema_violations
from tests.notices.texts import YAML_NOTICE, yaml_document


def sentences(text: str) -> list[str]:
    return [str(one) for one in schema_violations(read_fields(yaml_document(text)))]


def test_a_right_notice_violates_nothing() -> None:
    assert sentences(YAML_NOTICE) == []


def test_a_path_counts_items_from_one() -> None:
    assert path_words(("priorities", 0, "elements", 2)) == "priorities[1].elements[3]"


def test_the_one_error_tells_every_violation_with_its_line() -> None:
    error = rejection((Violation(3, "title", "is empty"), Violation(7, "", "too much")), "a.yaml")

    assert str(error) == "a.yaml, line 3: title is empty; line 7: too much"


@pytest.mark.parametrize(
    ("written", "replaced", "sentence"),
    [
        ("places: [Oregon]", "places: []", "eligibility.places is an empty list, but must be a list of places"),
        ("places: [Oregon]", "places: Oregon", "eligibility.places is `Oregon`, but must be a list of places"),
        ("title: Schools", "title: ''", "priorities[2].title is empty, but must be text"),
        ("state_governments]", "nonprofits_non_higher_education_with_501c3]", "names the same thing twice"),
        ("orchard-fund-2027\n", "a" * 121 + "\n", "opportunity_id is longer than 120 characters; shorten it"),
        ("status: posted", "status: zzz", "status is `zzz`, which is not a word for where the opportunity stood"),
        ("[environment]", "[zzzzzz]", "write one of recovery_act, agriculture, arts"),
    ],
)
def test_a_sentence_says_what_is_there_and_what_belongs_there(written: str, replaced: str, sentence: str) -> None:
    (found,) = sentences(YAML_NOTICE.replace(written, replaced, 1))

    assert sentence in found


def test_a_missing_field_is_told_once() -> None:
    assert sentences("title: A\npriorities:\n  - {key: a, kind: goal, title: b, text: c}\n") == [
        "opportunity_id is missing; a notice cannot do without it"
    ]


def test_a_long_value_is_shown_in_part() -> None:
    (found,) = sentences(YAML_NOTICE.replace("points: 10", "points: " + "x" * 500))

    assert len(found) < 160


def test_the_schema_knows_the_vocabularies_of_the_domain() -> None:
    schema = json.loads(files("matcher.notices").joinpath("notice_schema.json").read_text(encoding="utf-8"))
    parts = schema["$defs"]

    assert parts["applicant_types"]["items"]["enum"] == list(ApplicantType)
    assert parts["size_limit"]["properties"]["measure"]["enum"] == list(SizeMeasure)
    assert parts["priority"]["properties"]["kind"]["enum"] == list(PriorityKind)
    assert [*schema["properties"]["status"]["enum"], OpportunityStatus.UNKNOWN] == list(OpportunityStatus)
