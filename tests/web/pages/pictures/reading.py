"""Pictures as a browser takes them in."""

from lxml import html

from matcher.web.pages.pictures.picture import Picture


def read(picture: Picture) -> html.HtmlElement:
    """Return the drawing as the HTML parser sees it."""
    return html.fragment_fromstring(picture.svg)


def marks(picture: Picture, kind: str) -> list[html.HtmlElement]:
    """Return the bars and dots of a kind, in their order."""
    return [mark for mark in read(picture).iter("rect", "circle") if kind in mark.get("class").split()]


def words(picture: Picture) -> list[str]:
    """Return every text that can be seen, in its order."""
    return [element.text for element in read(picture).iter("text", "div")]


def share(mark: html.HtmlElement, side: str) -> float:
    """Return a place or a length in per cent of the width."""
    return float(mark.get(side).removesuffix("%"))
