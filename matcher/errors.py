"""What can go wrong, sorted by what the reader should do next."""


class MatcherError(Exception):
    """Any error that this software explains; its text is a sentence for the person who reads it."""


class InputRejected(MatcherError):
    """The input must be changed: wrong, unreadable, too large or unknown.

    Args:
        reason: What is wrong and what to do next, as one sentence.
        source: The file, field or identifier that is meant.
        line: The line in that source, counted from 1, where one can be named.
    """

    def __init__(self, reason: str, *, source: str | None = None, line: int | None = None) -> None:
        self.reason = reason
        self.source = source
        self.line = line
        place = "" if source is None else source if line is None else f"{source}, line {line}"
        super().__init__(f"{place}: {reason}" if place else reason)


class DocumentRejected(InputRejected):
    """A document cannot be read as text, or holds no text."""


class NoticeRejected(InputRejected):
    """A document can be read but is no usable funding notice."""


class NotFound(InputRejected):
    """Nothing is stored under the identifier that was asked for."""


class RetryLater(MatcherError):
    """Nothing is wrong with the input; the same call may succeed later."""


class AskedTooOften(RetryLater):
    """The same was asked too often; it may be asked again in `seconds`."""

    def __init__(self, reason: str, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(reason)


class Unrecoverable(MatcherError):
    """Neither the input nor a retry helps: the installation itself must be mended."""
