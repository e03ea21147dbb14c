"""How sure a fit is: by what it rests on, never by how high it is."""

import pytest

from matcher.domain.evidence import Quote
from matcher.domain.match import EligibilityFinding, Evidence, Match, PriorityFit
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import PriorityKind, Verdict
from matcher.services.confidence import Level, confidence

WORDY = Opportunity("a", "Title", "text", description="word " * 80)
ANSWERED = (Evidence(Quote("ours"), Quote("theirs"), 0.5),)


def match(*priorities: PriorityFit, fit: float = 0.5) -> Match:
    return Match("a", fit, EligibilityFinding(Verdict.UNKNOWN), "scorer", priorities)


def priority(kind: PriorityKind, evidence: tuple[Evidence, ...] = ANSWERED) -> PriorityFit:
    return PriorityFit("1", kind, "One", 0.5, evidence)


@pytest.mark.parametrize(
    ("found", "notice", "is_calibrated", "expected"),
    [
        (match(priority(PriorityKind.ABSOLUTE)), WORDY, True, Level.HIGH),
        (match(priority(PriorityKind.ABSOLUTE), fit=0.01), WORDY, True, Level.HIGH),
        (match(priority(PriorityKind.ABSOLUTE, ())), WORDY, True, Level.MEDIUM),
        (match(priority(PriorityKind.PURPOSE)), WORDY, True, Level.MEDIUM),
        (match(), WORDY, True, Level.MEDIUM),
        (match(priority(PriorityKind.ABSOLUTE)), Opportunity("a", "Title", "text"), True, Level.LOW),
        (match(priority(PriorityKind.ABSOLUTE)), WORDY, False, Level.LOW),
    ],
)
def test_confidence_follows_what_the_fit_rests_on(
    found: Match, notice: Opportunity, is_calibrated: bool, expected: Level
) -> None:
    told = confidence(found, notice, is_calibrated=is_calibrated)
    assert told.level is expected
    assert told.because
