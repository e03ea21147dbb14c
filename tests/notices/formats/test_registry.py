import gzip
import json
from pathlib import Path

import pytest

from matcher.errors import DocumentRejected
from matcher.notices.formats.registry import FORMATS, format_of
from tests.notices.formats import samples
from tests.notices.texts import ORCHARD_FUND


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.csv", samples.california_csv(samples.CREEK), "California Grants Portal"),
        ("b.json", samples.california_dump(samples.CREEK), "California Grants Portal"),
        ("c.json", samples.pennsylvania(samples.ORCHARD), "Pennsylvania grants"),
        ("d.jsonl", json.dumps(samples.FLAT_TOPIC).encode(), "EU Funding & Tenders Portal"),
        ("e.gz", gzip.compress(samples.search_answer(samples.search_hit()), mtime=0), "EU Funding & Tenders Portal"),
        ("f.json", samples.common_grants_page(samples.CLINIC), "CommonGrants JSON"),
        ("g.xml", samples.RSS, "RSS or Atom feed"),
        ("h.txt", ORCHARD_FUND.encode(), "single notice"),
    ],
)
def test_a_file_is_told_by_its_content_whatever_its_name(name: str, data: bytes, expected: str, tmp_path: Path) -> None:
    for path in (tmp_path / name, tmp_path / "without-a-suffix"):
        path.write_bytes(data)
        found = format_of(path)
        assert found is not None
        assert found.name == expected


def test_a_file_that_nobody_knows_has_no_format(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    assert format_of(path) is None


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="cannot be opened"):
        format_of(tmp_path / "nothing.json")


def test_names_are_told_apart_and_any_text_is_asked_last() -> None:
    names = [known.name for known in FORMATS]

    assert len(set(names)) == len(names)
    assert names[-1] == "single notice"
