import pytest

from matcher.errors import DocumentRejected
from matcher.text.encoding import decode, looks_like

PROSE = "The café’s program serves students “every day” and is naïve about nothing."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252"])
def test_certain_encodings_are_read_and_the_mark_is_dropped(encoding: str) -> None:
    assert decode(PROSE.encode(encoding), "plan.txt") == PROSE


def test_plain_letters_in_unmarked_utf_16_are_read() -> None:
    assert decode("Plain words only".encode("utf-16-le"), "plan.txt") == "Plain words only"


def test_damaged_utf_8_is_refused_with_its_byte_and_line() -> None:
    data = "First line\nThe café is ".encode() + b"\xe2\x80" + b" open\n"

    with pytest.raises(
        DocumentRejected, match=r"byte 24 \(0xe2\) is not valid UTF-8.*save the file as UTF-8"
    ) as caught:
        decode(data, "plan.txt")

    assert (caught.value.source, caught.value.line) == ("plan.txt", 2)


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis"])
def test_an_encoding_that_is_not_certain_is_refused(encoding: str) -> None:
    words = {"cp1251": "Программа помогает студентам учиться.", "shift_jis": "学生のためのプログラムです。毎日。"}[
        encoding
    ]

    with pytest.raises(DocumentRejected, match="no other encoding is certain"):
        decode(words.encode(encoding), "plan.txt")


def test_a_broken_marked_text_is_refused() -> None:
    with pytest.raises(DocumentRejected, match="not valid UTF-16"):
        decode("Plan".encode("utf-16") + b"\x00", "plan.txt")


def test_control_characters_show_that_a_file_is_no_text() -> None:
    with pytest.raises(DocumentRejected, match="control character 0x00") as caught:
        decode(b"Plan\nof \x00 trees", "plan.txt")

    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"PK\x03\x04\x14\x00", "a zip archive"),
        (b"{\\rtf1 words}", "a Rich Text (RTF) file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Microsoft Office file"),
    ],
)
def test_a_binary_file_is_named_by_its_first_bytes(data: bytes, words: str) -> None:
    assert looks_like(data) == words
    with pytest.raises(DocumentRejected, match="not a text"):
        decode(data, "plan.txt")


def test_a_text_looks_like_no_binary_file() -> None:
    assert looks_like(b"Plan of trees") is None
