"""The parts of a CommonGrants opportunity (protocol 0.4.0) that are read; all others are ignored.

What the protocol requires and a reader can do without is optional here, and null counts as left out; but what is there
must be what the protocol says it is. Texts are cleaned as they come in. https://commongrants.org/protocol
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue
from pydantic.alias_generators import to_camel

from matcher.notices.formats.cleaning import one_line, words


def _cleaned(value: object) -> object:
    return words(value) if isinstance(value, str) else value


def _on_one_line(value: object) -> object:
    return one_line(value) if isinstance(value, str) else value


def _written_day(value: object) -> object:
    """Refuse numbers, which would pass as seconds since 1970."""
    if not isinstance(value, str):
        raise ValueError("a day is written as text, such as 2026-12-31")
    return value


Words = Annotated[str, BeforeValidator(_cleaned)]
Line = Annotated[str, BeforeValidator(_on_one_line)]
Day = Annotated[date, BeforeValidator(_written_day)]
Count = Annotated[int, Field(ge=0, le=10**9)]


class _Part(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore", frozen=True)


class Choice(_Part):
    """A value of a fixed set, with words of the source where it is `custom`."""

    value: Line
    custom_value: Line | None = None


class Money(_Part):
    """An amount as text, so that nothing is rounded on the way."""

    amount: Decimal = Field(max_digits=30, allow_inf_nan=False)
    currency: str = Field(pattern=r"^[A-Za-z]{3}$")


class Funding(_Part):
    """What there is to give."""

    details: Words | None = None
    total_amount_available: Money | None = None
    min_award_amount: Money | None = None
    max_award_amount: Money | None = None
    min_award_count: Count | None = None
    max_award_count: Count | None = None
    estimated_award_count: Count | None = None


class Event(_Part):
    """One day, a range of days, or details in words: `event_type` singleDate, dateRange or other."""

    name: Line = ""
    event_type: str = ""
    day: Day | None = Field(default=None, alias="date")
    start_date: Day | None = None
    end_date: Day | None = None
    details: Words | None = None
    description: Words | None = None


class KeyDates(_Part):
    """The timeline."""

    post_date: Event | None = None
    close_date: Event | None = None
    other_dates: dict[str, Event] | None = None


class CustomField(_Part):
    """A field that the protocol does not have."""

    name: Line = ""
    value: JsonValue = None


class CommonGrantsOpportunity(_Part):
    """One opportunity."""

    id: Line = Field(min_length=1, max_length=200)
    title: Line = Field(min_length=1, max_length=1_000)
    status: Choice
    description: Words = ""
    funding: Funding | None = None
    key_dates: KeyDates | None = None
    accepted_applicant_types: list[Choice] | None = None
    source: str | None = None
    custom_fields: dict[str, CustomField] | None = None
