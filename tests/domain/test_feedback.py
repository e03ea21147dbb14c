from datetime import UTC, datetime

import pytest

from matcher.domain.feedback import Mute, MuteKind
from matcher.domain.opportunity import Opportunity

NOTICE = Opportunity(
    "river-care",
    "River Care",
    "",
    agency_code="EPA",
    agency_name="Office  of Water",
    funding_categories=("environment",),
)


@pytest.mark.parametrize(
    ("kind", "value", "is_covered"),
    [
        (MuteKind.OPPORTUNITY, "river-care", True),
        (MuteKind.OPPORTUNITY, "River-Care", False),
        (MuteKind.AGENCY, "epa", True),
        (MuteKind.AGENCY, "office of  WATER", True),
        (MuteKind.AGENCY, "Office", False),
        (MuteKind.CATEGORY, "Environment", True),
        (MuteKind.CATEGORY, "health", False),
    ],
)
def test_a_mute_covers_its_notice_or_whatever_bears_the_whole_name(
    kind: MuteKind, value: str, is_covered: bool
) -> None:
    assert Mute("m", kind, value, datetime(2026, 11, 22, tzinfo=UTC)).covers(NOTICE) is is_covered
