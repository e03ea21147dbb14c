"""What every layout is read into: keys (or questions, or headings) with their values and places."""

import re
from dataclasses import dataclass

from matcher.domain.evidence import Quote, Span
from matcher.text.layout import collapsed

SUMMARY = "Summary"
"""The question that a text before the first question answers."""
TITLE = "title"
YEAR = "year"

_MACHINE_KEY = re.compile(r"[a-z][\w.-]*")
_CAMEL_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value: its clean text, and where it stands in the document."""

    text: str
    span: Span

    @property
    def quote(self) -> Quote:
        """The value as words of the document."""
        return Quote(collapsed(self.text), self.span)


@dataclass(frozen=True, slots=True)
class Field:
    """A key and what stands under it.

    `answer` is the clean text of the whole, `values` are its parts: the items of a list or the lines of an answer.
    """

    key: str
    answer: str
    span: Span
    values: tuple[Scalar, ...]

    @classmethod
    def of_values(cls, key: str, values: tuple[Scalar, ...]) -> "Field":
        """Return the field of a list of values, one line of the answer for each; there is at least one."""
        span = Span(values[0].span.start, values[-1].span.end)
        return cls(key, "\n".join(value.text for value in values), span, values)

    @classmethod
    def of_text(cls, key: str, text: str, span: Span) -> "Field | None":
        """Return the field whose answer is the stretch `span` of `text`, or None if only white space is there."""
        answer = span.of(text)
        start = span.start + len(answer) - len(answer.lstrip())
        answer = answer.strip()
        values = tuple(
            Scalar(line.group(), Span(start + line.start(), start + line.end()))
            for line in re.finditer(r"\S(?:[^\n]*\S)?", answer)
        )
        return cls(key, answer, Span(start, start + len(answer)), values) if values else None

    @property
    def is_machine_key(self) -> bool:
        """Whether the key is a name for programs (`project_summary`) rather than a question or heading."""
        return _MACHINE_KEY.fullmatch(self.key) is not None

    @property
    def question(self) -> str:
        """The key as a person reads it: `project_summary` becomes "Project summary"."""
        if not self.is_machine_key:
            return collapsed(self.key)
        words = spaced(self.key)
        return words[:1].upper() + words[1:]


def spaced(key: str) -> str:
    """Return a key in lower-case words: `amountRequested` and `amount_requested` become "amount requested"."""
    return collapsed(_CAMEL_HUMP.sub(" ", key).replace("_", " ").replace(".", " ")).lower().rstrip(" ?:*")
