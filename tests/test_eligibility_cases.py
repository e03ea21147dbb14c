"""Verdicts on eligibility against labels: real notices where they are at hand, and cases of our own always."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.eligibility import HALVES, Case, Judged, judge, quality, read_cases, read_opportunities
from matcher.domain.evidence import Fact
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import ApplicantType, Verdict

LEAST_PRECISION_OF_REFUSALS = 0.98
FEWEST_CASES, FEWEST_REFUSALS = 150, 60

NONPROFIT, COMPANY, STATE = (
    ApplicantType.NONPROFITS_WITH_501C3,
    ApplicantType.FOR_PROFITS,
    ApplicantType.STATE_GOVERNMENTS,
)
COLLEGE, TRIBE, INDIVIDUAL, LEA = (
    ApplicantType.PRIVATE_HIGHER_EDUCATION,
    ApplicantType.TRIBAL_GOVERNMENTS,
    ApplicantType.INDIVIDUALS,
    ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,
)
ALL_CODES = ["state_governments", "nonprofits_non_higher_education_with_501c3", "other"]
OPEN, CLOSED, UNSURE = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN


def test_refusals_of_real_notices_are_right(source_files: Path) -> None:
    path = source_files / "simpler_grants_gov" / "opportunities_raw.json"
    for half in HALVES:
        cases = read_cases(half)
        refusals = quality(judge(cases, read_opportunities(path, cases)), CLOSED)
        assert refusals.precision >= LEAST_PRECISION_OF_REFUSALS, half
        assert refusals.recall >= 0.5, half


def test_the_labels_are_many_varied_and_apart() -> None:
    development, held_out = (read_cases(half) for half in HALVES)
    verdicts = Counter(case.expected for case in (*development, *held_out))

    assert sum(verdicts.values()) >= FEWEST_CASES
    assert verdicts[CLOSED] >= FEWEST_REFUSALS
    assert min(verdicts.values()) >= 15
    assert {case.notice for case in development}.isdisjoint(case.notice for case in held_out)
    assert all(case.rule for case in (*development, *held_out) if case.expected is not OPEN)


@pytest.mark.parametrize(
    ("codes", "words", "applicant", "fields", "expected"),
    [
        (["other"], "Eligible applicants are states and nonprofits.", NONPROFIT, {}, OPEN),
        (["other"], "Eligible applicants are states and nonprofits.", COMPANY, {}, CLOSED),
        (["other"], "Eligible applicants include states and nonprofits.", COMPANY, {}, UNSURE),
        (["other"], "See the full notice.", NONPROFIT, {}, UNSURE),
        (["other"], "LEAs or consortia of LEAs", LEA, {}, OPEN),
        (["other"], "LEAs or consortia of LEAs", NONPROFIT, {}, CLOSED),
        (["other"], "Organizations with 501(c)(3) status may apply.", NONPROFIT, {}, OPEN),
        (["other"], "Applicants must be tribal governments or tribal organizations.", TRIBE, {}, OPEN),
        (["other"], "Applicants must be tribal governments or tribal organizations.", NONPROFIT, {}, CLOSED),
        (["other"], "Proposals may only be submitted by universities.", COLLEGE, {}, OPEN),
        (["other"], "Proposals may only be submitted by historically Black colleges.", COLLEGE, {}, UNSURE),
        (ALL_CODES, "Proposals may only be submitted by universities.", NONPROFIT, {}, UNSURE),
        (ALL_CODES, "Individuals are not eligible.", INDIVIDUAL, {}, CLOSED),
        (ALL_CODES, "Nonprofits are not eligible.", NONPROFIT, {}, UNSURE),
        (ALL_CODES, "Small business grants are made elsewhere.", STATE, {}, OPEN),
        (["state_governments"], "", NONPROFIT, {}, CLOSED),
        (["unrestricted"], "", INDIVIDUAL, {}, OPEN),
        (["unrestricted"], "Individuals may not apply.", INDIVIDUAL, {}, CLOSED),
        (["unrestricted"], "All applicants must be located in Ohio.", NONPROFIT, {"places": "Ohio"}, OPEN),
        (["unrestricted"], "Projects must take place in Ohio.", NONPROFIT, {"places": "Oregon"}, CLOSED),
        (
            ["unrestricted"],
            "Eligible are groups with an annual operating budget under $1 million.",
            NONPROFIT,
            {"annual_budget": 2_000_000},
            CLOSED,
        ),
        (
            ["unrestricted"],
            "Applicants must have fewer than 500 employees.",
            NONPROFIT,
            {"employees": 12},
            OPEN,
        ),
        (["unrestricted"], "Nonprofits must apply in partnership with an LEA.", NONPROFIT, {}, UNSURE),
        (["unrestricted"], "Nonprofits must apply in partnership with an LEA.", NONPROFIT, {"partners": LEA}, OPEN),
    ],
)
def test_codes_and_words_lead_to_the_verdict_of_a_careful_reader(
    tmp_path: Path, codes: list[str], words: str, applicant: ApplicantType, fields: dict[str, Any], expected: Verdict
) -> None:
    case = Case(1, applicant.value, _profile(applicant, fields), expected, None)
    (judged,) = judge([case], {"grants-gov:1": _opportunity(tmp_path, codes, words)})

    assert judged.finding.verdict is expected, judged.finding.reasons


def test_precision_and_recall_are_counted_per_verdict(tmp_path: Path) -> None:
    opportunity = _opportunity(tmp_path, ["state_governments"], "")
    cases = [
        Case(1, "", _profile(STATE, {}), OPEN, None),
        Case(1, "", _profile(COMPANY, {}), CLOSED, "applicant_type"),
        Case(1, "", _profile(COMPANY, {}), OPEN, None),
    ]
    judged: tuple[Judged, ...] = judge(cases, {"grants-gov:1": opportunity})

    assert (quality(judged, OPEN).precision, quality(judged, OPEN).recall) == (1.0, 0.5)
    assert (quality(judged, CLOSED).precision, quality(judged, CLOSED).recall) == (0.5, 1.0)
    assert (quality(judged, UNSURE).precision, quality(judged, UNSURE).recall) == (1.0, 1.0)
    assert judged[1].rules == {"applicant_type"}


def _profile(applicant: ApplicantType, fields: dict[str, Any]) -> ApplicantProfile:
    return ApplicantProfile(
        applicant_types=(Fact(applicant),),
        partner_types=(Fact(fields["partners"]),) if "partners" in fields else (),
        places=(Fact(fields["places"]),) if "places" in fields else (),
        annual_budget=Fact(fields["annual_budget"]) if "annual_budget" in fields else None,
        employees=Fact(fields["employees"]) if "employees" in fields else None,
    )


def _opportunity(folder: Path, codes: list[str], words: str) -> Opportunity:
    summary = {"applicant_types": codes, "applicant_eligibility_description": words}
    record = {"legacy_opportunity_id": 1, "opportunity_title": "Orchards", "summary": summary}
    path = folder / "one.json"
    path.write_text(json.dumps({"data": [record]}), encoding="utf-8")
    return read_opportunities(path, [Case(1, "", ApplicantProfile(), UNSURE, None)])["grants-gov:1"]
