"""What all rules share: who may refuse, whether amounts can be compared, and lists in words."""

from collections.abc import Sequence

from matcher.domain.evidence import Fact
from matcher.domain.vocabulary import Basis, Verdict
from matcher.text.money import find_money


def refusal(*bases: Basis) -> Verdict:
    """Return INELIGIBLE where every side says outright what shuts the applicant out, else UNKNOWN."""
    return Verdict.UNKNOWN if Basis.INFERRED in bases else Verdict.INELIGIBLE


def is_comparable(amount: Fact[int], currency: str) -> bool:
    """Whether the words of an amount name the `currency` (ISO 4217) or none at all."""
    named = {mention.currency for mention in find_money(amount.quote.text)} if amount.quote else set()
    return not named or currency in named


def listed(words: Sequence[str]) -> str:
    """Return the words as a person lists alternatives: "a, b or c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def hedged(basis: Basis, stated: str, inferred: str) -> str:
    """Return the words that fit how sure the reading of a fact is."""
    return inferred if basis is Basis.INFERRED else stated
