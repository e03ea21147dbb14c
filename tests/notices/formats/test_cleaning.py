import pytest

from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import LONGEST_FIELD, one_line, web_address, words


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("  Two\u00a0 words ", "Two words"),
        ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
        ("Salt &amp;amp; light", "Salt & light"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;", "One\n\nTwo"),
        ("<b>Bold</b><script>alert(1)</script>", "Bold"),
        ("less than < 5 & more than > 3", "less than < 5 & more than > 3"),
        ("a\0b\u200bc\ufeff", "a bc"),
        ("torn \ud83d half", "torn half"),
        ('=HYPERLINK("https://example.org")', '=HYPERLINK("https://example.org")'),
        (7, "7"),
        (2.5, "2.5"),
    ],
)
def test_a_field_becomes_its_plain_words(field: object, expected: str) -> None:
    assert words(field) == expected


@pytest.mark.parametrize("field", [None, True, [], {"a": 1}, "\u00a0 \n"])
def test_what_is_no_text_has_no_words(field: object) -> None:
    assert words(field) == ""


def test_list_items_keep_their_lines() -> None:
    assert words("<ul><li>dig</li><li>plant</li></ul>") == "- dig\n- plant"


def test_one_line_has_no_breaks() -> None:
    assert one_line("Creek<br/>\n Grants") == "Creek Grants"


def test_a_field_longer_than_any_notice_is_refused() -> None:
    with pytest.raises(NoticeRejected, match="500,001 characters"):
        words("x" * (LONGEST_FIELD + 1))


@pytest.mark.parametrize("address", ["https://example.org/a?b=c", " http://example.org "])
def test_an_address_of_the_web_is_kept(address: str) -> None:
    assert web_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "see notice", "https://", "http://[::1", "https://a b", "https://a\n.org", "", None, 4,
     "https://" + "a" * 3_000],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_none(address: object) -> None:
    assert web_address(address) is None
