import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.notices.formats.mojibake import repaired


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_what_was_torn_is_whole_again(text: str) -> None:
    torn = "".join(
        bytes([byte]).decode("cp1252") if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
        for byte in text.encode()
    )

    assert repaired(torn) == text


@pytest.mark.parametrize("text", ["plain", "don’t – “quote” €5", "café Ærø", "50 °C", "Â", "â€"])
def test_what_was_never_torn_stays(text: str) -> None:
    assert repaired(text) == text
