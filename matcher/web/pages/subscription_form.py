"""The form by which somebody asks for a digest: what it shows, and what was written into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matcher.domain.subscription import EVERY_PART, DigestPart, Subscription
from matcher.errors import InputRejected
from matcher.services.subscribe import Wish
from matcher.services.subscription_words import WEEKDAYS
from matcher.web.pages.queries import parsed

_COMMON_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "America/Puerto_Rico", "Europe/London", "Europe/Brussels", "UTC",
)  # fmt: skip

_REGIONS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})

_PART_WORDS = {
    DigestPart.NEW: "new opportunities that fit",
    DigestPart.CHANGED: "amended notices that moved a fit",
    DigestPart.CLOSING: "deadlines that come near",
    DigestPart.LEFT_OUT: "what was left out, and why",
}
_FITS = (
    (0.2, "from weak (0.20)"),
    (0.4, "from possible (0.40)"),
    (0.7, "from strong (0.70)"),
)


class ScheduleFields(BaseModel):
    """When a digest comes and what it tells, as a browser sends it; an unchecked box is not sent at all."""

    model_config = ConfigDict(extra="forbid")

    weekday: int = Field(0, ge=0, le=6)
    hour: int = Field(8, ge=0, le=23)
    time_zone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = "UTC"
    minimum_fit: float = Field(0.4, ge=0, le=1)
    parts: tuple[DigestPart, ...] = ()
    mails_quiet_weeks: bool = False
    wants_reminders: bool = False


class SubscriptionFields(ScheduleFields):
    """The same, and for whom."""

    email_address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
    proposal_id: str | None = None


Fields = TypeVar("Fields", bound=ScheduleFields)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader can choose from."""

    weekdays: Sequence[str]
    zones: Sequence[str]
    fits: Sequence[tuple[float, str]]
    part_words: Mapping[DigestPart, str]


@dataclass(frozen=True, slots=True)
class FormState:
    """What stands in the form: the values that are shown, and what is wrong with them, if anything."""

    values: Mapping[str, Sequence[str]]
    problem: str | None = None

    def value(self, name: str) -> str:
        """Return what stands in a field; empty if nothing does."""
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, value: object) -> bool:
        """Whether a value is chosen."""
        return str(value) in self.values.get(name, ())


def new_form(proposal_id: str, known: Sequence[Subscription]) -> FormState:
    """Return the form as it is shown first; who had a digest before most likely wants the next one at the same time."""
    like = known[-1] if known else Subscription("", None, "", time_zone=_COMMON_ZONES[0])
    asked = replace(like, parts=EVERY_PART, mails_quiet_weeks=False, wants_reminders=False)
    return FormState({**form_of(asked).values, "proposal_id": [proposal_id]})


def form_of(subscription: Subscription) -> FormState:
    """Return the form with the schedule of a subscription in it."""
    stored = ScheduleFields.model_validate(subscription, from_attributes=True)
    written: dict[str, Sequence[str]] = {name: [str(value)] for name, value in stored if not isinstance(value, bool)}
    checked = {name: ["true"] for name, value in stored if value is True}
    return FormState({**written, **checked, "parts": [part.value for part in stored.parts]})


def wish_of(written: Mapping[str, list[str]]) -> Wish:
    """Return what was written into the form as the wish that it is.

    Raises:
        InputRejected: A field is missing or unusable; the error names it.
    """
    return Wish(**_filled_in(SubscriptionFields, written).model_dump())


def amended(subscription: Subscription, written: Mapping[str, list[str]]) -> Subscription:
    """Return a subscription with the schedule that was written into the form.

    Raises:
        InputRejected: A field is unusable; the error names it.
    """
    return replace(subscription, **_filled_in(ScheduleFields, written).model_dump())


def choices() -> Choices:
    """Return what is offered; of the time zones, the common ones first."""
    zones = [*_COMMON_ZONES, *sorted(zone for zone in available_timezones() if _is_place(zone))]
    return Choices(WEEKDAYS, zones, _FITS, _PART_WORDS)


def what_is_wrong(refusal: InputRejected) -> str:
    """Return what is wrong as a sentence, with the name of the field as the form writes it."""
    return f"{refusal.source.replace('_', ' ')}: {refusal.reason}" if refusal.source else refusal.reason


def _filled_in(model: type[Fields], written: Mapping[str, list[str]]) -> Fields:
    fields = parsed(model, written)
    if not fields.parts:
        raise InputRejected("choose at least one part", source="what the mail tells")
    return fields


def _is_place(zone: str) -> bool:
    """Whether a zone is named by a place that is not offered already; there are hundreds of older names beside."""
    return zone not in _COMMON_ZONES and zone.partition("/")[0] in _REGIONS
