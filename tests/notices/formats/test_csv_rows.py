from pathlib import Path

import pytest

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.csv_rows import csv_rows


def rows(path: Path, data: bytes) -> list[object]:
    path.write_bytes(data)
    return [row if isinstance(row, dict) else str(row) for _, row in csv_rows(path, "id")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_cells_keep_line_breaks_commas_and_formulas(path: Path) -> None:
    data = b'\xef\xbb\xbfid,words\r\n1,"a, ""b""\nc"\r\n\r\n2,"=HYPERLINK(""x"")"\r\n'

    assert rows(path, data) == [{"id": "1", "words": 'a, "b"\nc'}, {"id": "2", "words": '=HYPERLINK("x")'}]


def test_bytes_zero_are_dropped(path: Path) -> None:
    assert rows(path, b"id,words\n1,a\0b\n") == [{"id": "1", "words": "ab"}]


def test_a_torn_row_is_rejected_alone_with_its_line(path: Path) -> None:
    found = rows(path, b'id,words\n1,"a\nb"\n2\n3,\xff\n4,d\n')

    assert found[0] == {"id": "1", "words": "a\nb"}
    assert str(found[1]).startswith("table.csv, line 4: the row has 1 cells, the header 2")
    assert "line 5: the row holds bytes that are not valid UTF-8" in str(found[2])
    assert found[3] == {"id": "4", "words": "d"}


def test_a_cell_that_never_ends_takes_the_rest_with_it(path: Path) -> None:
    found = list(rows(path, b'id,words\n1,a\n2,"' + b"x\n" * 100_000))

    assert found[0] == {"id": "1", "words": "a"}
    assert len(found) == 2
    assert "line 3: from this row on the file cannot be read" in str(found[1])


def test_a_line_that_never_ends_takes_no_more_memory_than_a_record(path: Path) -> None:
    found = rows(path, b"id,words\n" + b"," * 9 * 1024**2)

    assert len(found) == 1
    assert "one row has more than 8,388,608 bytes" in str(found[0])


@pytest.mark.parametrize("data", [b"", b"name,words\n1,2\n", b'"' + b"x" * 200_000])
def test_a_file_without_the_header_is_refused(path: Path, data: bytes) -> None:
    with pytest.raises(DocumentRejected, match="first row"):
        rows(path, data)


def test_a_missing_file_is_refused(path: Path) -> None:
    with pytest.raises(DocumentRejected, match="cannot be read"):
        list(csv_rows(path, "id"))


def test_what_is_rejected_is_no_row(path: Path) -> None:
    path.write_bytes(b"id,words\n1\n")

    assert isinstance(next(csv_rows(path, "id"))[1], NoticeRejected)
