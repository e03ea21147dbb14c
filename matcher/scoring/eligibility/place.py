"""Whether the work takes place where the notice wants it."""

import re
from itertools import product

from matcher.domain.evidence import Fact, Quote
from matcher.domain.match import EligibilityReason
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import Verdict
from matcher.scoring.eligibility.geography import Relation, relation
from matcher.scoring.eligibility.reasons import hedged, listed, refusal

PLACE = "place"

_SEAT = re.compile(
    r"\b(?:based|headquartered|incorporated|registered|domiciled|principal (?:office|place of business)"
    r"|(?:applicants?|organi[sz]ations?|nonprofits?|non-profits?|entit(?:y|ies)|agenc(?:y|ies)|institutions?|schools?"
    r"|businesses|companies|charities)\s+(?:\w+\s+){0,3}?located"
    r"|(?:foreign|non-?domestic|non-?U\.?S\.?|overseas|international)\s+(?:\w+[ -]){0,2}?"
    r"(?:applicants?|organi[sz]ations?|entit(?:y|ies)|institutions?|individuals?|components?))\b",
    re.IGNORECASE,
)
"""Words on where an applicant has its seat, of which a proposal's places of work say nothing."""


def judge_place(places: tuple[Fact[str], ...], eligibility: Eligibility) -> list[EligibilityReason]:
    """Judge the places of the work against those that the notice names; no reason if it names none.

    One place inside is enough. A place that contains those of the notice refuses nobody: the work there may go on in
    the right part of it.
    """
    if not eligibility.places:
        return []
    limit = f"The notice is limited to {listed(eligibility.places)}"
    if not places:
        silent = f"{limit}; the proposal does not say where it works."
        return [EligibilityReason(PLACE, Verdict.UNKNOWN, silent, _notice_words(eligibility))]
    found = [(fact, place, relation(fact.value, place)) for fact, place in product(places, eligibility.places)]
    for fact, place, lies in found:
        if lies in (Relation.SAME, Relation.INSIDE):
            where = f"in {place}" if lies is Relation.SAME else f"in {fact.value}, inside {place}"
            verb = hedged(fact.basis, "takes", "appears to take")
            return [EligibilityReason(PLACE, Verdict.ELIGIBLE, f"The work {verb} place {where}.", fact.quote)]
    if all(lies is Relation.OUTSIDE for _, _, lies in found):
        return [_outside(places, eligibility, limit)]
    fact, _, lies = min(found, key=lambda entry: _TELLING.index(entry[2]))
    sentence = f"{limit}; {_DOUBTS[lies].format(place=fact.value)}."
    return [EligibilityReason(PLACE, Verdict.UNKNOWN, sentence, fact.quote)]


def speaks_of_seat(eligibility: Eligibility) -> bool:
    """Whether the notice's wording is about where an applicant has its seat."""
    return eligibility.note is not None and _SEAT.search(eligibility.note.text) is not None


_TELLING = (Relation.CONTAINS, Relation.OVERLAPS, Relation.UNKNOWN, Relation.OUTSIDE)
_DOUBTS = {
    Relation.CONTAINS: "the proposal works in {place}, which contains it, and does not say whether there",
    Relation.OVERLAPS: "the proposal works in {place}, of which a part may lie there, and does not say where",
    Relation.UNKNOWN: "whether {place} lies there must be asked",
}


def _outside(places: tuple[Fact[str], ...], eligibility: Eligibility, limit: str) -> EligibilityReason:
    """Judge work that takes place elsewhere: it refuses unless the notice speaks of the applicant's seat."""
    where, words = listed([fact.value for fact in places]), _notice_words(eligibility)
    if speaks_of_seat(eligibility):
        sentence = (
            f"{limit} as the seat of applicants; the proposal works in {where} and does not say where it is based."
        )
        return EligibilityReason(PLACE, Verdict.UNKNOWN, sentence, words)
    verdict = refusal(eligibility.basis, *(fact.basis for fact in places))
    return EligibilityReason(PLACE, verdict, f"{limit}; the proposal works in {where}, which lies outside.", words)


def _notice_words(eligibility: Eligibility) -> Quote:
    """Quote the wording that names one of the places, or else the place itself."""
    note = eligibility.note
    if note and any(place.casefold() in note.text.casefold() for place in eligibility.places):
        return note
    return Quote(eligibility.places[0])
