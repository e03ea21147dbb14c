"""Verdicts on many opportunities at once are those on each alone."""

from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import ApplicantProfile
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.scoring.eligibility import VERDICTS, assess_eligibility
from matcher.scoring.eligibility.classes import EligibilityClasses
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT
from tests.scoring.eligibility.examples import CITY, NONPROFIT, fact, kinds

PROFILES = {
    "silent": ApplicantProfile(),
    "nonprofit": ApplicantProfile(
        applicant_types=kinds(NONPROFIT),
        partner_types=kinds(CITY),
        places=(fact("Los Angeles, California"),),
        amount_requested=fact(60_000),
        annual_budget=fact(900_000),
        employees=fact(12),
        people_served=fact(2_000),
        offers_cost_share=fact(False),
    ),
    "city": ApplicantProfile(
        applicant_types=kinds(CITY), places=(fact("Texas"),), amount_requested=fact(9_000_000, words="$9,000,000")
    ),
}


@pytest.fixture(scope="module")
def notices() -> list[Opportunity]:
    return [read_notice(read_file(path)) for path in sorted(Path(CHECKOUT / "opportunities").glob("*.yaml"))]


@pytest.mark.parametrize("name", PROFILES)
def test_each_bundled_notice_gets_the_verdict_that_it_gets_alone(notices: list[Opportunity], name: str) -> None:
    together = EligibilityClasses(notices).verdicts(PROFILES[name])
    alone = [assess_eligibility(PROFILES[name], notice).verdict for notice in notices]
    assert [VERDICTS[place] for place in together] == alone
    assert len(alone) > 100


def test_each_example_proposal_gets_the_verdicts_that_it_gets_alone(notices: list[Opportunity]) -> None:
    classes = EligibilityClasses(notices)
    for path in sorted((CHECKOUT / "seeds" / "proposals").glob("*.txt")):
        profile = read_proposal(read_file(path)).profile
        alone = [assess_eligibility(profile, notice).verdict for notice in notices]
        assert [VERDICTS[place] for place in classes.verdicts(profile)] == alone


def test_no_opportunities_get_no_verdicts() -> None:
    assert EligibilityClasses([]).verdicts(ApplicantProfile()).tolist() == []
