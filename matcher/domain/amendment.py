"""What changed between two revisions of an opportunity, field by field, as data and in a sentence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matcher.domain.evidence import Quote
from matcher.domain.opportunity import (
    APPLICATION,
    AwardTier,
    Opportunity,
    PartnerRequirement,
    Priority,
    ProjectPeriod,
    SelectionCriterion,
    SizeLimit,
)
from matcher.domain.wording import money

Plain = str | int | bool | None
Keyed = TypeVar("Keyed", bound=Priority | SelectionCriterion)

_ARROW = "→"
_NOTHING = "not stated"
_SHOWN_LENGTH = 120


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: its name in `Opportunity`, both values as plain data, and a sentence for a person.

    None stands for a value that is not stated. Of running texts both values are the numbers of words.
    """

    field: str
    before: Plain
    after: Plain
    sentence: str


def differences(before: Opportunity, after: Opportunity) -> tuple[FieldChange, ...]:
    """Return every field that differs, what an applicant must know first; empty only if the two are equal."""
    changes = (
        *_dates(before, after),
        *_plain_fields(before, after),
        *_money_fields(before, after),
        *_lists(before, after),
        *_keyed("priorities", before.priorities, after.priorities, _priority_words),
        *_keyed("selection_criteria", before.selection_criteria, after.selection_criteria, _criterion_words),
        *_text("description", before.description, after.description),
        *_text("text", before.text, after.text),
    )
    if not changes and before != after:
        return (FieldChange("reading", None, None, "the notice is read in another way; no value of it changed"),)
    return changes


def field_label(field: str) -> str:
    """Return what a person calls the field of a `FieldChange`: "close date" for `key_dates.application`."""
    room, _, name = field.partition(".")
    if room == "key_dates":
        return _date_label(name)
    plain = {
        **_PLAIN_FIELDS,
        **{f"funding.{own}": label for own, label in (_MONEY_FIELDS | _OTHER_MONEY_FIELDS).items()},
    }
    listed = {own: label for own, label, _ in _LISTS}
    return (plain | listed).get(field) or _KEYED_FIELDS.get(room) or _TEXT_FIELDS.get(field, field)


_KEYED_FIELDS = {"priorities": "priority", "selection_criteria": "selection criterion"}
_TEXT_FIELDS = {"description": "description", "text": "text of the notice", "reading": "reading of the notice"}


def _date_label(name: str) -> str:
    return _DATE_LABELS.get(name, f"date “{name}”")


_DATE_LABELS = {
    APPLICATION: "close date",
    "intent": "date for letters of intent",
    "post": "post date",
    "award": "award date",
    "archive": "archive date",
    "start": "start of projects",
    "end": "end of projects",
}


def _dates(before: Opportunity, after: Opportunity) -> Iterator[FieldChange]:
    """Compare the days of each milestone; days that both name do not count as moved."""
    named = {key.name: None for key in (*before.key_dates, *after.key_dates)}
    for name in sorted(named, key=lambda name: (name != APPLICATION, name)):
        old, new = (
            [_day(key.day.year, key.day.month, key.day.day) for key in side.key_dates if key.name == name]
            for side in (before, after)
        )
        gone, come = list((Counter(old) - Counter(new)).elements()), list((Counter(new) - Counter(old)).elements())
        for index in range(max(len(gone), len(come))):
            was, now = (days[index] if index < len(days) else None for days in (gone, come))
            yield _change(f"key_dates.{name}", _date_label(name), was, now)


def _day(year: int | None, month: int, day: int) -> str:
    """Return a date in the form of ISO 8601, with its two hyphens for a year that is not stated."""
    return f"--{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"


_PLAIN_FIELDS = {
    "title": "title",
    "status": "status",
    "is_rolling": "applications at any time",
    "agency_name": "agency",
    "agency_code": "agency code",
    "opportunity_number": "opportunity number",
    "source_url": "address of the notice",
}


def _plain_fields(before: Opportunity, after: Opportunity) -> Iterator[FieldChange]:
    for field, label in _PLAIN_FIELDS.items():
        was, now = getattr(before, field), getattr(after, field)
        if was != now:
            yield _change(field, label, was, now)


_MONEY_FIELDS = {
    "award_ceiling": "largest award",
    "award_floor": "smallest award",
    "estimated_total_program_funding": "total funding",
    "typical_award_minimum": "typical award, at least",
    "typical_award_maximum": "typical award, at most",
}
_OTHER_MONEY_FIELDS = {
    "expected_number_of_awards": "expected awards",
    "is_cost_sharing": "cost sharing",
    "currency": "currency",
}


def _money_fields(before: Opportunity, after: Opportunity) -> Iterator[FieldChange]:
    old, new = before.funding, after.funding
    for field, label in _MONEY_FIELDS.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            words = [None if amount is None else money(amount, old.currency) for amount in (was, now)]
            yield _change(f"funding.{field}", label, was, now, words)
    for field, label in _OTHER_MONEY_FIELDS.items():
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield _change(f"funding.{field}", label, was, now)


