import pytest

from matcher.errors import InputRejected
from matcher.mail.addresses import parse_address


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("grants@example.org", "", "grants@example.org"),
        ("first.last+grants@mail.example.org", "", "first.last+grants@mail.example.org"),
        ("matcher@localhost", "", "matcher@localhost"),
        ("Funding Digest <digest@example.org>", "Funding Digest", "digest@example.org"),
        ('"Grants, Office of" <digest@example.org>', "Grants, Office of", "digest@example.org"),
        ("Förderung <digest@example.org>", "Förderung", "digest@example.org"),
    ],
)
def test_an_address_is_taken_with_and_without_a_name(text: str, name: str, address: str) -> None:
    parsed = parse_address(text, "recipient")
    assert (parsed.display_name, parsed.addr_spec) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "grants",
        "@example.org",
        "grants@",
        "a b@example.org",
        "a@b@example.org",
        "a..b@example.org",
        ".a@example.org",
        "a@-example.org",
        "a@example..org",
        "a@example.org, b@example.org",
        "A <a@example.org>, B <b@example.org>",
        "a@example.org b@example.org",
        "<a@example.org> b",
        "jardín@example.org",
        "a@jardín.example.org",
        f"{'a' * 65}@example.org",
        f"a@{'a' * 64}.org",
        f"a@{'a.' * 130}org",
    ],
)
def test_what_is_no_single_plain_address_is_refused(text: str) -> None:
    with pytest.raises(InputRejected, match=r"recipient: .* is no mail address; write it as name@example\.org"):
        parse_address(text, "recipient")


@pytest.mark.parametrize("text", ["a@example.org\r\nBcc: b@example.org", "A\nB <a@example.org>", "a\x00@example.org"])
def test_line_breaks_and_controls_are_refused(text: str) -> None:
    with pytest.raises(InputRejected, match="control character"):
        parse_address(text, "sender")


def test_an_endless_name_is_refused() -> None:
    with pytest.raises(InputRejected, match="longer than 60 characters"):
        parse_address(f"{'w' * 10_000} <a@example.org>", "sender")
