"""The money of a prose notice, each value with its words: the total, how many awards, and how large one may be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

from matcher.domain.evidence import Fact
from matcher.domain.opportunity import FundingEvidence, FundingRange
from matcher.domain.vocabulary import Basis
from matcher.notices.award_numbers import expected_number_of_awards
from matcher.notices.cost_sharing import is_cost_sharing
from matcher.notices.money_roles import Amount, Role, stated_amounts
from matcher.notices.page import Page
from matcher.notices.tiers import StatedTier, stated_tiers

Value = TypeVar("Value")

_Ends: TypeAlias = tuple[Fact[int] | None, Fact[int] | None]


def read_funding(page: Page) -> FundingRange:
    """Return what `page` says of the money; whatever it does not say is None, and tiers are the stated ones only.

    Amounts in another currency than the first one that has a role are left out.
    """
    tiers = stated_tiers(page)
    amounts = [*_tier_amounts(tiers), *stated_amounts(page)]
    currency = amounts[0].currency if amounts else "USD"
    amounts = [amount for amount in amounts if amount.currency == currency]
    floor, ceiling = _bounds([amount for amount in amounts if amount.role is Role.AWARD])
    least, most = _typical([amount for amount in amounts if amount.role is Role.TYPICAL])
    total = _total([amount for amount in amounts if amount.role is Role.TOTAL])
    count, is_shared = expected_number_of_awards(page), is_cost_sharing(page)
    facts: dict[str, Fact[int] | Fact[bool] | None] = {
        "award_floor": floor,
        "award_ceiling": ceiling,
        "estimated_total_program_funding": total,
        "expected_number_of_awards": count,
        "is_cost_sharing": is_shared,
        "typical_award_minimum": least,
        "typical_award_maximum": most,
    }
    return FundingRange(
        award_floor=_value(floor),
        award_ceiling=_value(ceiling),
        estimated_total_program_funding=_value(total),
        expected_number_of_awards=_value(count),
        is_cost_sharing=_value(is_shared),
        currency=currency,
        tiers=tuple(stated.tier for stated in tiers if stated.money.currency == currency),
        typical_award_minimum=_value(least),
        typical_award_maximum=_value(most),
        evidence=tuple(_evidence(facts)),
    )


def _value(fact: Fact[Value] | None) -> Value | None:
    return None if fact is None else fact.value


def _evidence(facts: Mapping[str, Fact[int] | Fact[bool] | None]) -> Iterator[FundingEvidence]:
    for field, fact in facts.items():
        if fact and fact.quote:
            yield FundingEvidence(field, fact.quote, fact.basis)


def _tier_amounts(tiers: Iterable[StatedTier]) -> Iterator[Amount]:
    for stated in tiers:
        quote = stated.tier.quote
        if quote:
            yield Amount(Role.AWARD, stated.money.minimum, stated.money.maximum, stated.money.currency, quote)


def _bounds(awards: Sequence[Amount]) -> _Ends:
    """Return the least and the most that one award may be; neither where they contradict each other."""
    floor, ceiling = _least(awards), _most(awards)
    return (None, None) if floor and ceiling and floor.value > ceiling.value else (floor, ceiling)


def _typical(amounts: Sequence[Amount]) -> _Ends:
    """Return both ends of what an award typically is; a notice that states several is read as stating none."""
    if len({(amount.minimum, amount.maximum) for amount in amounts}) != 1:
        return None, None
    return _least(amounts), _most(amounts)


def _least(amounts: Iterable[Amount]) -> Fact[int] | None:
    stated = [Fact(amount.minimum, amount.quote) for amount in amounts if amount.minimum is not None]
    return _weighed(min(stated, key=_amount_of), stated) if stated else None


def _most(amounts: Iterable[Amount]) -> Fact[int] | None:
    stated = [Fact(amount.maximum, amount.quote) for amount in amounts if amount.maximum is not None]
    return _weighed(max(stated, key=_amount_of), stated) if stated else None


def _total(amounts: Iterable[Amount]) -> Fact[int] | None:
    """Return the total where the notice states one, or parts that add up to it; ranges are no figure to rely on.

    Totals that differ are those of parts, of years or of other programs, and nothing says which.
    """
    stated = {whole: amount.quote for amount in amounts if (whole := _one(amount)) is not None}
    whole = max(stated, default=0)
    parts = sum(stated) - whole
    return Fact(whole, stated[whole]) if stated and parts in (0, whole) else None


def _one(amount: Amount) -> int | None:
    """Return an amount that is no range."""
    if None not in (amount.minimum, amount.maximum) and amount.minimum != amount.maximum:
        return None
    return amount.maximum if amount.maximum is not None else amount.minimum


def _amount_of(fact: Fact[int]) -> int:
    return fact.value


def _weighed(chosen: Fact[int], stated: Iterable[Fact[int]]) -> Fact[int]:
    """Return the value that was chosen, marked as inferred where the notice states others too."""
    is_alone = all(fact.value == chosen.value for fact in stated)
    return chosen if is_alone else replace(chosen, basis=Basis.INFERRED)
