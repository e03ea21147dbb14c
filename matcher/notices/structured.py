"""Notices of named fields (our YAML or JSON), held to `notice_schema.json`."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import (
    AwardTier,
    Eligibility,
    FundingRange,
    KeyDate,
    Opportunity,
    PartnerRequirement,
    Priority,
    PriorityElement,
    SelectionCriterion,
    SizeLimit,
)
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, PriorityKind, SizeMeasure
from matcher.notices.element_keys import element_key
from matcher.notices.fields import Fields, Path, read_fields
from matcher.notices.publication import dated_by_publication
from matcher.notices.violations import Violation, rejection, schema_violations, violation
from matcher.text.alignment import locate
from matcher.text.documents import Document


def read_structured_notice(document: Document, *, published: date | None = None) -> Opportunity:
    """Read a notice of named fields; `published` completes dates whose year it leaves out.

    Quotes hold the clean words of a field, their spans the stretch of `document.text` that writes them.

    Raises:
        NoticeRejected: The file is no YAML or JSON, or departs from the schema; the one error names every violation
            with its line and field.
    """
    fields = read_fields(document)
    violations = schema_violations(fields) or tuple(sorted(_contradictions(fields)))
    if violations:
        raise rejection(violations, document.name)
    return _Reading(fields, document.text).opportunity(published)


class _Reading:
    """Builds the opportunity from fields that are known to be right."""

    def __init__(self, fields: Fields, text: str) -> None:
        self._fields = fields
        self._values = fields.values
        self._text = text

    def opportunity(self, published: date | None) -> Opportunity:
        """Return the whole opportunity."""
        values = self._values
        return Opportunity(
            opportunity_id=values["opportunity_id"],
            title=values["title"],
            text=self._text,
            agency_name=values.get("agency_name"),
            opportunity_number=values.get("opportunity_number"),
            description=values.get("description", ""),
            status=OpportunityStatus(values.get("status", OpportunityStatus.UNKNOWN)),
            priorities=tuple(self._priority(position) for position in range(len(values["priorities"]))),
            eligibility=self._eligibility(),
            funding=_funding(values.get("funding", {})),
            key_dates=dated_by_publication(tuple(map(_key_date, values.get("key_dates", ()))), published),
            is_rolling=values.get("is_rolling", False),
            assistance_listing_numbers=tuple(values.get("assistance_listing_numbers", ())),
            funding_categories=tuple(values.get("funding_categories", ())),
            source_url=values.get("source_url"),
            selection_criteria=tuple(map(self._criterion, range(len(values.get("selection_criteria", ()))))),
            activities=self._quotes("activities"),
            exclusions=self._quotes("exclusions"),
        )

    def _priority(self, position: int) -> Priority:
        values = self._values["priorities"][position]
        path: Path = ("priorities", position)
        elements = tuple(
            PriorityElement(element_key(values["key"], index), self._quote((*path, "elements", index), words))
            for index, words in enumerate(values.get("elements", ()))
        )
        return Priority(
            key=values["key"],
            kind=PriorityKind(values["kind"]),
            title=values["title"],
            quote=self._quote((*path, "text"), values["text"]),
            elements=elements,
            points=_whole(values, "points"),
        )

    def _criterion(self, position: int) -> SelectionCriterion:
        values = self._values["selection_criteria"][position]
        words = "text" if "text" in values else "title"
        return SelectionCriterion(
            key=values["key"],
            title=values["title"],
            quote=self._quote(("selection_criteria", position, words), values[words]),
            points=_whole(values, "points"),
        )

    def _quotes(self, name: str) -> tuple[Quote, ...]:
        return tuple(self._quote((name, index), words) for index, words in enumerate(self._values.get(name, ())))

    def _eligibility(self) -> Eligibility:
        values = self._values.get("eligibility", {})
        note = values.get("note")
        return Eligibility(
            applicant_types=_types(values, "applicant_types"),
            excluded_types=_types(values, "excluded_types"),
            size_limits=tuple(map(_size_limit, values.get("size_limits", ()))),
            required_partners=tuple(
                PartnerRequirement(_types(entry, "applicant_types")) for entry in values.get("required_partners", ())
            ),
            places=tuple(values.get("places", ())),
            note=self._quote(("eligibility", "note"), note) if note else None,
            conditions=tuple(
                self._quote(("eligibility", "conditions", index), words)
                for index, words in enumerate(values.get("conditions", ()))
            ),
        )

    def _quote(self, path: Path, words: str) -> Quote:
        within = self._fields.places[path].span
        return Quote(words, locate(words, self._text, within) or within)


def _types(values: dict[str, Any], name: str) -> tuple[ApplicantType, ...]:
    return tuple(map(ApplicantType, values.get(name, ())))


def _size_limit(values: dict[str, Any]) -> SizeLimit:
    return SizeLimit(SizeMeasure(values["measure"]), _whole(values, "minimum"), _whole(values, "maximum"))


def _funding(values: dict[str, Any]) -> FundingRange:
    return FundingRange(
        award_floor=_whole(values, "award_floor"),
        award_ceiling=_whole(values, "award_ceiling"),
        estimated_total_program_funding=_whole(values, "estimated_total_program_funding"),
        expected_number_of_awards=_whole(values, "expected_number_of_awards"),
        is_cost_sharing=values.get("is_cost_sharing"),
        currency=values.get("currency", "USD"),
        tiers=tuple(map(_tier, values.get("tiers", ()))),
        typical_award_minimum=_whole(values, "typical_award_minimum"),
        typical_award_maximum=_whole(values, "typical_award_maximum"),
    )


def _tier(values: dict[str, Any]) -> AwardTier:
    return AwardTier(
        award_floor=_whole(values, "award_floor"),
        award_ceiling=_whole(values, "award_ceiling"),
        people_served_minimum=_whole(values, "people_served_minimum"),
        people_served_maximum=_whole(values, "people_served_maximum"),
    )


def _whole(values: dict[str, Any], name: str) -> int | None:
    """Return a whole number; the schema lets 5.0 pass as one."""
    return None if name not in values else int(values[name])


def _key_date(values: dict[str, Any]) -> KeyDate:
    return KeyDate(values["name"], _day(values["date"]))


def _day(written: str) -> PartialDate:
    *year, month, day = map(int, written.split("-"))
    return PartialDate(month, day, *year)


_ORDERED = (
    ("award_floor", "award_ceiling"),
    ("typical_award_minimum", "typical_award_maximum"),
    ("people_served_minimum", "people_served_maximum"),
    ("minimum", "maximum"),
)


def _contradictions(fields: Fields) -> Iterator[Violation]:
    """Yield what a schema cannot say: days that no calendar has, keys used twice, floors above their ceilings."""
    for position, entry in enumerate(fields.values.get("key_dates", ())):
        try:
            _day(entry["date"])
        except ValueError:
            yield violation(fields, ("key_dates", position, "date"), f"is `{entry['date']}`, a day that does not exist")
    yield from _keys_used_twice(fields, "priorities", "priority")
    yield from _keys_used_twice(fields, "selection_criteria", "selection criterion")
    funding = fields.values.get("funding", {})
    groups: list[tuple[Path, dict[str, Any]]] = [(("funding",), funding)]
    groups += [(("funding", "tiers", position), tier) for position, tier in enumerate(funding.get("tiers", ()))]
    limits = fields.values.get("eligibility", {}).get("size_limits", ())
    groups += [(("eligibility", "size_limits", position), limit) for position, limit in enumerate(limits)]
    for path, group in groups:
        for low, high in _ORDERED:
            if low in group and high in group and group[low] > group[high]:
                yield violation(fields, (*path, low), f"is larger than {high}; exchange the two, or correct one")


def _keys_used_twice(fields: Fields, name: str, one: str) -> Iterator[Violation]:
    seen: set[str] = set()
    for position, entry in enumerate(fields.values.get(name, ())):
        if entry["key"] in seen:
            sentence = f"is `{entry['key']}`, which another {one} already has; give each its own"
            yield violation(fields, (name, position, "key"), sentence)
        seen.add(entry["key"])
