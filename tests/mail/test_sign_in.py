"""The mail whose link signs its reader in."""

import pytest
from lxml import html

from matcher.errors import InputRejected
from matcher.mail.sign_in import SignInLink, render_sign_in
from tests.mail.hostile import hostile

URL = "https://matcher.example.org/sign-in/token"


def test_text_and_html_lead_to_the_same_place_and_say_for_how_long() -> None:
    rendered = render_sign_in(SignInLink(["Our House"], URL, 15))
    assert rendered.subject == "Sign in for Our House"
    page = html.document_fromstring(rendered.html)
    assert [link.get("href") for link in page.iterfind(".//a")] == [URL]
    for words in (rendered.text, page.text_content()):
        told = " ".join(words.split())
        assert "matches of Our House" in told
        assert "once, and for 15 minutes" in told
    assert f"\n{URL}\n" in rendered.text


@hostile
def test_the_name_of_an_organization_is_text_whatever_it_holds(text: str) -> None:
    rendered = render_sign_in(SignInLink([text, "B", "C"], URL, 15))
    page = html.document_fromstring(rendered.html)
    assert page.find(".//script") is None
    assert page.find(".//img") is None
    assert "\n" not in rendered.subject
    assert ", B or C" in " ".join(page.text_content().split())


def test_a_link_that_is_none_is_refused() -> None:
    with pytest.raises(InputRejected, match="web address"):
        SignInLink(["Our House"], "javascript:alert(1)", 15)
