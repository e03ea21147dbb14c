"""How large the applicant is: its budget of a year and the people it employs, never those of others."""

import re
from collections.abc import Iterable, Iterator

from matcher.domain.evidence import Fact
from matcher.domain.vocabulary import Basis
from matcher.proposals.fields import Field
from matcher.proposals.figures import NOT_NOW, NUMBER, integer, only_amount
from matcher.proposals.statements import Statement

_ROUGHLY = re.compile(
    r"\b(?:about|approximately|approx|around|roughly|nearly|almost|close to|some|estimated|over|more than|less than"
    r"|under|at least|up to)\b|~",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:for|to|by|from|between|among|like|unlike|not|never|other|alongside|serv\w+|support\w*|partner\w*"
    r"|collaborat\w*|help\w*|assist\w*|train\w*|fund\w*|work\w*|that|which|who|whose|if|whether|their|its|than)\b",
    re.IGNORECASE,
)
_BUDGET = (
    r"(?:(?:total|current|overall|modest|small|entire)\s+)*(?:annual|yearly|operating|organi[sz]ational)\s+"
    r"(?:(?:annual|operating|organi[sz]ational|cash)\s+)*budget\b"
)
_AMOUNT_LENGTH = 60
_STAFF = r"(?:[a-z-]+,?\s+){0,3}?(?:employees|staff(?:\s+members)?(?!\w)|people\s+on\s+staff)"


def employees_answered(fields: Iterable[Field]) -> Fact[int] | None:
    """Return the number of employees that the answer to "how many employees …?" states; None for several numbers."""
    for field in fields:
        numbers = re.findall(NUMBER, field.answer)
        if len(numbers) == 1:
            return Fact(integer(numbers[0]), field.values[0].quote, _basis(field.answer))
    return None


def employees_said(statements: Iterable[Statement], applicant: str, original: str) -> Fact[int] | None:
    """Return the number of people that the applicant says it employs now; None for several numbers in a sentence.

    A number of volunteers, and one that covers only those who work full time or part time, is passed over.
    """
    said = re.compile(
        rf"{applicant}(?P<gap>(?:\s+[^\s,;]+,?){{0,10}}?)\s+(?:has|have|employs?|with)\s+(?P<words>(?:[a-z-]+\s+){{0,4}}?)"
        rf"(?P<number>{NUMBER})\s+{_STAFF}"
        rf"|(?<!\w)[Oo]ur\s+(?:team|staff)\s+of\s+(?P<words_of>(?:[a-z-]+\s+){{0,3}}?)(?P<number_of>{NUMBER})"
    )
    for statement, found in _found(said, statements):
        written = found["number"] or found["number_of"]
        is_part = re.search(r"\b(?:full|part)[\s-]?time\b|volunteer", statement.text, re.IGNORECASE) is not None
        if not is_part:
            return Fact(integer(written), statement.quote(original), _basis(found["words"] or found["words_of"] or ""))
    return None


def budget_said(statements: Iterable[Statement], applicant: str, original: str) -> Fact[int] | None:
    """Return what the applicant says it spends in a year, in whole units; a rough figure is marked as inferred.

    The budgets of projects and of others, limits, ranges and plans are passed over.
    """
    said = re.compile(
        rf"(?<!\w)(?:[Oo]ur|{applicant}['’]s)\s+(?P<own>){_BUDGET}"
        rf"|{applicant}(?P<gap>(?:\s+[^\s,;]+,?){{0,12}}?)\s+(?:has|have|with|on|operates?|manages?|oversees?)\s+"
        rf"(?:an?|our)\s+{_BUDGET}"
    )
    for statement, found in _found(said, statements):
        rest = re.split(r"[;]|\b(?:of which|while|but|compared)\b", statement.text[found.end() :])[0][:_AMOUNT_LENGTH]
        amount = only_amount(rest)
        if amount is not None:
            return Fact(amount, statement.quote(original), _basis(rest))
    return None


def _found(said: re.Pattern[str], statements: Iterable[Statement]) -> Iterator[tuple[Statement, re.Match[str]]]:
    """Yield where sentences about the present say it of the applicant itself."""
    for statement in statements:
        if NOT_NOW.search(statement.text):
            continue
        for found in said.finditer(statement.text):
            if not _OF_OTHERS.search(found["gap"] or ""):
                yield statement, found


def _basis(words: str) -> Basis:
    return Basis.INFERRED if _ROUGHLY.search(words) else Basis.STATED
