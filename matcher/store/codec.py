"""Domain dataclasses to JSON and back.

The JSON is canonical: keys sorted, no blanks, UTF-8, no NaN. Equal values therefore have equal text and equal hashes. A
field that the domain gains later takes its default when an older document is read; one that it loses is passed over.
"""

import hashlib
import json
from functools import cached_property
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from matcher.errors import InputRejected, Unrecoverable

Value = TypeVar("Value")

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class JsonCodec(Generic[Value]):
    """Turns values of one kind into canonical JSON and back; `kind` is a dataclass or a built-in collection."""

    def __init__(self, kind: type[Value]) -> None:
        self._kind = kind

    def to_json(self, value: Value) -> str:
        """Return `value` as canonical JSON.

        Raises:
            InputRejected: A text holds a lone surrogate, which no UTF-8 file or database can hold.
            ValueError: A number is infinite or not a number.
        """
        plain = self._adapter.dump_python(value, mode="json")
        text = _CANONICAL.encode(plain)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            found = ascii(text[error.start])
            reason = f"this {self._kind.__name__} holds {found}, which is no character; remove it from the text"
            raise InputRejected(reason) from error
        return text

    def from_json(self, text: str) -> Value:
        """Return the value that `to_json` made `text` from.

        Raises:
            Unrecoverable: The text is no such value: it was damaged, or written by an incompatible version.
        """
        try:
            return self._adapter.validate_json(text)
        except ValidationError as error:
            # pydantic's own text quotes the document, which must not reach a log
            flaws = "; ".join(f"{found['loc']}: {found['msg']}" for found in error.errors(include_input=False))
            what = f"a stored {self._kind.__name__}"
            raise Unrecoverable(f"{what} cannot be read; import it again or restore a backup: {flaws}") from None

    @cached_property
    def _adapter(self) -> TypeAdapter[Value]:
        return TypeAdapter(self._kind)


def content_hash(canonical_json: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes: 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json.encode()).hexdigest()
