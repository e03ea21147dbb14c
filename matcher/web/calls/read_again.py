"""Which reads are kept, so that `matcher.web.calls.front` can give them again."""

from collections.abc import Callable
from time import time
from typing import Any, TypeVar

from flask import Response, current_app, g, request

from matcher.services.keys import USE_RECORDED_EVERY
from matcher.web.calls.asker import asker
from matcher.web.calls.front import question_of
from matcher.web.calls.kept_reads import KeptRead
from matcher.web.house import current_house

_MARK = "is_kept_until_a_change"
_HEADERS = (
    "Content-Type",
    "Content-Encoding",
    "Content-Length",
    "ETag",
    "Cache-Control",
    "Vary",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
)

View = TypeVar("View", bound=Callable[..., Any])


def kept_until_a_change(view: View) -> View:
    """Mark a read whose answer depends on the store, the asker, the address and the day, and on nothing else."""
    setattr(view, _MARK, True)
    return view


def note_version() -> None:
    """Remember which version of the store the answer will be of, before anything of it is read."""
    view = None if request.endpoint is None else current_app.view_functions[request.endpoint]
    if request.method == "GET" and getattr(view, _MARK, False):
        # even before the key is looked at: an answer to a key must not outlive a version in which it was revoked
        g.version = current_house().version()


def keep_in_memory(response: Response) -> Response:
    """Keep an answer that was worked out, in the form in which it leaves.

    It is given again for as long as the use of a key need not be recorded.
    """
    version, asking = g.get("version"), asker()
    if version is None or asking is None or request.url_rule is None or response.is_streamed:
        return response
    tag, _ = response.get_etag()
    if response.status_code == 200 and tag is not None:
        kept = KeptRead(
            body=response.get_data(),
            tag=tag,
            sent_headers=tuple((name, response.headers[name]) for name in _HEADERS if name in response.headers),
            route=request.url_rule.rule,
            asker=asking,
            call=current_house().calls.present_call(),
            good_until=time() + USE_RECORDED_EVERY.total_seconds(),
        )
        current_house().reads.keep(version, question_of(request.environ), kept)
    return response
