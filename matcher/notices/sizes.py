"""Thresholds of size from prose: "an annual operating budget under $1 million", "fewer than 500 employees"."""

import re
from collections.abc import Iterator

from matcher.domain.opportunity import SizeLimit
from matcher.domain.vocabulary import SizeMeasure
from matcher.notices.page import Page, Sentence
from matcher.notices.wording import cue
from matcher.text.money import MoneyMention

_NUMBER = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,2})?"
_MILLION = 1_000_000
_COUNT = cue(
    r"(?:(?:(?P<least>at least|no (?:fewer|less) than|(?:a )?minimum of)|(?P<above>more than|over|above"
    r"|exceed(?:s|ing)?)"
    r"|(?P<most>at most|up to|no more than|not more than|(?:a )?maximum of)"
    r"|(?P<below>fewer than|less than|under|below)) )?"
    rf"(?<![\d.,$€£])(?P<low>{_NUMBER})(?![\d%])(?P<scale> million)?"
    rf"(?: ?(?:-|–|to|and) ?(?P<high>{_NUMBER})(?![\d%])|(?P<or_more>\+| or (?:more|greater|above)| and above)"
    r"|(?P<or_less> or (?:fewer|less|below)))?"
)
_EMPLOYEES = cue(r" (?:[a-z-]{1,20} ){0,3}?(?:employees|staff(?: members)?|FTEs?|full-time equivalents?)\b")
_PEOPLE = cue(r" (?:[a-z-]{1,20} ){0,2}?(?:people|residents|inhabitants|persons|students|individuals|patients)\b")
_POPULATION = cue(r"\bpopulations? (?:(?:of|is|with|that is|totaling) ){0,2}$")
_SERVING = cue(r"\b(?:serv(?:e|es|ing)|enroll(?:s|ing|ments? of)?|reach(?:es|ing)?) $")
_BUDGET = cue(
    r"(?<!project\s)(?<!program\s)(?<!research\s)(?<!grant\s)"
    r"\b(?:annual|operating|organi[sz]ational|total|yearly|agency|overall) (?:[a-z-]{1,14} ){0,2}?"
    r"(?:budgets?|revenues?|incomes?|expenses|expenditures)(?: size)?\b"
)
_BETWEEN_THEM = cue(
    r"^(?: ?\(?(?:is|are|of|was|were|be|that|does|do|not|must|may|between|from|or|and|no|at|,)){0,5} ?$"
)
_BEYOND_BELOW = cue(r"\b(?:under|less than|below|fewer than|smaller than) ?$")
_BEYOND_ABOVE = cue(r"\b(?:more than|over|above|greater than|exceeding|exceeds?) ?$")
_BINDS = cue(
    r"\b(?:eligible|eligibility|must|shall|only|limited to|restricted to|required|may apply|can apply|open to"
    r"|applicants?|organizations? with|nonprofits? with)\b"
)
_MAYBE = cue(
    r"\b(?:preference|prefer(?:red|s)?|priority|encouraged|typically|generally|for example|such as|may exceed)\b"
)
_BEFORE = 60


def size_limits(page: Page, sentence: Sentence) -> Iterator[SizeLimit]:
    """Yield the thresholds that a sentence sets for applicants; a wish or an example sets none."""
    if _BINDS.search(sentence.words) is None or _MAYBE.search(sentence.words):
        return
    for measure, low, high, start, end in (*_budgets(sentence), *_counts(sentence)):
        yield SizeLimit(measure, low, high, page.quote(sentence.span_of(start, end)))


_Found = tuple[SizeMeasure, int | None, int | None, int, int]


def _budgets(sentence: Sentence) -> Iterator[_Found]:
    for noun in _BUDGET.finditer(sentence.words):
        for money in sentence.money:
            between = sentence.words[noun.end() : money.span.start]
            if money.span.start >= noun.end() and len(between) <= _BEFORE and _BETWEEN_THEM.match(_bare(between)):
                low, high = _ends(sentence.words, money)
                if (low, high) != (None, None):
                    yield SizeMeasure.ANNUAL_BUDGET, low, high, noun.start(), money.span.end
                break


def _bare(between: str) -> str:
    """Return the words between a noun and its amount without those of the limit itself."""
    return _BEYOND_ABOVE.sub("", _BEYOND_BELOW.sub("", between))


def _ends(words: str, money: MoneyMention) -> tuple[int | None, int | None]:
    """Return the ends of a limit; an amount without a word of limiting is none, and "under" leaves the amount out."""
    before = words[max(0, money.span.start - _BEFORE) : money.span.start]
    written = words[money.span.start : money.span.end].lower()
    low, high = money.minimum, money.maximum
    if low is not None and low == high:
        if _BEYOND_BELOW.search(before):
            return None, low - 1
        return (low + 1, None) if _BEYOND_ABOVE.search(before) else (None, None)
    if low is None and high is not None and written.startswith(("under", "less than", "below")):
        return None, high - 1
    if high is None and low is not None and written.startswith(("more than", "over")):
        return low + 1, None
    return low, high


def _counts(sentence: Sentence) -> Iterator[_Found]:
    words = sentence.words
    if sentence.money:
        return  # sizes beside amounts are tiers of awards
    taken = [(day.span.start, day.span.end) for day in sentence.dates]
    for match in _COUNT.finditer(words):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        found, ends = _measure(words, match), _count_ends(match)
        if found is not None and ends is not None:
            measure, start, end = found
            yield measure, *ends, start, end


def _measure(words: str, match: re.Match[str]) -> tuple[SizeMeasure, int, int] | None:
    """Return what a number counts, and the stretch of the words that say so."""
    first = max(0, match.start() - _BEFORE)
    before = words[first : match.start()]
    employees, people = _EMPLOYEES.match(words, match.end()), _PEOPLE.match(words, match.end())
    if employees:
        return SizeMeasure.EMPLOYEES, match.start(), employees.end()
    serving = _POPULATION.search(before) or (_SERVING.search(before) if people else None)
    if serving is None:
        return None
    return SizeMeasure.PEOPLE_SERVED, first + serving.start(), people.end() if people else match.end()


def _count_ends(match: re.Match[str]) -> tuple[int | None, int | None] | None:
    low = _whole(match["low"], match["scale"])
    if match["high"]:
        high = _whole(match["high"], None)
        return (low, high) if low <= high else None
    if match["least"] or match["or_more"]:
        return low, None
    if match["above"]:
        return low + 1, None
    if match["most"] or match["or_less"]:
        return None, low
    return (None, low - 1) if match["below"] else None


def _whole(digits: str, scale: str | None) -> int:
    number = float(digits.replace(",", ""))
    return round(number * _MILLION) if scale else round(number)
