import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.notices.formats.simple_markup import simple_markup_text
from matcher.text.html import html_text

WORDS = st.sampled_from(["Plant ", "hedges", " for\n bees", "&amp;", " ", "", "1. dig", "<br/>", "<BR>"])
TYPED = WORDS | WORDS.map("<b>{}</b>".format) | WORDS.map('<a href="https://a.example/?b=c">{}</a>'.format)
LINES = st.lists(TYPED, max_size=4).map("".join)
PARAGRAPHS = LINES | LINES.map("<p style=\"x: 'y'\">{}</p>".format) | LINES.map("<div class='a b'>{}</div>".format)
ITEMS = st.lists(PARAGRAPHS.map("<li>water{}</li>".format), max_size=3).map("".join)
MARKUP = st.lists(PARAGRAPHS | ITEMS.map("<ul>{}</ul>".format), max_size=5).map("".join)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>Two <b>words</b></p>", "One\n\nTwo words"),
        ("Dig<br>plant<br/>water", "Dig\n\nplant\n\nwater"),
        ("<ul><li>bees</li><li><p>birds</p></li></ul>End", "- bees\n- birds\n\nEnd"),
        ('<a href="https://a.example/?b=c">Here</a> &amp; there', "Here & there"),
    ],
)
def test_simple_markup_becomes_its_text(markup: str, text: str) -> None:
    assert simple_markup_text(markup) == text


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>1</td></tr></table>",
        "<script>alert(1)</script>",
        "<p>less < more</p>",
        "<!-- <p>no</p> -->",
        "<p title='a>b",
        "<h1>Title</h1>",
    ],
)
def test_anything_else_is_left_to_the_tree(markup: str) -> None:
    assert simple_markup_text(markup) is None


@given(MARKUP)
def test_the_text_is_the_same_as_from_the_tree(markup: str) -> None:
    assert simple_markup_text(markup) == html_text(markup)
