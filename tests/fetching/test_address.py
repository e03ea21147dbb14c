import pytest

from matcher.fetching.address import parsed
from matcher.fetching.errors import FetchRefused


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Grants.Example", "https://grants.example/"),
        ("https://grants.example.:443/a b".replace(" ", "%20"), "https://grants.example/a%20b"),
        ("http://grants.example:8080/x?y=1|2#part", "http://grants.example:8080/x?y=1%7C2"),
        ("https://förderung.example/programme/ü", "https://xn--frderung-n4a.example/programme/%C3%BC"),
        ("http://[2001:DB8::0001]/", "http://[2001:db8::1]/"),
        ("http://127.0.0.1./", "http://127.0.0.1/"),
        ("http://127。0。0。1/", "http://127.0.0.1/"),
    ],
)
def test_an_address_has_one_spelling(written: str, read: str) -> None:
    assert str(parsed(written)) == read


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.01", "1.2.3.4.5", "a.b.0x10", "０x7f.１"],
)
def test_no_number_hides_an_ip_address(host: str) -> None:
    with pytest.raises(FetchRefused, match="host in a way that is not taken"):
        parsed(f"http://{host}/")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ftp://grants.example/file", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("//grants.example/", "only http and https"),
        ("https://grants.example\\@evil.example/", "backslashes"),
        ("https://grants.example/\r\nHost: evil.example", "control characters"),
        ("https:///path", "is no host name"),
        ("https://-a.example/", "is no host name"),
        ("https://a..example/", "not taken"),
        ("https://grants.example:99999/", "is no address"),
        ("https://[::1/", "is no address"),
        ("https://[fe80::1%25eth0]/", "interface of this machine|not taken"),
    ],
)
def test_what_cannot_be_fetched_is_refused_with_its_reason(written: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason):
        parsed(written)


@pytest.mark.parametrize("written", ["https://ann:s3cret@grants.example/", "https://grants.example@evil.example/"])
def test_a_user_name_is_refused_and_not_repeated(written: str) -> None:
    with pytest.raises(FetchRefused, match="user name or password") as raised:
        parsed(written)
    assert "s3cret" not in str(raised.value)


def test_what_is_shown_leaves_out_the_query() -> None:
    assert parsed("https://grants.example/search?apiKey=abc").shown == "https://grants.example/search"


def test_a_relative_reference_is_joined() -> None:
    base = parsed("https://grants.example/a/b?c=1")
    assert str(base.joined("../d?e=2")) == "https://grants.example/d?e=2"
    assert str(base.joined("//other.example/")) == "https://other.example/"
