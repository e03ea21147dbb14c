"""Where an opportunity stands on a day."""

from datetime import date

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import KeyDate, Opportunity
from matcher.domain.vocabulary import OpportunityStatus


def notice(
    *days: PartialDate,
    status: OpportunityStatus = OpportunityStatus.UNKNOWN,
    rolling: bool = False,
    archive: PartialDate | None = None,
) -> Opportunity:
    key_dates = (KeyDate("post", PartialDate(1, 1, 2026)), *(KeyDate("application", day) for day in days))
    key_dates += () if archive is None else (KeyDate("archive", archive),)
    return Opportunity("id", "Title", "text", status=status, key_dates=key_dates, is_rolling=rolling)


MARCH, MAY = PartialDate(3, 1, 2026), PartialDate(5, 1, 2026)


@pytest.mark.parametrize(
    ("opportunity", "as_of", "expected"),
    [
        (notice(MAY), date(2026, 5, 1), OpportunityStatus.POSTED),
        (notice(MAY), date(2026, 5, 2), OpportunityStatus.CLOSED),
        (notice(MARCH, MAY), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(PartialDate(10, 30)), date(2026, 4, 1), OpportunityStatus.UNKNOWN),
        (notice(), date(2026, 4, 1), OpportunityStatus.UNKNOWN),
        (notice(rolling=True), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(MARCH, rolling=True), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(MAY, status=OpportunityStatus.FORECASTED), date(2026, 4, 1), OpportunityStatus.FORECASTED),
        (notice(MAY, status=OpportunityStatus.CLOSED), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(status=OpportunityStatus.ARCHIVED), date(2026, 4, 1), OpportunityStatus.ARCHIVED),
        (notice(status=OpportunityStatus.POSTED), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(status=OpportunityStatus.POSTED, archive=MARCH), date(2026, 3, 1), OpportunityStatus.POSTED),
        (notice(status=OpportunityStatus.POSTED, archive=MARCH), date(2026, 3, 2), OpportunityStatus.ARCHIVED),
        (notice(status=OpportunityStatus.FORECASTED, archive=MARCH), date(2026, 3, 2), OpportunityStatus.ARCHIVED),
        (notice(archive=PartialDate(3, 1)), date(2026, 4, 1), OpportunityStatus.UNKNOWN),
        (notice(rolling=True, archive=MARCH), date(2026, 4, 1), OpportunityStatus.ARCHIVED),
        (notice(MAY, archive=MARCH), date(2026, 4, 1), OpportunityStatus.POSTED),
        (notice(MARCH, archive=MAY), date(2026, 6, 1), OpportunityStatus.CLOSED),
    ],
)
def test_dates_decide_the_status_where_they_can(
    opportunity: Opportunity, as_of: date, expected: OpportunityStatus
) -> None:
    assert opportunity.status_on(as_of) is expected


def test_the_next_of_several_deadlines_counts_and_after_the_last_the_last() -> None:
    opportunity = notice(MAY, MARCH)
    assert [opportunity.close_date(day).day for day in (date(2026, 2, 1), date(2026, 4, 1), date(2026, 6, 1))] == [
        MARCH,
        MAY,
        MAY,
    ]


def test_a_deadline_without_a_year_counts_only_if_no_other_is_known() -> None:
    assert notice(PartialDate(10, 30), MAY).close_date(date(2026, 1, 1)).day == MAY
    assert notice(PartialDate(10, 30)).close_date(date(2026, 1, 1)).day == PartialDate(10, 30)
    assert notice().close_date(date(2026, 1, 1)) is None
