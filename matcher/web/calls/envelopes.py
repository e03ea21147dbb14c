"""In which shape an error leaves: each part of the service may have an envelope of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, current_app, request
from pydantic import BaseModel, Field

_KEY = "matcher.envelopes"


class Flaw(BaseModel):
    """One thing that is wrong with the input."""

    source: str | None = Field(None, description="The file, field or parameter that is meant.")
    pointer: str | None = Field(
        None, description="The place in a JSON body that is meant, as a JSON Pointer (RFC 6901) in a URI fragment."
    )
    line: int | None = Field(None, description="The line in that source, counted from 1, where one can be named.")
    detail: str = Field(description="What is wrong, and what to do next.")


@dataclass(frozen=True, slots=True)
class Failure:
    """An error on its way out: HTTP status, a sentence, the flaws of the input, and headers that belong to it.

    `instance` is, of an error on our side, the URN under which it is logged.
    """

    status: int
    detail: str
    errors: Sequence[Flaw] = ()
    instance: str | None = None
    headers: Sequence[tuple[str, str]] = ()


Envelope = Callable[[Failure], Response]


def install_envelope(app: Flask, prefix: str, envelope: Envelope) -> None:
    """Answer every error under the addresses that begin with `prefix` in `envelope`; the longest prefix counts."""
    known = cast(dict[str, Envelope], app.extensions.setdefault(_KEY, {}))
    known[prefix] = envelope


def enveloped(failure: Failure) -> Response:
    """Return a failure in the envelope of the address that was asked."""
    known = cast(dict[str, Envelope], current_app.extensions[_KEY])
    prefix = max((prefix for prefix in known if request.path.startswith(prefix)), key=len)
    return known[prefix](failure)
