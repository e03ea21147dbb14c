"""Which reads are answered from memory, and how they get there and back."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from flask import Response, current_app, g, request

from matcher.web.house import asker, current_house
from matcher.web.kept_reads import KeptRead, Question

_MARK = "is_kept_until_a_change"
_HEADERS = ("Content-Type", "Content-Encoding", "ETag", "Cache-Control", "Vary", "Link")

View = TypeVar("View", bound=Callable[..., Any])


def kept_until_a_change(view: View) -> View:
    """Mark a read whose answer depends on the store, the asker, the address and the day, and on nothing else."""
    setattr(view, _MARK, True)
    return view


def answer_from_memory() -> Response | None:
    """Return the answer that the same read had, if nothing changed since; None lets it be worked out."""
    asking = asker()
    if request.method != "GET" or request.endpoint is None or asking is None:
        return None
    if not getattr(current_app.view_functions[request.endpoint], _MARK, False):
        return None
    house = current_house()
    is_compressed = request.accept_encodings.quality("gzip") > 0
    question = (asking.organization_id, request.full_path, is_compressed, date.today())
    # read before the rows are: a change in between makes the next read come back
    version = house.store.version()
    found = house.reads.find(version, question)
    if found is None:
        g.question = version, question
        return None
    return Response(found.body, headers=list(found.headers))


def keep_in_memory(response: Response) -> Response:
    """Keep an answer that was worked out, in the form in which it leaves."""
    asked: tuple[int, Question] | None = g.pop("question", None)
    if asked is not None and response.status_code == 200 and not response.is_streamed:
        headers = tuple((name, response.headers[name]) for name in _HEADERS if name in response.headers)
        current_house().reads.keep(*asked, KeptRead(response.get_data(), headers))
    return response
