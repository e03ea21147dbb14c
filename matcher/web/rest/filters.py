"""The parameters that narrow and order lists of opportunities and of matches."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from matcher.domain.vocabulary import ApplicantType, OpportunityStatus, Verdict
from matcher.services.match_selection import MatchFilter
from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder, listed_by
from matcher.store.protocol import Store
from matcher.web.rest.queries import AsOfQuery, CursorQuery, Day, GroupsQuery, PageQuery, comma_separated

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})")
_MOST_MONEY = 10**15
_LONGEST_SEARCH = 500
_MINIMUM_FIT = "Leave out what fits less."


def _moment(value: object) -> object:
    """Pass a time in the form of RFC 3339 on; pydantic would take the number of seconds since 1970 as well."""
    if isinstance(value, str) and not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "write the time as 2026-11-22T06:00:00Z, with + escaped as %2B")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Money = Annotated[int, Field(ge=0, le=_MOST_MONEY)]
Statuses = Annotated[tuple[OpportunityStatus, ...], BeforeValidator(comma_separated)]
ApplicantTypes = Annotated[tuple[ApplicantType, ...], BeforeValidator(comma_separated)]
Verdicts = Annotated[tuple[Verdict, ...], BeforeValidator(comma_separated)]


class OpportunityFilterQuery(AsOfQuery):
    """Conditions on opportunities, which must all hold; the answer counts those whose notice does not say."""

    status: Statuses = Field((), description="Only opportunities that stand there on the day; several with commas.")
    closes_after: Day | None = Field(None, description="Only what can still be applied for on this day.")
    closes_before: Day | None = Field(None, description="Only what closes on this day or before.")
    award_at_least: Money | None = Field(None, description="Only where one award can be as large, in `currency`.")
    award_at_most: Money | None = Field(None, description="Only where one award can be as small, in `currency`.")
    currency: str = Field("USD", pattern="^[A-Z]{3}$", description="ISO 4217; amounts in another one are not compared.")
    agency: tuple[Name, ...] = Field((), description="Only of this agency: its code, or words of its name. Repeatable.")
    category: tuple[Name, ...] = Field((), description="Only of this funding category. Repeatable.")
    applicant_type: ApplicantTypes = Field(
        (), description="Only what is open to one of these kinds of applicant; several with commas."
    )
    source: tuple[Name, ...] = Field((), description="Only what the source of this name lists now. Repeatable.")
    changed_since: Moment | None = Field(None, description="Only notices that are new or changed since.")
    opportunity_id: tuple[Name, ...] = Field((), description="Only the opportunity with this identifier. Repeatable.")

    def opportunity_filter(self, store: Store) -> OpportunityFilter:
        """Return the conditions as the services know them; `store` knows which source lists what."""
        changed_since: datetime | None = self.changed_since
        return OpportunityFilter(
            statuses=frozenset(self.status),
            closes_after=self.closes_after,
            closes_before=self.closes_before,
            award_at_least=self.award_at_least,
            award_at_most=self.award_at_most,
            currency=self.currency,
            agencies=self.agency,
            categories=self.category,
            applicant_types=frozenset(self.applicant_type),
            changed_since=changed_since,
            only=self._only(store),
        )

    def _only(self, store: Store) -> frozenset[str] | None:
        """Return what is left of the opportunities by name and by source; None if neither is asked for."""
        listed = listed_by(store, self.source)
        if not self.opportunity_id:
            return listed
        named = frozenset(self.opportunity_id)
        return named if listed is None else named & listed


class MatchFilterQuery(OpportunityFilterQuery, GroupsQuery):
    """Conditions on the matches of a stored proposal, and their order."""

    minimum_fit: float = Field(0, ge=0, le=1, allow_inf_nan=False, description=_MINIMUM_FIT)
    eligibility: Verdicts = Field((), description="Only matches with this verdict; several with commas.")
    sort: OpportunityOrder | None = Field(
        None, description="Default: best fit first, group after group. Otherwise all groups together in this order."
    )

    def match_filter(self, store: Store) -> MatchFilter:
        """Return the conditions as the services know them."""
        return MatchFilter(
            groups=frozenset(self.include),
            minimum_fit=self.minimum_fit,
            verdicts=frozenset(self.eligibility),
            opportunities=self.opportunity_filter(store),
        )


class MatchesQuery(MatchFilterQuery, CursorQuery):
    """Parameters of the matches of a stored proposal."""


class OpportunitiesQuery(OpportunityFilterQuery, CursorQuery):
    """Parameters of the list of opportunities."""

    query: str | None = Field(
        None,
        min_length=1,
        max_length=_LONGEST_SEARCH,
        pattern=r"\S",
        description="What the money is for, in plain words; the answer is then sorted by relevance.",
    )
    sort: OpportunityOrder | None = Field(None, description="Default: by relevance if `query` is given, else by name.")


class SimilarQuery(AsOfQuery, CursorQuery):
    """Parameters of the opportunities that are like another one."""

    status: Statuses = Field((), description="Only opportunities that stand there on the day; several with commas.")


class ReverseMatchesQuery(PageQuery):
    """Parameters of the proposals that fit an opportunity."""

    minimum_fit: float = Field(0, ge=0, le=1, allow_inf_nan=False, description=_MINIMUM_FIT)
