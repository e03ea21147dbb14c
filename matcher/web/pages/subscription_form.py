"""The form by which somebody asks for a digest: what it shows, and what was written into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matcher.domain.subscription import EVERY_PART, DigestPart, Subscription
from matcher.errors import InputRejected
from matcher.services.subscribe import Wish
from matcher.web.pages.queries import parsed

_COMMON_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
    "Pacific/Honolulu", "America/Puerto_Rico", "Europe/London", "Europe/Brussels", "UTC",
)  # fmt: skip

_REGIONS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})

PART_WORDS = {
    DigestPart.NEW: "new opportunities that fit",
    DigestPart.CHANGED: "amended notices that moved a fit",
    DigestPart.CLOSING: "deadlines that come near",
    DigestPart.LEFT_OUT: "what was left out, and why",
}
FITS = (
    (0.2, "weak ones too, from 0.20"),
    (0.4, "possible and strong, from 0.40"),
    (0.7, "strong ones only, from 0.70"),
)


class SubscriptionFields(BaseModel):
    """The fields of the form, as a browser sends them; an unchecked box is not sent at all."""

    model_config = ConfigDict(extra="forbid")

    email_address: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=320)]
    proposal_id: str | None = None
    weekday: int = Field(0, ge=0, le=6)
    hour: int = Field(8, ge=0, le=23)
    time_zone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] = "UTC"
    minimum_fit: float = Field(0.4, ge=0, le=1)
    parts: tuple[DigestPart, ...] = ()
    mails_quiet_weeks: bool = False
    wants_reminders: bool = False


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
    return FormState(
        {
            "proposal_id": [proposal_id],
            "weekday": [str(like.weekday)],
            "hour": [str(like.hour)],
            "time_zone": [like.time_zone],
            "minimum_fit": [str(like.minimum_fit)],
            "parts": [part.value for part in EVERY_PART],
        }
    )


def wish_of(written: Mapping[str, list[str]]) -> Wish:
    """Return what was written into the form as the wish that it is.

    Raises:
        InputRejected: A field is missing or unusable; the error names it.
    """
    fields = parsed(SubscriptionFields, written)
    if not fields.parts:
        raise InputRejected("choose at least one part", source="what the mail tells")
    return Wish(**fields.model_dump())


def zones() -> list[str]:
    """Return the time zones that are offered, the common ones first."""
    return [*_COMMON_ZONES, *sorted(zone for zone in available_timezones() if _is_place(zone))]


def _is_place(zone: str) -> bool:
    """Whether a zone is named by a place that is not offered already; there are hundreds of older names beside."""
    return zone not in _COMMON_ZONES and zone.partition("/")[0] in _REGIONS
