import io
import re

import pytest

from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats.xml_records import XmlPiece, root_of, xml_pieces

END = re.compile(rb"</r>")


def pieces(data: bytes) -> list[XmlPiece]:
    return list(xml_pieces(io.BytesIO(data), END, "file.xml"))


def texts(data: bytes) -> list[object]:
    found = [piece.found for piece in pieces(data)]
    return [one.reason if isinstance(one, NoticeRejected) else one.text for one in found]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<Grants>", "Grants"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <Other> -->\n<ns0:Grants xmlns:ns0="urn:x">', "Grants"),
        (b"<html lang='en'>", "html"),
    ],
)
def test_the_root_is_found_behind_what_stands_before_it(head: bytes, name: str) -> None:
    root = root_of(head)

    assert root is not None
    assert root.name == name


@pytest.mark.parametrize(
    "head", [b"", b"{}", b"<Grants/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><Grants>", b"<!-- <Grants>"]
)
def test_a_file_without_a_root_to_read_has_none(head: bytes) -> None:
    assert root_of(head) is None


def test_pieces_know_the_line_they_begin_on() -> None:
    found = pieces(b"<?xml version='1.0'?>\n<a>\n<r>1</r>\n\n<r>2\n</r><r>3</r></a>")

    assert [piece.line for piece in found] == [3, 5, 6]


def test_a_damaged_record_costs_none_of_its_neighbours() -> None:
    first, second, third = texts(b"<a><r>1</r><r><b>2</r><r>3</r></a>")

    assert (first, third) == ("1", "3")
    assert "no well-formed XML" in str(second)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (b"Salt & light", "Salt & light"),
        (b"a&nbsp;b", "a&nbsp;b"),
        (b"a\x02b\0c", "abc"),
        (b"a&#2;b&#x1F;c", "a b c"),
        (b"torn \xff byte &amp; more", "torn \ufffd byte & more"),
    ],
)
def test_what_no_xml_may_hold_is_mended(inside: bytes, text: str) -> None:
    assert texts(b"<a><r>" + inside + b"</r></a>") == [text]


def test_entities_are_never_expanded() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;">]><a><r>&y;</r></a>'

    with pytest.raises(DocumentRejected, match="document type"):
        pieces(bomb)
    assert "no well-formed XML" in str(texts(b"<a><r>1</r><!DOCTYPE a [<!ENTITY x 'lol'>]><r>&x;</r></a>")[1])


def test_another_encoding_is_refused_by_its_name() -> None:
    with pytest.raises(DocumentRejected, match="ISO-8859-1"):
        pieces(b'<?xml version="1.0" encoding="ISO-8859-1"?><a><r>1</r></a>')


@pytest.mark.parametrize("rest", [b"", b"<r>2", b"<r>2</", b"<r"])
def test_a_file_that_is_cut_off_says_so_at_its_end(rest: bytes) -> None:
    first, last = texts(b"<a><r>1</r>" + rest)

    assert first == "1"
    assert "ends here" in str(last)


def test_a_record_longer_than_any_notice_is_passed_over() -> None:
    long = b"<r>" + b"x\n" * 5 * 1024**2 + b"</r>"
    found = pieces(b"<a><r>1</r>\n" + long + b"\n<r>3</r></a>")

    assert [isinstance(piece.found, NoticeRejected) for piece in found] == [False, True, False]
    assert [piece.line for piece in found] == [1, 2, 3 + 5 * 1024**2]


def test_deep_nesting_is_refused() -> None:
    (only,) = texts(b"<a><r>" + b"<b>" * 50_000 + b"</b>" * 50_000 + b"</r></a>")

    assert "no well-formed XML" in str(only)
