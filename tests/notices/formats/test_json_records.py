import gzip
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats import json_records
from matcher.notices.formats.json_records import Item, json_items, json_lines, read_json
from matcher.notices.formats.json_splitting import ItemSplitter
from tests.notices.formats.contract import JSON_VALUES


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file.json"
    path.write_bytes(data)
    return path


def values(items: list[Item]) -> list[object]:
    return [value for _, value in items]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"a": [1, 2]}', {"a": [1, 2]}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (gzip.compress(b"[1]", mtime=0), [1]),
        (b"[NaN, Infinity]", [None, None]),
        (b'["torn \xff"]', ["torn \ufffd"]),
        (b'["line\nbreak"]', ["line\nbreak"]),
    ],
)
def test_a_document_is_read_as_a_whole(data: bytes, expected: object, tmp_path: Path) -> None:
    assert read_json(written(tmp_path, data)) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a": ', "no JSON"),
        (b"", "no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5_000 + b"]", "too long to be read"),
    ],
)
def test_a_document_that_is_no_json_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match=reason):
        read_json(written(tmp_path, data))


def test_a_document_larger_than_a_page_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "MAXIMUM_DOCUMENT_BYTES", 10)

    with pytest.raises(DocumentRejected, match="more than 10 bytes"):
        read_json(written(tmp_path, b"[1, 2, 3, 4, 5]"))


def test_a_bad_line_has_a_reason_with_its_number_and_the_next_one_follows(tmp_path: Path) -> None:
    items = list(json_lines(written(tmp_path, b'{"a": 1}\n\n{"a": \n{"a": 3}')))

    assert [number for number, _ in items] == [1, 3, 4]
    assert values(items)[::2] == [{"a": 1}, {"a": 3}]
    error = items[1][1]
    assert isinstance(error, NoticeRejected)
    assert error.line == 3


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_records, "MAXIMUM_RECORD_BYTES", 20)
    items = list(json_lines(written(tmp_path, b'{"a": 1}\n"' + b"x" * 90 + b'"\n{"a": 3}\n')))

    assert [number for number, _ in items] == [1, 2, 3]
    assert isinstance(items[1][1], NoticeRejected)


@pytest.mark.parametrize(
    ("data", "names", "expected"),
    [
        (b'[{"a": 1}, {"a": 2}]', (), [{"a": 1}, {"a": 2}]),
        (b'{"x": {"data": [9]}, "data": [{"a": "]"}, [1]], "y": []}', ("data",), [{"a": "]"}, [1]]),
        (b'{"data": {"hits" : [\n{}\n]}}', ("data", "hits"), [{}]),
        (b'{"data": []}', ("data",), []),
    ],
)
def test_the_items_of_a_list_are_found(data: bytes, names: tuple[str, ...], expected: object, tmp_path: Path) -> None:
    assert values(list(json_items(written(tmp_path, data), *names))) == expected


def test_a_broken_item_costs_none_of_its_neighbours(tmp_path: Path) -> None:
    first, second, third, fourth = values(list(json_items(written(tmp_path, b'[{"a": 1}, {"a" 2}, 7, {"a": 3}]'))))

    assert (first, fourth) == ({"a": 1}, {"a": 3})
    assert isinstance(second, NoticeRejected)
    assert isinstance(third, NoticeRejected)


def test_a_list_that_is_cut_off_says_so_at_its_end(tmp_path: Path) -> None:
    whole, cut = values(list(json_items(written(tmp_path, b'[{"a": 1}, {"b"'))))

    assert whole == {"a": 1}
    assert isinstance(cut, NoticeRejected)
    assert "ends here" in cut.reason


@pytest.mark.parametrize("data", [b'}]{"data": [{"a": 1}]}', b'"a"}, "data": {"b": 1}}'])
def test_a_file_that_closes_what_it_never_opened_is_read_or_refused(data: bytes, tmp_path: Path) -> None:
    with suppress(DocumentRejected):
        assert values(list(json_items(written(tmp_path, data), "data"))) == [{"a": 1}]


@pytest.mark.parametrize("data", [b"", b"{}", b'{"data": {}}', b'["data", [1]]', b"nothing"])
def test_a_file_without_the_list_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocumentRejected, match="no list `data`"):
        list(json_items(written(tmp_path, data), "data"))


@settings(deadline=None)
@given(
    st.lists(st.dictionaries(st.text(max_size=5), JSON_VALUES, max_size=3), max_size=4), JSON_VALUES, st.integers(1, 40)
)
def test_items_are_the_same_wherever_the_file_is_cut_into_chunks(items: list[object], other: object, size: int) -> None:
    data = json.dumps({"before": other, "data": {"other": other, "hits": items}, "after": other}).encode()
    splitter = ItemSplitter(("data", "hits"), 100_000)
    found: list[bytes | None] = []
    for start in range(0, len(data), size):
        if not splitter.is_over:
            found += splitter.items(data[start : start + size])

    assert [json.dumps(json.loads(one or b"")) for one in found] == [json.dumps(item) for item in items]
    assert splitter.is_over


def test_an_item_longer_than_any_record_is_told_without_being_kept() -> None:
    splitter = ItemSplitter((), 50)
    data = b'[{"a": 1}, {"b": "' + b"x" * 300_000 + b'\\""}, {"c": 3}]'
    chunks = (data[start : start + 10_000] for start in range(0, len(data), 10_000))

    assert [one for chunk in chunks for one in splitter.items(chunk)] == [b'{"a": 1}', None, b'{"c": 3}']
