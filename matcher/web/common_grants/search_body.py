"""What a search of the protocol asks for."""

import math
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

from matcher.web.common_grants import examples
from matcher.web.rest.answers import with_example
from matcher.web.rest.json_body import JsonBody

LARGEST_PAGE_SIZE = 500
_LARGEST_PAGE = 2**31 - 1
_LONGEST_SEARCH = 500
_CAMEL = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", defer_build=True)

PageNumber = Annotated[int, Field(ge=1, le=_LARGEST_PAGE)]
PageSize = Annotated[int, Field(ge=1, le=LARGEST_PAGE_SIZE)]


class ArrayOperators(StrEnum):
    """Whether a field is one of several values."""

    IN = "in"
    NOT_IN = "notIn"


class RangeOperators(StrEnum):
    """Whether a field lies in a range, whose ends belong to it."""

    BETWEEN = "between"
    OUTSIDE = "outside"


class AllOperators(StrEnum):
    """Everything that a custom filter may ask."""

    EQ = "eq"
    NEQ = "neq"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IN = "in"
    NOT_IN = "notIn"
    BETWEEN = "between"
    OUTSIDE = "outside"
    LIKE = "like"
    NOT_LIKE = "notLike"


class StringArrayFilter(BaseModel):
    """Compares a field with several values."""

    operator: ArrayOperators
    value: list[str] = Field(max_length=100)

    model_config = _CAMEL


class DateBounds(BaseModel):
    """The two ends of a range of days; one that is left out is open."""

    min: date | AwareDatetime | None = None
    max: date | AwareDatetime | None = None

    model_config = _CAMEL

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return _day(self.min) or date.min, _day(self.max) or date.max


class DateRangeFilter(BaseModel):
    """Compares a day with a range."""

    operator: RangeOperators
    value: DateBounds

    model_config = _CAMEL


class MoneyBound(BaseModel):
    """An amount as text."""

    amount: Annotated[str, StringConstraints(pattern=r"^-?[0-9]+\.?[0-9]*$", max_length=40)]
    currency: Annotated[str, StringConstraints(min_length=1, max_length=10)]

    model_config = _CAMEL

    @property
    def number(self) -> Decimal:
        """The amount as a number."""
        return Decimal(self.amount)


class MoneyBounds(BaseModel):
    """The two ends of a range of amounts in one currency."""

    min: MoneyBound
    max: MoneyBound

    model_config = _CAMEL


class MoneyRangeFilter(BaseModel):
    """Compares an amount with a range; what is in another currency, or not stated, is in no result."""

    operator: RangeOperators
    value: MoneyBounds

    model_config = _CAMEL


class DefaultFilter(BaseModel):
    """A filter that the protocol does not have."""

    operator: AllOperators
    value: Any

    model_config = _CAMEL


class OppFilters(BaseModel):
    """Conditions that must all hold."""

    status: StringArrayFilter | None = None
    close_date_range: DateRangeFilter | None = None
    total_funding_available_range: MoneyRangeFilter | None = None
    min_award_amount_range: MoneyRangeFilter | None = None
    max_award_amount_range: MoneyRangeFilter | None = None
    custom_filters: dict[str, DefaultFilter] | None = Field(
        None,
        description="`proposalId` (eq) asks for what fits a stored proposal, `matchScore` (gte, gt) for how well, and "
        "`agency` (eq, in, like) for one agency. Others are passed over and named in `filterInfo.errors`.",
    )

    model_config = _CAMEL


class OppSortBy(StrEnum):
    """What results can be sorted by; `custom` is told by `customSortBy`: `matchScore` or `relevance`."""

    LAST_MODIFIED_AT = "lastModifiedAt"
    CREATED_AT = "createdAt"
    TITLE = "title"
    STATUS = "status.value"
    CLOSE_DATE = "keyDates.closeDate"
    MAX_AWARD = "funding.maxAwardAmount"
    MIN_AWARD = "funding.minAwardAmount"
    TOTAL = "funding.totalAmountAvailable"
    AWARD_COUNT = "funding.estimatedAwardCount"
    CUSTOM = "custom"


class SortOrder(StrEnum):
    """Up or down."""

    ASC = "asc"
    DESC = "desc"


class OppSorting(BaseModel):
    """The order of the results; what has no such value stands last."""

    sort_by: OppSortBy
    sort_order: SortOrder = SortOrder.DESC
    custom_sort_by: str | None = None

    model_config = _CAMEL


class PaginatedBodyParams(BaseModel):
    """Which part of the results."""

    page: PageNumber = 1
    page_size: PageSize = 100

    model_config = _CAMEL


class OpportunitySearchBody(JsonBody):
    """A search: words, conditions, an order and a page; all can be left out."""

    search: Annotated[str, StringConstraints(max_length=_LONGEST_SEARCH)] | None = Field(
        None, description="What the money is for, in plain words."
    )
    filters: OppFilters | None = None
    sorting: OppSorting | None = Field(
        None, description="Default: the last modified first; after a search, the most relevant first."
    )
    pagination: PaginatedBodyParams | None = None

    model_config = with_example(examples.SEARCH_BODY)


def finite(value: object) -> float | None:
    """Return a JSON value as a number, None if it is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and math.isfinite(value) else None  # type: ignore[arg-type]


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
