import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.mail.cleaning import one_line, web_address


@given(st.text(st.characters()), st.integers(2, 60))
def test_any_text_becomes_one_printable_line_within_the_limit(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1
    assert not any(ord(character) < 32 or 0x202A <= ord(character) <= 0x202E for character in line)
    line.encode("utf-8")


def test_a_short_text_stays_as_it_is() -> None:
    assert one_line("Éducation rurale: 2 places", 30) == "Éducation rurale: 2 places"


def test_a_long_text_is_cut_after_a_word() -> None:
    assert one_line("Construction training, for young adults", 24) == "Construction training…"


def test_a_word_without_an_end_is_cut_inside() -> None:
    assert one_line("w" * 10_000, 10) == "w" * 9 + "…"


def test_line_breaks_and_controls_become_spaces_and_direction_overrides_go() -> None:
    assert one_line("a\r\nb\x00c\u2028d \u202ee\u202c", 50) == "a b c d e"


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert one_line("x\ud83cy", 50) == "x\N{REPLACEMENT CHARACTER}y"


@pytest.mark.parametrize("address", ["https://example.org/a?b=c&d=%20#e", "http://127.0.0.1:8000/x"])
def test_a_web_address_passes_unchanged(address: str) -> None:
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/hostname",
        "//example.org/x",
        "https:///nowhere",
        "https://[broken/",
        "https://example.org/a b",
        "https://example.org/\r\nBcc: x@example.org",
        'https://example.org/"onclick="x',
        "https://example.org/<b>",
        "https://example.org/\u202e",
        "java\nscript:alert(1)",
    ],
)
def test_what_is_no_plain_web_address_is_left_out(address: str | None) -> None:
    assert web_address(address) is None
