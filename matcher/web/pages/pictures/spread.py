"""How the fits of one proposal are spread over the catalogue, and where one match stands among them."""

from collections import Counter
from collections.abc import Sequence

from matcher.domain.match import Band, band
from matcher.services.ranking import Judged, Ranking
from matcher.web.pages.pictures.drawing import Anchor, Drawing
from matcher.web.pages.pictures.picture import Key, Picture, Row, Table

_STEPS = 20
_HEAD, _PLOT, _FOOT = 22, 120, 42
_SMALLEST = 3.0
_LEGEND = (Key("mine", "you may apply, as far as is known"), Key("others", "closed, not open to you, or muted"))
_BANDS = ((Band.WEAK, 0.0, 0.4), (Band.POSSIBLE, 0.4, 0.7), (Band.STRONG, 0.7, 1.0))


def fit_spread(ranking: Ranking[Judged], catalogue_size: int, marked: float | None = None) -> Picture:
    """Return the fits of all matches in steps of 0.05.

    Args:
        ranking: The matches of one proposal.
        catalogue_size: How many opportunities there are; those that are no match fit less than any that is kept.
        marked: The fit of the match that the page is about.
    """
    mine = [match.match.fit for match in ranking.ranked]
    others = [match.match.fit for match in (*ranking.closed, *ranking.ineligible, *ranking.muted)]
    unkept = max(catalogue_size - len(mine) - len(others), 0)
    title, description = "Fits over the catalogue", _description(mine, others, unkept, marked)
    drawing = Drawing(title, description)
    _columns(drawing, Counter(map(_step, mine)), Counter(map(_step, others)))
    _axis(drawing, mine + others)
    if marked is not None:
        _mark(drawing, marked)
    table = _table(mine, others, unkept)
    return Picture(title, description, drawing.markup(_HEAD + _PLOT + _FOOT), table, _LEGEND)


def _step(fit: float) -> int:
    """Return the step of 0.05 that a fit lies in, decided on the two decimals that a person is shown."""
    return min(round(fit * 100) * _STEPS // 100, _STEPS - 1)


def _step_words(step: int) -> str:
    return f"{step / _STEPS:.2f} to {(step + 1) / _STEPS:.2f}"


def _columns(drawing: Drawing, mine: Counter[int], others: Counter[int]) -> None:
    highest = max(((mine + others)[step] for step in range(_STEPS)), default=0) or 1
    width = 100 / _STEPS
    floor = float(_HEAD + _PLOT)
    for step in range(_STEPS):
        y = floor
        hint = (
            f"{step / _STEPS:.2f} to {(step + 1) / _STEPS:.2f}: {mine[step]:,} you may apply for, {others[step]:,} not"
        )
        for count, mark in ((mine[step], "mine"), (others[step], "others")):
            height = max(count / highest * _PLOT, _SMALLEST) if count else 0
            y -= height
            if count:
                drawing.bar(step * width + 0.4, y, width - 0.8, height, mark, hint)


def _axis(drawing: Drawing, fits: Sequence[float]) -> None:
    floor = _HEAD + _PLOT
    counts = Counter(map(band, fits))
    drawing.line(0, floor, 100, floor, "base")
    for word, least, end in _BANDS:
        if least:
            drawing.line(least * 100, _HEAD, least * 100, floor + 6, "grid")
            drawing.text(least * 100, floor + 18, f"{least:.1f}", "axis", anchor=Anchor.MIDDLE)
        drawing.text((least + end) * 50, floor + 36, f"{counts[word]:,} {word}", "label", anchor=Anchor.MIDDLE)
    drawing.text(0, floor + 18, "0", "axis")
    drawing.text(100, floor + 18, "1", "axis", anchor=Anchor.END)


def _mark(drawing: Drawing, marked: float) -> None:
    x = marked * 100
    anchor = Anchor.END if marked > 0.8 else Anchor.START if marked < 0.2 else Anchor.MIDDLE
    drawing.line(x, _HEAD - 4, x, _HEAD + _PLOT, "here")
    drawing.dot(x, _HEAD + _PLOT, 4, "here")
    drawing.text(x, _HEAD - 9, f"this one, {marked:.2f}", "strong", anchor=anchor)


def _description(mine: Sequence[float], others: Sequence[float], unkept: int, marked: float | None) -> str:
    fits = [*mine, *others]
    counts = Counter(map(band, fits))
    told = ", ".join(f"{counts[word]:,} {word}" for word in Band)
    sentences = [f"Of {len(fits) + unkept:,} opportunities, the fit is {told}; {unkept:,} fit too little to be kept."]
    if marked is not None:
        better = sum(round(fit, 2) > round(marked, 2) for fit in fits)
        sentences.append(f"This one fits at {marked:.2f}; {_better_words(better)} better.")
    return " ".join(sentences)


def _better_words(count: int) -> str:
    return "none fits" if count == 0 else f"{count:,} {'fits' if count == 1 else 'fit'}"


def _table(mine: Sequence[float], others: Sequence[float], unkept: int) -> Table:
    steps = Counter(map(_step, mine)), Counter(map(_step, others))
    rows = [
        Row(_step_words(step), (f"{steps[0][step]:,}", f"{steps[1][step]:,}"))
        for step in reversed(range(_STEPS))
        if steps[0][step] or steps[1][step]
    ]
    rows.append(Row("too little to be kept", (f"{unkept:,}", "")))
    return Table(("Fit", "You may apply", "Closed, not open to you, or muted"), rows)
