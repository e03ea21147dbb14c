"""Growth curves as pictures: what a figure costs against its size, on logarithmic scales."""

from collections.abc import Sequence
from math import log10
from pathlib import Path

from benchmarks.performance.figures import Figure

_WIDTH, _HEIGHT, _MARGIN = 460, 280, 56
_LOOKS = 'font-family="sans-serif" font-size="12" role="img"'
_INK, _GREY = "#1f6f8b", "#888888"


def draw(path: Path, title: str, unit: str, figures: Sequence[Figure]) -> None:
    """Write one picture: processor time of each figure, and dashed what it is held against."""
    own = [(figure.size or 1, figure.cost.processor) for figure in figures]
    held = [(figure.size or 1, figure.limit.processor) for figure in figures if figure.limit]
    scale = _Scale([*own, *held])
    beside = figures[0].beside
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {_LOOKS} aria-label="{title}">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{_MARGIN}" y="20" font-size="14">{title}</text>',
        *scale.axes(unit, [size for size, _ in own]),
        scale.line(own, _INK, "none"),
        *scale.dots(own),
    ]
    if held:
        parts += [scale.line(held, _GREY, "5 4"), f'<text x="{_MARGIN}" y="38" fill="{_GREY}">dashed: {beside}</text>']
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


class _Scale:
    """Places on the picture of (size, seconds); both axes are logarithmic and end at powers of ten."""

    def __init__(self, points: Sequence[tuple[int, float]]) -> None:
        self._x = _decades([size for size, _ in points])
        self._y = _decades([seconds for _, seconds in points])

    def x(self, size: float) -> float:
        """Return how far to the right a size stands."""
        low, high = self._x
        return _MARGIN + (log10(size) - low) / (high - low) * (_WIDTH - 2 * _MARGIN)

    def y(self, seconds: float) -> float:
        """Return how far down a cost stands."""
        low, high = self._y
        return _HEIGHT - _MARGIN - (log10(seconds) - low) / (high - low) * (_HEIGHT - 2 * _MARGIN)

    def line(self, points: Sequence[tuple[int, float]], colour: str, dashes: str) -> str:
        """Return a line through points."""
        places = " ".join(f"{self.x(size):.1f},{self.y(seconds):.1f}" for size, seconds in points)
        return (
            f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        )

    def dots(self, points: Sequence[tuple[int, float]]) -> list[str]:
        """Return a dot a point, with its numbers."""
        return [
            f'<circle cx="{self.x(size):.1f}" cy="{self.y(seconds):.1f}" r="4" fill="{_INK}">'
            f"<title>{size:,}: {_words(seconds)}</title></circle>"
            f'<text x="{self.x(size):.1f}" y="{self.y(seconds) - 8:.1f}" text-anchor="middle">{_words(seconds)}</text>'
            for size, seconds in points
        ]

    def axes(self, unit: str, sizes: Sequence[int]) -> list[str]:
        """Return the frame with its ticks."""
        bottom, right = _HEIGHT - _MARGIN, _WIDTH - _MARGIN
        seconds = [10.0**power for power in range(self._y[0], self._y[1] + 1)]
        return [
            f'<path d="M{_MARGIN} {_MARGIN}V{bottom}H{right}" fill="none" stroke="{_GREY}"/>',
            *(f'<text x="{self.x(size):.1f}" y="{bottom + 18}" text-anchor="middle">{size:,}</text>' for size in sizes),
            *(
                f'<text x="{_MARGIN - 6}" y="{self.y(one) + 4:.1f}" text-anchor="end">{_words(one)}</text>'
                for one in seconds
            ),
            f'<text x="{(_MARGIN + right) / 2:.0f}" y="{_HEIGHT - 14}" text-anchor="middle">{unit}</text>',
        ]


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Return the powers of ten around some values, at least one apart."""
    low, high = int(log10(min(values)) // 1), int(-(-log10(max(values)) // 1))
    return low, max(high, low + 1)


def _words(seconds: float) -> str:
    return f"{seconds * 1000:,.3g} ms" if seconds < 1 else f"{seconds:,.3g} s"
