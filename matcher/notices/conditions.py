"""What a notice asks of applicants beyond type, place, size and partners: years of work, licences, citizenship.

No vocabulary holds these, so nobody can judge them but the reader: they are kept as they are written.
"""

from matcher.domain.evidence import Quote
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue, trimmed

_WHO = (
    r"(?:applicants?|organi[sz]ations?|institutions?|entit(?:y|ies)|agenc(?:y|ies)|nonprofits?|non-profits?"
    r"|contestants?|borrowers?|consorti(?:um|a)|(?:principal|project) (?:investigators?|directors?)|PIs?|individuals"
    r"|candidates?|fellows?|scholars?|students|artists?|schools?|districts?|businesses|companies|universities"
    r"|proposers?|participants?)"
)
_ASKS = cue(
    rf"^[^.;:]{{0,80}}\b{_WHO}\b[^.;:]{{0,60}}\b(?:must|shall|(?:is|are) required to|needs? to|ha(?:s|ve) to|cannot"
    r"|can not|may not|(?:is|are) (?:not eligible|ineligible))\b"
    rf"|\b(?:only|no) (?:[a-z-]{{1,20}} ){{0,4}}{_WHO} (?:[^.;:]{{0,60}} )?(?:may|can|(?:is|are) eligible)\b"
    r"|\b(?:participation|eligibility|competition|applications?|applicants?|awards?) [^.;:]{0,40}"
    r"(?<!not\s)(?<!be\s)\b(?:limited|restricted) to (?!\$|the following:)"
    r"|^\W{0,8}must (?:have|be|hold|possess|demonstrate|maintain)\b"
)
_BEYOND_OUR_WORDS = cue(
    r"\b(?:years? of|experience|accredit\w*|certifi\w+|licen[sc]\w+|citizens?|permanent residents?|nationals?|degrees?"
    r"|enrol\w+|in good standing|audit\w*|full-time|operat(?:ed|ing|ion)|track record|member(?:s|ship)?|age[ds]?|income"
    r"|previous(?:ly)?|prior|registered (?:in|with|as)|UEI|debarred|delinquent|employed|appointment|only one|one"
    r" (?:application|proposal))\b"
)
_NO_CONDITION = cue(
    r"\b(?:foreign|non-?domestic"
    r"|submit(?:ted)? (?:their|its|the|an?|all|via|by|through|using|electronically|online)|SAM\.gov|Grants\.gov"
    r"|deadlines?|portal|forms?|narratives?|cover letter|pages?|format|upload\w*|e-?mail\w*|web ?sites?|instructions"
    r"|read|refer|contact|describe[ds]?|provided? (?:an?|the) (?:description|budget)|reports?|reporting|questions"
    r"|webinar|match|matching|cost[- ]shar\w+|letters? of intent|due date|budget|subawards?"
    r"|receive[ds]? (?:the )?(?:funds|funding|payment))\b"
)
"""How to apply, and what the places and the money of a notice say already."""

_LONGEST, _MOST = 500, 12


def asked_of_applicants(page: Page, sentence: Sentence, *, is_expressed: bool) -> Quote | None:
    """Return a sentence about who may apply as a condition that is left to the reader, or None if it is none.

    Args:
        page: The page that the sentence stands on.
        sentence: The sentence.
        is_expressed: Whether types, places, sizes or partners were read from it; then only what it plainly asks besides
            makes it a condition.
    """
    words = sentence.words
    is_lead_in = words.rstrip().endswith(":")
    if is_lead_in or len(words) > _LONGEST or not _ASKS.search(words) or _NO_CONDITION.search(words):
        return None
    if is_expressed and not _BEYOND_OUR_WORDS.search(words):
        return None
    span = trimmed(page.text, sentence.span.start, sentence.span.end)
    return page.quote(span) if span else None


def each_once(conditions: list[Quote]) -> tuple[Quote, ...]:
    """Return conditions in their order, the same words once, and not more than a reader would read."""
    once = {" ".join(condition.text.split()).casefold(): condition for condition in reversed(conditions)}
    return tuple(reversed(once.values()))[:_MOST]
