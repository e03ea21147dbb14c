"""Whether the work takes place where the notice wants it."""

import pytest

from matcher.domain.evidence import Quote
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Eligibility
from matcher.domain.proposal import ApplicantProfile
from matcher.domain.vocabulary import Basis, Verdict
from tests.scoring.eligibility.examples import UNRESTRICTED, assessed, by_rule, fact

PASS, FAIL, UNKNOWN = Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.UNKNOWN
WORK_IN = Quote("Projects must take place in Ohio.")


def judged(
    works_in: tuple[str, ...],
    limited_to: tuple[str, ...],
    note: Quote | None = None,
    basis: Basis = Basis.STATED,
    notice_basis: Basis = Basis.STATED,
) -> EligibilityReason:
    profile = ApplicantProfile(places=tuple(fact(place, basis) for place in works_in))
    eligibility = Eligibility((UNRESTRICTED,), places=limited_to, note=note, basis=notice_basis)
    return by_rule(assessed(profile, eligibility), "place")


@pytest.mark.parametrize(
    ("works_in", "limited_to", "verdict"),
    [
        (("Cleveland, Ohio",), ("Ohio",), PASS),
        (("South LA", "Koreatown"), ("Los Angeles County",), PASS),
        (("Los Angeles",), ("City of Los Angeles",), PASS),
        (("Los Angeles",), ("County of Los Angeles",), PASS),
        (("Kenya", "Ohio"), ("United States",), PASS),
        (("Texas", "Ohio"), ("Ohio", "Indiana"), PASS),
        (("Puerto Rico",), ("U.S. and territories",), PASS),
        (("Munich, Germany",), ("EU member states",), PASS),
        (("nationwide",), ("Ohio",), UNKNOWN),
        (("Ohio",), ("Appalachia",), UNKNOWN),
        (("Old Mill Quarter",), ("Ohio",), UNKNOWN),
        (("Ohio",), ("rural areas",), UNKNOWN),
        (("Texas", "Old Mill Quarter"), ("Ohio",), UNKNOWN),
        (("Texas",), ("Ohio", "places of need"), UNKNOWN),
        ((), ("Ohio",), UNKNOWN),
        (("Texas",), ("Ohio",), FAIL),
        (("Chicago", "Texas"), ("California",), FAIL),
        (("Kenya",), ("United States",), FAIL),
        (("Los Angeles",), ("New England", "Appalachia"), FAIL),
    ],
)
def test_the_work_lies_inside_outside_or_it_must_be_asked(
    works_in: tuple[str, ...], limited_to: tuple[str, ...], verdict: Verdict
) -> None:
    assert judged(works_in, limited_to).verdict is verdict


def test_a_notice_that_names_no_place_gives_no_reason() -> None:
    finding = assessed(ApplicantProfile(places=(fact("Ohio"),)))
    assert [reason.rule for reason in finding.reasons] == ["applicant_type"]


@pytest.mark.parametrize(
    ("works_in", "words"),
    [
        ((), "the proposal does not say where it works"),
        (("nationwide",), "contains it, and does not say whether there"),
        (("Appalachia",), "does not say where"),
        (("Old Mill Quarter",), "whether Old Mill Quarter lies there must be asked"),
    ],
)
def test_an_open_question_is_put_in_words(works_in: tuple[str, ...], words: str) -> None:
    assert words in judged(works_in, ("Ohio",)).sentence


def test_the_proposal_is_quoted_where_it_fits_and_the_notice_where_it_does_not() -> None:
    assert judged(("Cleveland, Ohio",), ("Ohio",), WORK_IN).quote == Quote("we say Cleveland, Ohio")
    assert judged(("Texas",), ("Ohio",), WORK_IN).quote == WORK_IN
    assert judged(("Texas",), ("Ohio",), Quote("Anyone may apply.")).quote == Quote("Ohio")


@pytest.mark.parametrize(
    "seat",
    ["Nonprofits based in Ohio may apply.", "Open to organizations that are located in Ohio.", "Ohio-based groups."],
)
def test_a_limit_on_the_seat_refuses_nobody_by_its_places_of_work(seat: str) -> None:
    reason = judged(("Texas",), ("Ohio",), Quote(seat))
    assert reason.verdict is UNKNOWN
    assert "does not say where it is based" in reason.sentence
    assert judged(("Cleveland, Ohio",), ("Ohio",), Quote(seat)).verdict is PASS


@pytest.mark.parametrize(
    ("basis", "notice_basis", "verdict"),
    [
        (Basis.STATED, Basis.STATED, FAIL),
        (Basis.SUPPLIED, Basis.STATED, FAIL),
        (Basis.INFERRED, Basis.STATED, UNKNOWN),
        (Basis.STATED, Basis.INFERRED, UNKNOWN),
    ],
)
def test_nobody_is_shut_out_by_an_inferred_place(basis: Basis, notice_basis: Basis, verdict: Verdict) -> None:
    assert judged(("Texas",), ("Ohio",), basis=basis, notice_basis=notice_basis).verdict is verdict
