"""Words with their place: spans, quotes and facts that remember where they stand."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.domain.vocabulary import Basis

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, as code point offsets; `end` is exclusive.

    Raises:
        ValueError: The two offsets do not describe a stretch.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not start {self.start} and end {self.end}")

    def of(self, text: str) -> str:
        """Return the stretch of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, and where they stand in its text (None where the document has no running text)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value read from a document, with the words that it rests on and how sure the reading is."""

    value: Value
    quote: Quote | None = None
    basis: Basis = Basis.STATED
