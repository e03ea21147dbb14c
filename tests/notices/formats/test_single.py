from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats import single
from tests.notices.texts import ORCHARD_FUND, YAML_NOTICE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("orchard.txt", ORCHARD_FUND.encode()),
        ("orchard.md", b"# " + ORCHARD_FUND.encode()),
        (
            "orchard.html",
            b"<h1>Orchard Fund</h1><p>The Green Acre Foundation invites proposals; apply by May 1, 2031.</p>",
        ),
        ("orchard.yaml", YAML_NOTICE.encode()),
    ],
)
def test_a_notice_is_one_record(name: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    (record,) = single.read(path)

    assert single.recognizes(data, name)
    assert isinstance(record.outcome, Opportunity)
    assert (record.number, record.key) == (1, record.outcome.opportunity_id)
    assert record.outcome.title == "Orchard Fund"


def test_a_text_that_is_no_notice_is_a_rejected_record(tmp_path: Path) -> None:
    path = tmp_path / "soup.txt"
    path.write_text("Cut the onions and boil them for an hour.")

    (record,) = single.read(path)

    assert isinstance(record.outcome, NoticeRejected)
    assert record.key is None


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "torn.pdf"
    path.write_bytes(b"%PDF-1.7 torn")

    assert single.recognizes(path.read_bytes(), path.name)
    with pytest.raises(DocumentRejected):
        list(single.read(path))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"PK\x03\x04" + b"\0" * 26 + b"GrantsDBExtract.xml", "extract.zip"),
        (b"\x89PNG\r\n", "scan.png"),
        (b'{"hits": []}', "answer.json"),
        (b"id,title\n", "table.csv"),
        (b"\x1f\x8b", "a.gz"),
        (b"a\0b", "unknown"),
    ],
)
def test_what_cannot_be_a_single_notice_is_not_claimed(head: bytes, name: str) -> None:
    assert not single.recognizes(head, name)


def test_our_own_json_is_a_single_notice() -> None:
    assert single.recognizes(b'{"opportunity_id": "a-b", "priorities": []}', "notice.json")
    assert single.recognizes(b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", "notice.docx")
