"""What every drawing promises: it says what it shows, takes no markup from anybody, and keeps within its width."""

import re
from pathlib import Path

import pytest

from matcher.web.pages import pages
from matcher.web.pages.pictures.drawing import Drawing, clipped
from matcher.web.pages.pictures.picture import Picture, Table
from tests.web.pages.pictures.reading import read, words
from tests.web.pages.test_frame import contrast

STATIC = Path(pages.__file__).parent / "static"
HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}</svg>\u202e\x00🙂"


def drawn(drawing: Drawing) -> Picture:
    return Picture("", "", drawing.markup(40), Table((), ()))


def test_a_drawing_has_a_name_and_a_description_for_those_who_do_not_see_it() -> None:
    svg = read(drawn(Drawing("Deadlines", "Two lie ahead.")))
    assert (svg.tag, svg.get("role")) == ("svg", "img")
    assert (svg.findtext("title"), svg.findtext("desc")) == ("Deadlines", "Two lie ahead.")


def test_words_are_text_whatever_they_hold() -> None:
    drawing = Drawing(HOSTILE, HOSTILE)
    drawing.text(0, 10, HOSTILE)
    drawing.line_of_text(10, HOSTILE, 50)
    drawing.bar(0, 0, 10, 10, "kept", HOSTILE)
    drawing.dot(0, 0, 1, "kept", HOSTILE)
    svg = read(drawn(drawing))
    assert {element.tag for element in svg.iter()} <= {
        "svg", "title", "desc", "text", "rect", "circle", "foreignobject", "div"
    }  # fmt: skip
    assert svg.findtext("title").startswith("<script>")
    assert not {name for element in svg.iter() for name in element.attrib if name.startswith("on") or name == "style"}


def test_letters_keep_their_size_at_every_width() -> None:
    drawing = Drawing("Name", "Description")
    drawing.text(50, 10, "half way")
    svg = read(drawn(drawing))
    assert svg.get("viewbox") is None
    assert (svg.get("width"), svg.find("text").get("x")) == ("100%", "50%")


def test_a_long_line_ends_where_it_is_clipped() -> None:
    assert clipped("one\n two   three", 20) == "one two three"
    assert clipped("one two three", 8) == "one two…"
    drawing = Drawing("", "")
    drawing.line_of_text(10, "x" * 10_000, 50)
    assert words(drawn(drawing)) == ["x" * 10_000]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("tone", range(1, 7))
def test_every_figure_can_be_read_on_its_tone(tone: int, scheme: int) -> None:
    colours = colours_of(scheme)
    css = (STATIC / "pictures.css").read_text(encoding="utf-8")
    found = re.search(rf"&\.tone-{tone} {{ --fill: color-mix\(in srgb, var\(--link\) (\d+)%, var\(--card\)\)", css)
    part = int(found[1]) / 100 if found else 1.0
    ground = mixed(colours["link"], colours["card"], part)
    figure = colours["card"] if f".on-tone-{tone}" in css else colours["ink"]
    assert contrast(figure, ground) >= 4.5


def colours_of(scheme: int) -> dict[str, str]:
    """Return the colours of the page, light or dark."""
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL) if "--paper" in block]
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", blocks[scheme]))


def mixed(one: str, other: str, part: float) -> str:
    """Return the colour that `color-mix(in srgb, …)` makes of `part` of one and the rest of the other."""
    channels = [round(int(one[at : at + 2], 16) * part + int(other[at : at + 2], 16) * (1 - part)) for at in (1, 3, 5)]
    return "#" + "".join(f"{channel:02x}" for channel in channels)
