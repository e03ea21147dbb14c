"""The pictures of a soak: one line chart for each thing that was noted, as SVG."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

WIDTH, HEIGHT, MARGIN = 640, 220, 56
_COLOURS = ("#1f6f8b", "#b4552d", "#4b7f3f", "#6b4f9a")
_TICKS = 4

Line = tuple[str, list[tuple[float, float]]]
"""A name, and its points: minutes, value."""


def draw(samples: Sequence[Any], engine: str, folder: Path) -> None:
    """Write four pictures into `folder`: memory, open files, size of the database, latency."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, unit in (("memory", "MiB"), ("files", "open files"), ("database", "MiB")):
        line = (name, [(one.second / 60, float(getattr(one, name))) for one in samples])
        _write(folder / f"{engine}-{name}.svg", f"{name} on {engine}, {unit}", [line])
    kinds = sorted({kind for one in samples for kind in one.latencies})
    lines = [
        (kind, [(one.second / 60, 1000 * one.latencies[kind]) for one in samples if kind in one.latencies])
        for kind in kinds
    ]
    _write(folder / f"{engine}-latency.svg", f"latency on {engine}, milliseconds, median of each second", lines)


def _write(path: Path, title: str, lines: Sequence[Line]) -> None:
    path.write_text(chart(title, lines), encoding="utf-8")


def chart(title: str, lines: Sequence[Line]) -> str:
    """Return lines over minutes as one SVG; both axes begin at zero, so that what grows is seen to grow."""
    longest = max((x for _, points in lines for x, _ in points), default=1.0) or 1.0
    highest = 1.1 * max((y for _, points in lines for _, y in points), default=1.0) or 1.0

    def place(point: tuple[float, float]) -> str:
        x = MARGIN + point[0] / longest * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - point[1] / highest * (HEIGHT - 2 * MARGIN)
        return f"{x:.1f},{y:.1f}"

    shape = Markup('<polyline points="{}" fill="none" stroke="{}" stroke-width="1.5"><title>{}</title></polyline>')
    label = Markup('<text x="{}" y="{}" fill="{}" text-anchor="{}">{}</text>')
    parts = [label.format(MARGIN, 20, "#222222", "start", title)]
    for number in range(_TICKS + 1):
        share = number / _TICKS
        y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)
        x = MARGIN + share * (WIDTH - 2 * MARGIN)
        parts.append(label.format(MARGIN - 6, f"{y + 4:.0f}", "#555555", "end", _number(share * highest)))
        parts.append(label.format(f"{x:.0f}", HEIGHT - MARGIN + 16, "#555555", "middle", f"{share * longest:.3g} min"))
    for number, (name, points) in enumerate(lines):
        colour = _COLOURS[number % len(_COLOURS)]
        parts.append(shape.format(" ".join(map(place, points)), colour, name))
        if len(lines) > 1:
            parts.append(label.format(MARGIN + 140 * number, HEIGHT - 12, colour, "start", name))
    body = Markup("\n").join(parts)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="11" '
        'role="img" aria-label="{}">\n<rect width="{}" height="{}" fill="#ffffff"/>\n{}\n</svg>\n'
    ).format(WIDTH, HEIGHT, title, WIDTH, HEIGHT, body)


def _number(value: float) -> str:
    """Return three digits of a number, however large it is, without an exponent."""
    return f"{float(f'{value:.3g}'):,.9g}"