def _lists(before: Opportunity, after: Opportunity) -> Iterator[FieldChange]:
    """Compare what comes as a list in which the order tells nothing."""
    for field, label, words in _LISTS:
        old, new = words(before), words(after)
        gone, come = [item for item in old if item not in new], [item for item in new if item not in old]
        if not gone and not come:
            continue
        parts = [f"{sign} {_short('; '.join(items))}" for sign, items in (("no longer", gone), ("now", come)) if items]
        yield FieldChange(field, "; ".join(old) or None, "; ".join(new) or None, f"{label}: {', '.join(parts)}")


def _quotes(quotes: Iterable[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def _tier_words(tier: AwardTier) -> str:
    money_range = f"{_or_open(tier.award_floor)} to {_or_open(tier.award_ceiling)}"
    return f"{money_range} for {_or_open(tier.people_served_minimum)} to {_or_open(tier.people_served_maximum)} people"


def _size_words(limit: SizeLimit) -> str:
    return f"{limit.measure.value.replace('_', ' ')} {_or_open(limit.minimum)} to {_or_open(limit.maximum)}"


def _partner_words(partner: PartnerRequirement) -> str:
    return " or ".join(kind.label for kind in partner.applicant_types)


def _or_open(number: int | None) -> str:
    return "open" if number is None else f"{number:,}"


def _period_words(period: ProjectPeriod) -> str:
    return f"{_or_open(period.minimum_months)} to {_or_open(period.maximum_months)} months"


_LISTS: tuple[tuple[str, str, Callable[[Opportunity], list[str]]], ...] = (
    (
        "eligibility.applicant_types",
        "who may apply",
        lambda found: [kind.label for kind in found.eligibility.applicant_types],
    ),
    (
        "eligibility.excluded_types",
        "who may not apply",
        lambda found: [kind.label for kind in found.eligibility.excluded_types],
    ),
    (
        "eligibility.unrecognized_types",
        "who may apply, in other words",
        lambda found: list(found.eligibility.unrecognized_types),
    ),
    ("eligibility.places", "places", lambda found: list(found.eligibility.places)),
    (
        "eligibility.size_limits",
        "size limits",
        lambda found: [_size_words(one) for one in found.eligibility.size_limits],
    ),
    (
        "eligibility.required_partners",
        "required partners",
        lambda found: [_partner_words(one) for one in found.eligibility.required_partners],
    ),
    ("eligibility.conditions", "what else is asked of applicants", lambda found: _quotes(found.eligibility.conditions)),
    ("eligibility.note", "words on eligibility", lambda found: _quotes(filter(None, [found.eligibility.note]))),
    ("funding.tiers", "award by size", lambda found: [_tier_words(tier) for tier in found.funding.tiers]),
    ("activities", "what is funded", lambda found: _quotes(found.activities)),
    ("exclusions", "what is not funded", lambda found: _quotes(found.exclusions)),
    (
        "project_period",
        "length of projects",
        lambda found: [_period_words(found.project_period)] if found.project_period else [],
    ),
    ("assistance_listing_numbers", "assistance listings", lambda found: list(found.assistance_listing_numbers)),
    ("funding_categories", "funding categories", lambda found: list(found.funding_categories)),
    ("funding_instruments", "funding instruments", lambda found: list(found.funding_instruments)),
    ("source_codes", "codes of the source", lambda found: [f"{code.name} {code.code}" for code in found.source_codes]),
)


def _keyed(
    field: str, before: Sequence[Keyed], after: Sequence[Keyed], words: Callable[[Keyed], str]
) -> Iterator[FieldChange]:
    """Compare what has a key of its own; the words of an item stand for all of it."""
    old = {item.key: words(item) for item in before}
    new = {item.key: words(item) for item in after}
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was != now:
            yield _change(f"{field}.{key}", _KEYED_FIELDS[field], was, now)


def _priority_words(priority: Priority) -> str:
    asked = "; ".join(element.quote.text for element in priority.elements)
    words = (
        f"{priority.title}{_points(priority.points)}, {priority.kind.value.replace('_', ' ')}: {priority.quote.text}"
    )
    return f"{words} ({asked})" if asked else words


def _criterion_words(criterion: SelectionCriterion) -> str:
    return f"{criterion.title}{_points(criterion.points)}: {criterion.quote.text}"


def _points(points: int | None) -> str:
    return "" if points is None else f" ({points} points)"


def _text(field: str, before: str, after: str) -> Iterator[FieldChange]:
    """Compare two running texts by their words; which ones moved is for the reader of both revisions."""
    if before == after:
        return
    old, new = Counter(before.split()), Counter(after.split())
    come, gone = (new - old).total(), (old - new).total()
    moved = f"{come:,} words added, {gone:,} removed" if come or gone else "the same words in another form"
    yield FieldChange(field, old.total(), new.total(), f"{_TEXT_FIELDS[field]}: {moved}")


def _change(
    field: str, label: str, before: Plain, after: Plain, words: Sequence[str | None] | None = None
) -> FieldChange:
    was, now = words or [None if value is None else _words(value) for value in (before, after)]
    sentence = f"{label} {_short(was or _NOTHING)} {_ARROW} {_short(now or _NOTHING)}"
    return FieldChange(field, before, after, sentence)


def _words(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN_LENGTH else f"{words[: _SHOWN_LENGTH - 2].rstrip()} …"
