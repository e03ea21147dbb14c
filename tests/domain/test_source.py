import pytest

from matcher.domain.source import DropReason, LedgerCounts


def test_counts_that_add_up_tell_what_was_kept_and_what_was_dropped() -> None:
    dropped = ((DropReason.ARCHIVED, 4), (DropReason.CLOSED, 5))
    counts = LedgerCounts(records=16, new=1, changed=2, unchanged=3, dropped=dropped, rejected=1)
    assert (counts.kept, counts.dropped_total) == (6, 9)


@pytest.mark.parametrize("off", [{"records": 3}, {"records": 1}, {"records": 2, "rejected": 1}])
def test_a_record_that_is_not_accounted_for_is_refused(off: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="accounted for"):
        LedgerCounts(new=2, **off)
