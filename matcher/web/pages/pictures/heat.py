"""How well a proposal addresses each priority of a notice: a strip of cells, the better addressed the deeper."""

from collections.abc import Sequence

from matcher.domain.match import ElementFit, PriorityFit, band
from matcher.web.pages.pictures.drawing import Anchor, Drawing, clipped
from matcher.web.pages.pictures.picture import Key, Picture, Row, Table

NOT_ADDRESSED = "not addressed"
_TITLE_LENGTH = 90
_DEEPER = (0.2, 0.4, 0.55, 0.7, 0.85)
"""Above each of these a cell is one tone deeper; 0.4 and 0.7 are those at which the word for a fit changes."""
_LEGEND = (
    Key("tone-none", NOT_ADDRESSED),
    Key("tone-2", "weak"),
    Key("tone-4", "possible"),
    Key("tone-6", "strong"),
)
_STRIP_HEIGHT = 12
_OWN_SHARE, _SPACE = 1.5, 0.4
"""How wide the cell of a priority is, and the room behind its last one, where the cell of an element is 1."""
_CELL_HEIGHT, _LINE_HEIGHT, _PRIORITY_HEIGHT = 26, 30, 34
_CELLS_A_LINE = 10
_OWN_WIDTH, _GAP = 15.0, 0.8


def heat_strip(priorities: Sequence[PriorityFit]) -> Picture:
    """Return one line of cells, a cell for each priority and after it one for each thing that it asks for."""
    title, description = "Priorities addressed", _description(priorities)
    drawing = Drawing(title, description)
    room = sum(_OWN_SHARE + len(priority.elements) + _SPACE for priority in priorities) - _SPACE
    step = 100 / max(room, 1)
    x = 0.0
    for priority in priorities:
        cells: Sequence[PriorityFit | ElementFit] = (priority, *priority.elements)
        for cell in cells:
            width = step * (_OWN_SHARE if cell is priority else 1)
            drawing.bar(x, 0.5, width - min(_GAP, step / 4), _STRIP_HEIGHT - 1, _tone(cell), _hint(cell))
            x += width
        x += _SPACE * step
    return Picture(title, description, drawing.markup(_STRIP_HEIGHT, "strip"), _table(priorities), _LEGEND)


def heat_matrix(priorities: Sequence[PriorityFit]) -> Picture:
    """Return a line of cells for each priority under its title: its own fit, then those of what it asks for."""
    title, description = "How each priority is addressed", _description(priorities)
    drawing = Drawing(title, description)
    y = 0.0
    for priority in priorities:
        drawing.line_of_text(y + 16, clipped(priority.title, _TITLE_LENGTH), 78)
        drawing.text(100, y + 16, _word(priority), "quiet", anchor=Anchor.END)
        y = _cells(drawing, priority, y + 24)
    return Picture(title, description, drawing.markup(y or 1), _table(priorities), _LEGEND)


def _cells(drawing: Drawing, priority: PriorityFit, y: float) -> float:
    """Draw the cells of a priority from `y` pixels on; return where the next one begins."""
    is_alone = not priority.elements
    _cell(drawing, priority, 0, y, 100 if is_alone else _OWN_WIDTH)
    left = _OWN_WIDTH + 3 * _GAP
    a_line = min(max(len(priority.elements), 1), _CELLS_A_LINE)
    step = (100 - left + _GAP) / a_line
    for place, element in enumerate(priority.elements):
        row, column = divmod(place, a_line)
        _cell(drawing, element, left + column * step, y + row * _LINE_HEIGHT, step - _GAP)
    lines = -(-len(priority.elements) // a_line) or 1
    return y + (lines - 1) * _LINE_HEIGHT + _CELL_HEIGHT + _PRIORITY_HEIGHT - 24


def _cell(drawing: Drawing, cell: PriorityFit | ElementFit, x: float, y: float, width: float) -> None:
    drawing.bar(x, y, width, _CELL_HEIGHT, _tone(cell), _hint(cell))
    drawing.text(
        x + width / 2, y + _CELL_HEIGHT / 2 + 4, _figure(cell), f"on-{_tone(cell)} figure", anchor=Anchor.MIDDLE
    )


def _tone(cell: PriorityFit | ElementFit) -> str:
    if not cell.is_addressed:
        return "tone-none"
    return f"tone-{1 + sum(round(cell.fit, 2) >= least for least in _DEEPER)}"


def _figure(cell: PriorityFit | ElementFit) -> str:
    """Return a fit in as little room as can be: ".58"; a dash for what is not addressed."""
    return f"{cell.fit:.2f}".removeprefix("0") if cell.is_addressed else "–"


def _word(cell: PriorityFit | ElementFit) -> str:
    return f"{cell.fit:.2f} {band(cell.fit)}" if cell.is_addressed else NOT_ADDRESSED


def _words_of(cell: PriorityFit | ElementFit) -> str:
    return cell.title if isinstance(cell, PriorityFit) else cell.text


def _hint(cell: PriorityFit | ElementFit) -> str:
    return f"{clipped(_words_of(cell), _TITLE_LENGTH)}: {_word(cell)}"


def _description(priorities: Sequence[PriorityFit]) -> str:
    addressed = sum(priority.is_addressed for priority in priorities)
    elements = [element for priority in priorities for element in priority.elements]
    sentence = f"{addressed} of {_counted(len(priorities), 'priority', 'priorities')} addressed"
    if elements:
        touched = sum(element.is_addressed for element in elements)
        asking = "it asks for" if len(priorities) == 1 else "they ask for"
        sentence += f", and {touched} of {_counted(len(elements), 'thing', 'things')} that {asking}"
    return f"{sentence}."


def _counted(number: int, word: str, plural: str) -> str:
    return f"{number:,} {word if number == 1 else plural}"


def _table(priorities: Sequence[PriorityFit]) -> Table:
    rows = []
    for priority in priorities:
        rows.append(Row(priority.title, ("priority", _word(priority))))
        rows += [Row(element.text, ("asked for", _word(element))) for element in priority.elements]
    return Table(("What the notice states", "What it is", "Fit"), rows)
