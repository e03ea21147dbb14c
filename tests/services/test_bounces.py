"""What came back, from files of a folder: failures suppress, delays do not, and nothing is read twice."""

from datetime import UTC, datetime
from pathlib import Path

from matcher.bootstrap import Context
from matcher.services.bounces import READ, UNREADABLE, read_bounces
from matcher.store.mail_records import SuppressionCause
from tests.mail.test_bounces import COMPLAINT, report

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_every_file_is_read_once_and_moved(house: Context, tmp_path: Path) -> None:
    files = {
        "a.eml": report("gone@example.org"),
        "b.eml": report("slow@example.org", action="delayed", status="4.4.1"),
        "c.eml": COMPLAINT,
        "d.eml": b"Subject: out of office\r\n\r\nBack on Monday.",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    counts = read_bounces(house.store, tmp_path, NOW)
    assert counts == {"suppressed": 2, "passing": 1, "unreadable": 1}
    assert {one.email_address: one.cause for one in house.store.suppressions.all()} == {
        "gone@example.org": SuppressionCause.BOUNCED,
        "cross@example.org": SuppressionCause.COMPLAINED,
    }
    assert sorted(path.name for path in (tmp_path / READ).iterdir()) == ["a.eml", "b.eml", "c.eml"]
    assert [path.name for path in (tmp_path / UNREADABLE).iterdir()] == ["d.eml"]
    assert read_bounces(house.store, tmp_path, NOW) == {"suppressed": 0, "passing": 0, "unreadable": 0}


def test_a_folder_that_is_not_there_holds_nothing(house: Context, tmp_path: Path) -> None:
    assert read_bounces(house.store, tmp_path / "absent", NOW)["suppressed"] == 0
