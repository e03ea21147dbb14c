"""The running text of a record that comes in fields: laid out once, so that quotes know where they stand in it."""

from matcher.domain.evidence import Quote, Span
from matcher.errors import NoticeRejected

LONGEST_TEXT = 1_000_000
"""Characters of all fields of one record together."""

_PARAGRAPH = "\n\n"


class RunningText:
    """Grows by one field after the other; the title comes first."""

    def __init__(self, title: str) -> None:
        self._parts = [title]
        self._length = len(title)
        self._ends_with_fact = False

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    def __len__(self) -> int:
        return self._length

    def section(self, heading: str, words: str) -> Quote | None:
        """Add a section and return its words as a quote; nothing is added where there are none.

        Raises:
            NoticeRejected: The text becomes longer than `LONGEST_TEXT`.
        """
        if not words:
            return None
        self._add(_PARAGRAPH)
        if heading:
            self._add(heading + _PARAGRAPH)
        self._ends_with_fact = False
        return self._add(words)

    def fact(self, label: str, words: str) -> Quote | None:
        """Add a line that says one thing ("Funding source: State") and return it as a quote.

        Raises:
            NoticeRejected: The text becomes longer than `LONGEST_TEXT`.
        """
        if not words:
            return None
        self._add("\n" if self._ends_with_fact else _PARAGRAPH)
        self._ends_with_fact = True
        return self._add(f"{label}: {words}")

    def _add(self, words: str) -> Quote:
        start = self._length
        self._length += len(words)
        if self._length > LONGEST_TEXT:
            raise NoticeRejected(f"the record has more than {LONGEST_TEXT:,} characters, which no notice needs")
        self._parts.append(words)
        return Quote(words, Span(start, self._length))
