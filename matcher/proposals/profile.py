"""What a proposal says of its applicant: fields first, then its own sentences; nothing is guessed."""

import re
from collections.abc import Iterable, Iterator, Sequence

from matcher.domain.evidence import Fact, Quote
from matcher.domain.proposal import ApplicantProfile, Section
from matcher.domain.vocabulary import ApplicantType, Basis
from matcher.proposals.applicant import type_answers, type_by_name, types_said
from matcher.proposals.cost_share import cost_share_answered, cost_share_said
from matcher.proposals.fields import Field
from matcher.proposals.figures import amount_answered, amount_said, people_answered, people_said
from matcher.proposals.partners import partners_answered, partners_said
from matcher.proposals.roles import Role, role_of
from matcher.proposals.size import budget_said, employees_answered, employees_said
from matcher.proposals.statements import applicant_pattern, statements_of

_PLACE_WORDS = 8
"""Names of places are shorter; a longer value is prose, from which no place is taken."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def profile_of(
    fields: Sequence[Field], sections: Sequence[Section], organization: Quote | None, original: str
) -> ApplicantProfile:
    """Return the profile that `fields` and the sentences of `sections` state; spans point into `original`."""
    statements = list(statements_of(sections))
    applicant = applicant_pattern(organization.text if organization else None, sections)
    stated = type_answers(value.quote for field in _having(Role.APPLICANT_TYPE, fields) for value in field.values)
    named = type_by_name(organization) if organization else ()
    return ApplicantProfile(
        applicant_types=_surest([*stated, *types_said(statements, applicant, original), *named]),
        partner_types=_surest(
            [
                *partners_answered(_having(Role.PARTNERS, fields)),
                *partners_said(statements, applicant, original),
            ]
        ),
        places=tuple(_places(_having(Role.PLACES, fields))),
        people_served=people_answered(_having(Role.PEOPLE, fields)) or people_said(statements, applicant, original),
        employees=employees_answered(_having(Role.EMPLOYEES, fields))
        or employees_said(statements, applicant, original),
        annual_budget=amount_answered(_having(Role.BUDGET, fields)) or budget_said(statements, applicant, original),
        amount_requested=amount_answered(_having(Role.AMOUNT, fields)) or amount_said(statements, applicant, original),
        offers_cost_share=cost_share_answered(_having(Role.COST_SHARE, fields))
        or cost_share_said(statements, applicant, original),
        year=_year(_having(Role.YEAR, fields)),
    )


def _having(role: Role, fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if role_of(field) is role]


def _surest(facts: Iterable[Fact[ApplicantType]]) -> tuple[Fact[ApplicantType], ...]:
    """Keep one fact for each type, a stated one before an inferred one."""
    kept: dict[ApplicantType, Fact[ApplicantType]] = {}
    for fact in facts:
        if fact.value not in kept or (kept[fact.value].basis is Basis.INFERRED and fact.basis is Basis.STATED):
            kept[fact.value] = fact
    return tuple(kept.values())


def _places(fields: Iterable[Field]) -> Iterator[Fact[str]]:
    seen: set[str] = set()
    for field in fields:
        for value in field.values:
            for quote in _separate(value.quote):
                if len(quote.text.split()) <= _PLACE_WORDS and quote.text.casefold() not in seen:
                    seen.add(quote.text.casefold())
                    yield Fact(quote.text, quote)


def _separate(quote: Quote) -> Iterator[Quote]:
    """Yield the parts of a value between semicolons; commas also stand within the name of a place."""
    for part in filter(None, map(str.strip, quote.text.strip(" -*•").split(";"))):
        yield Quote(part, quote.span)


def _year(fields: Iterable[Field]) -> Fact[int] | None:
    for field in fields:
        found = _YEAR.search(field.answer)
        if found:
            return Fact(int(found.group()), field.values[0].quote)
    return None
