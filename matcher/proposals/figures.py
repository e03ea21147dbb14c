"""Numbers that a proposal states of itself: the people it serves and the money it asks for."""

import re
from collections.abc import Iterable, Iterator

from matcher.domain.evidence import Fact
from matcher.domain.vocabulary import Basis
from matcher.proposals.fields import Field
from matcher.proposals.statements import Statement
from matcher.text.money import MoneyMention, find_money

NUMBER = r"(?<![\d.,$])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\d%]|[.,]\d|\s?(?:percent|million|thousand)\b)"
"""A whole number that is no part of an amount, a share or a decimal."""
_NUMBERS = re.compile(NUMBER)
_DIRECT = re.compile(rf"(?<!in)\bdirect(?:ly)?\b\D{{0,40}}(?P<number>{NUMBER})", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")
_PEOPLE = (
    r"(?:people|persons|individuals|students|pupils|learners|scholars|youths?|children|kids|participants|clients"
    r"|families|residents|adults|seniors|veterans|patients|teachers|households)"
)
_SERVES = re.compile(
    rf"\b(?:educating|educates?|serving|serves?|enrolling|enrolls?|reaching|reach(?:es)?|teaching|teach(?:es)?)\s+"
    rf"(?:[a-z]+\s+){{0,3}}?(?P<number>{NUMBER})\s+(?:[\w’'-]+,?\s+){{0,4}}?{_PEOPLE}\b"
)
NOT_NOW = re.compile(
    r"\b(?:will|would|could|may|might|plans?|planned|planning|goal|aims?|hopes?|intends?|proposes?|ultimately|by 20\d\d"
    r"|over the next|since (?:19|20)\d\d|to date|if|to (?:serve|educate|reach|enroll|teach))\b",
    re.IGNORECASE,
)
"""Words of plans, conditions and totals over years."""
_AMOUNT_LENGTH = 60
_REQUESTS = re.compile(
    r"\b(?:request(?:s|ing)?|seek(?:s|ing)?|ask(?:s|ing)? for|apply(?:ing)? for)\b[^.$€£]{0,60}", re.IGNORECASE
)


def people_answered(fields: Iterable[Field]) -> Fact[int] | None:
    """Return the number of people that the answers to "how many people …?" state, the direct one of several."""
    for field in fields:
        direct = _DIRECT.search(field.answer)
        numbers = _NUMBERS.findall(field.answer)
        written = direct["number"] if direct else numbers[0] if len(numbers) == 1 else None
        if written:
            value = next((value for value in field.values if written in value.text), field.values[0])
            return Fact(integer(written), value.quote)
    return None


def people_said(statements: Iterable[Statement], applicant: str, original: str) -> Fact[int] | None:
    """Return the number of people that the applicant says it serves now; the largest of several, then as inferred.

    Plans, totals over years, and sentences without the `applicant` (a regular expression) before the number are
    passed over.
    """
    said: list[tuple[int, Statement]] = []
    for statement in statements:
        subject = re.search(applicant, statement.text)
        if subject and not NOT_NOW.search(statement.text):
            found = _SERVES.finditer(statement.text, subject.end())
            said.extend((integer(figure["number"]), statement) for figure in found)
    if not said:
        return None
    number, statement = max(said, key=lambda entry: entry[0])
    is_only_one = all(other == number for other, _ in said)
    return Fact(number, statement.quote(original), Basis.STATED if is_only_one else Basis.INFERRED)


def amount_answered(fields: Iterable[Field]) -> Fact[int] | None:
    """Return the amount that is the answer, in whole units; None for a range or several amounts."""
    for field in fields:
        bare = _WHOLE_NUMBER.fullmatch(field.answer.strip())
        if bare:
            return Fact(integer(bare.group()), field.values[0].quote)
        amount = only_amount(field.answer)
        if amount is not None:
            value = next((value for value in field.values if find_money(value.text)), field.values[0])
            return Fact(amount, value.quote)
    return None


def amount_said(statements: Iterable[Statement], applicant: str, original: str) -> Fact[int] | None:
    """Return the amount of the one sentence in which the applicant requests money, or None."""
    for statement in statements:
        if not re.search(applicant, statement.text):
            continue
        for asked in _REQUESTS.finditer(statement.text):
            amount = only_amount(statement.text[asked.start() : asked.end() + _AMOUNT_LENGTH])
            if amount is not None:
                return Fact(amount, statement.quote(original))
    return None


def only_amount(text: str) -> int | None:
    """Return the amount that `text` names, in whole units; None for a limit, a range or several amounts."""
    amounts = {amount for mention in find_money(text) for amount in _exact(mention)}
    return amounts.pop() if len(amounts) == 1 else None


def integer(written: str) -> int:
    """Return the whole number that digits with commas write."""
    return int(written.replace(",", ""))


def _exact(mention: MoneyMention) -> Iterator[int]:
    if mention.minimum is not None and mention.minimum == mention.maximum:
        yield mention.minimum
