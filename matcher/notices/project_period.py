"""How long a funded project lasts, according to a prose notice."""

import re

from matcher.domain.evidence import Span
from matcher.domain.opportunity import ProjectPeriod
from matcher.domain.vocabulary import Basis
from matcher.notices.other_money import PAST, is_passed_on
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36, "forty-eight": 48, "sixty": 60,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})(?: ?\(\d{{1,2}}\))?"
_LENGTH = (
    r"(?P<limit>(?:up to|at most|no (?:more|longer) than|not (?:to )?exceed(?:ing)?|a maximum of|within"
    r"|(?P<least>at least|a minimum of)) (?:an? )?)?"
    rf"(?<![\w.,$/-])(?:(?P<low>{_COUNT})(?: years?| months?)? ?(?:-|–|to|or) ?)?(?P<high>{_COUNT})"
    r" ?-? ?(?:full |calendar )?(?P<unit>year|month)s?\b"
    rf"(?!(?: |-)(?:after|old|budget)\b|,? (?:and )?{_COUNT} months)"
)
_PERIOD = (
    r"(?:periods? of performance|(?:performance|project|grant|award|funding|agreement|program)"
    r" (?:periods?|terms?|durations?|lengths?)|durations?)"
)
_AWARDS = r"(?:awards?|grants?|projects?|fellowships?|agreements?|stipends?|funding)"
_LAST = r"(?:for|lasts|lasting|(?<!the\s)last for|runs? for|of)"
_PATTERNS = (
    cue(rf"{_LENGTH} (?:(?P<bound>maximum|minimum) )?(?:\w{{1,12}} )?(?:{_PERIOD}\b|(?:in|of) (?:duration|length)\b)"),
    cue(rf"(?:(?P<bound>maximum|minimum) (?:\w{{1,12}} )?)?\b{_PERIOD}\b[^.;\d$]{{0,60}}?{_LENGTH}"),
    cue(rf"\b{_AWARDS} (?:\w{{1,14}} ){{0,5}}{_LAST} (?:a (?P<bound>maximum|minimum)? ?period of )?{_LENGTH}"),
    cue(rf"\b{_AWARDS} (?:must|should|shall) be completed (?P<bound>maximum|minimum)?{_LENGTH}"),
)
_NOT_THE_WHOLE = cue(r"\b(?:additional|extensions?|extended?|renewals?|no-cost|after the end|sub-?projects?)\b")
_USUAL = cue(r"\b(?:typical(?:ly)?|usual(?:ly)?|normally|average|around|approximately|about)\b")
_MONTHS_OF_A_YEAR = 12
_UNITS = ("year", "month")
_CONTEXT = 60


def read_project_period(page: Page) -> ProjectPeriod | None:
    """Return how long a project lasts; None where `page` does not say, or says it differently in several places.

    What is typical or about so long is inferred.
    """
    found = [period for sentence in page.sentences for period in _periods(page, sentence)]
    lengths = {(period.minimum_months, period.maximum_months) for period in found}
    return found[0] if len(lengths) == 1 else None


def _periods(page: Page, sentence: Sentence) -> list[ProjectPeriod]:
    """Return the lengths by the first pattern that finds any; the earlier ones are surer."""
    if not any(unit in sentence.folded for unit in _UNITS) or PAST.search(sentence.words):
        return []
    found = ([_period(page, sentence, match) for match in pattern.finditer(sentence.words)] for pattern in _PATTERNS)
    return next(filter(None, (list(filter(None, periods)) for periods in found)), [])


def _period(page: Page, sentence: Sentence, match: re.Match[str]) -> ProjectPeriod | None:
    told = sentence.words[max(0, match.start() - _CONTEXT) : match.end()]
    low, high = _ends(match)
    if _NOT_THE_WHOLE.search(told) or is_passed_on(sentence.words) or (low and high and low > high):
        return None
    basis = Basis.INFERRED if _USUAL.search(told) else Basis.STATED
    return ProjectPeriod(low, high, page.quote_within(sentence, Span(*match.span())), basis)


def _ends(match: re.Match[str]) -> tuple[int | None, int | None]:
    """Return the least and the most months; a limit leaves the other end open."""
    low, high = _months(match, "low"), _months(match, "high")
    if match["least"] or match["bound"] == "minimum":
        return high, None
    if match["limit"] or match["bound"] == "maximum":
        return low, high
    return (high if low is None else low), high


def _months(match: re.Match[str], name: str) -> int | None:
    if match[name] is None:
        return None
    written = match[name].split("(")[0].strip().lower()
    count = _WORDS.get(written) or int(written)
    return count * (_MONTHS_OF_A_YEAR if match["unit"].lower() == "year" else 1)
