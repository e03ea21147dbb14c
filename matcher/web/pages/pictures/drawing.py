"""A small drawing of SVG whose text keeps its size at every width of the page.

Across, everything is measured in per cent of the width, downwards in CSS pixels, and there is no `viewBox`: a narrow
page moves the marks closer and shrinks no letter. Colours and type are classes of `pictures.css`.
"""

from enum import StrEnum

from markupsafe import Markup

_ROUND = 3
_ASCENT, _DESCENT = 15, 5


class Anchor(StrEnum):
    """Which end of a text stands at its place (`text-anchor`)."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Drawing:
    """Collects marks, and gives them as one image with a name and a description.

    Args:
        title: The name that an assistive technology reads.
        description: What the drawing shows, in sentences.
    """

    def __init__(self, title: str, description: str) -> None:
        self._parts = [
            Markup("<title>{}</title>").format(title),
            Markup("<desc>{}</desc>").format(description),
        ]

    def bar(self, x: float, y: float, width: float, height: float, mark: str, hint: str = "") -> None:
        """Add a rectangle from `x` on (per cent), `y` pixels down; a pointer that rests on it reads `hint`."""
        self._parts.append(
            Markup('<rect x="{}%" y="{}" width="{}%" height="{}" rx="{}" class="{}">{}</rect>').format(
                _short(x), _short(y), _short(width), _short(height), _short(min(_ROUND, height / 2)), mark, _hint(hint)
            )
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, mark: str) -> None:
        """Add a straight line."""
        self._parts.append(
            Markup('<line x1="{}%" y1="{}" x2="{}%" y2="{}" class="{}"/>').format(
                _short(x1), _short(y1), _short(x2), _short(y2), mark
            )
        )

    def dot(self, x: float, y: float, radius: float, mark: str, hint: str = "") -> None:
        """Add a dot; a pointer that rests on it reads `hint`."""
        self._parts.append(
            Markup('<circle cx="{}%" cy="{}" r="{}" class="{}">{}</circle>').format(
                _short(x), _short(y), _short(radius), mark, _hint(hint)
            )
        )

    def text(self, x: float, y: float, words: str, mark: str = "label", *, anchor: Anchor = Anchor.START) -> None:
        """Add words on the base line `y`."""
        self._parts.append(
            Markup('<text x="{}%" y="{}" text-anchor="{}" class="{}">{}</text>').format(
                _short(x), _short(y), anchor.value, mark, words
            )
        )

    def line_of_text(self, y: float, words: str, width: float) -> None:
        """Add words on the base line `y` from the left edge on; what does not fit into `width` per cent is elided.

        SVG cannot elide a text, so the words stand in a piece of HTML.
        """
        self._parts.append(
            Markup(
                '<foreignObject x="0" y="{}" width="{}%" height="{}">'
                '<div class="line" dir="auto">{}</div></foreignObject>'
            ).format(_short(y - _ASCENT), _short(width), _ASCENT + _DESCENT, words)
        )

    def markup(self, height: float, mark: str = "") -> Markup:
        """Return the image, as wide as its place and `height` pixels high."""
        opening = Markup('<svg role="img" width="100%" height="{}" class="{}">').format(
            _short(height), f"drawing {mark}".strip()
        )
        return opening + Markup("").join(self._parts) + Markup("</svg>")


def clipped(words: str, length: int) -> str:
    """Return words on one line, at most `length` characters long."""
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def _hint(words: str) -> Markup:
    return Markup("<title>{}</title>").format(words) if words else Markup()


def _short(number: float) -> str:
    """Return a number with two decimals at most: a page has hundreds of them."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
