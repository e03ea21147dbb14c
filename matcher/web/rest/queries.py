"""The parameters of the calls, as models: what is not named here is refused."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from matcher.services.match_selection import Group
from matcher.web.rest.cursors import Window, place_behind, window

Item = TypeVar("Item")
_MAXIMUM_PAGE_SIZE = 100
_DEFAULT_PAGE_SIZE = 20
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _calendar_day(value: object) -> object:
    """Pass a date in the form of RFC 3339 on; pydantic would take the number of seconds since 1970 as well."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("calendar_day", "write the date as 2026-11-22")
    return value


def comma_separated(values: object) -> object:
    """Take `a,b` for the repeated parameter that it stands for."""
    if isinstance(values, list):
        return [part.strip() for value in values for part in str(value).split(",")]
    return values


Day = Annotated[date, BeforeValidator(_calendar_day)]
Groups = Annotated[tuple[Group, ...], BeforeValidator(comma_separated)]


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401 — as pydantic has it
        """Return the schema, made once: flask-openapi3 asks for it at every request, and making it takes 1 ms."""
        return _schema(cls, arguments, tuple(options.items()))


@cache
def _schema(model: type[_Query], arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    return super(_Query, model).model_json_schema(*arguments, **dict(options))


class AsOfQuery(_Query):
    """The day as of which deadlines are judged."""

    as_of: Day | None = Field(
        None,
        description="Judge deadlines as of this day. Default: today, or the catalogue's own date if too little is open "
        "today; the answer says which day it was.",
    )


class PageQuery(_Query):
    """Which part of a list."""

    page: int = Field(1, ge=1, description="Which page, counted from 1.")
    page_size: int = Field(_DEFAULT_PAGE_SIZE, ge=1, le=_MAXIMUM_PAGE_SIZE, description="Entries on one page.")

    def part_of(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return the entries of `items` on this page; none beyond the last."""
        start = (self.page - 1) * self.page_size
        return items[start : start + self.page_size]


class CursorQuery(PageQuery):
    """Which part of a list that may change while it is read."""

    after: str | None = Field(
        None,
        min_length=1,
        max_length=600,
        description="What the answer before had as `next`: the page then begins behind its last entry, whatever came "
        "or went meanwhile, and `page` is left aside.",
    )

    def window_of(self, items: Sequence[Item], identify: Callable[[Item], str]) -> Window[Item]:
        """Return the entries on this page with the cursor behind them; `identify` names an entry.

        Raises:
            InputRejected: `after` is no cursor.
        """
        start = (self.page - 1) * self.page_size if self.after is None else place_behind(items, self.after, identify)
        return window(items, start, self.page_size, identify)


class GroupsQuery(AsOfQuery):
    """Which matches are shown beside those that can be applied for."""

    include: Groups = Field(
        (),
        description="Also show opportunities that are closed, that shut this applicant out, or that your organization "
        "muted; they follow after the ranking. Repeat the parameter or separate the words with a comma.",
    )


class MatchQuery(GroupsQuery):
    """Parameters of a match that stores nothing."""

    top: int = Field(_DEFAULT_PAGE_SIZE, ge=1, le=_MAXIMUM_PAGE_SIZE, description="Show only so many matches.")


class JobsQuery(_Query):
    """Parameters of the list of job runs."""

    limit: int = Field(_DEFAULT_PAGE_SIZE, ge=1, le=_MAXIMUM_PAGE_SIZE, description="How many, latest first.")


class ProposalPath(BaseModel):
    """Which proposal."""

    proposal_id: str = Field(description="The identifier that the proposal was given when it was stored.")


class OpportunityPath(BaseModel):
    """Which opportunity."""

    opportunity_id: str = Field(description="The opportunity's stable identifier.")


class MatchPath(ProposalPath, OpportunityPath):
    """Which proposal, and which opportunity."""
