"""What every picture is: a drawing, its name and description in words, and the table that it was drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, its values, and where a reader may go from it."""

    name: str
    values: Sequence[str]
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The facts behind a picture; `columns` names what stands in each row, the name of the row first."""

    columns: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend: a mark of the drawing (a class of `pictures.css`) and what it stands for."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with everything that stands for it where it cannot be seen.

    `description` tells what the drawing shows in sentences; it is a part of the drawing (`desc`), and a page may show
    it as well.
    """

    title: str
    description: str
    svg: Markup
    table: Table
    legend: Sequence[Key] = ()
