"""The form in which an answer travels: with a tag that tells if it changed, compressed, and kept by nobody else."""

import gzip
import hashlib

from flask import Flask, Response, request

_LEAST_BYTES = 1_000
"""A shorter body fits into one packet, compressed or not."""

_LEVEL = 1
"""Twice as fast as level 6, and a tenth larger on a page of matches."""

_COMPRESSIBLE = {
    "application/json",
    "application/problem+json",
    "application/atom+xml",
    "text/calendar",
    "text/csv",
    "text/css",
    "text/html",
    "text/javascript",
    "image/svg+xml",
    "text/plain",
}
_TAG_BYTES = 16


def install_representation(app: Flask) -> None:
    """Give every answer of `app` its tag and its form."""
    app.after_request(_represented)


def tag_of(body: bytes) -> str:
    """Return what names a body: equal for equal bytes."""
    return hashlib.blake2b(body, digest_size=_TAG_BYTES).hexdigest()


def _represented(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"  # what we send is what we say it is
    if response.direct_passthrough or response.is_streamed:
        return response
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        _make_conditional(response)
    _compress(response)
    return response


def _make_conditional(response: Response) -> None:
    """Tag the answer, and leave its body out where the caller has it already (RFC 9110, section 13).

    The tag is weak: it stays the same whether or not the body is compressed.
    """
    if response.get_etag()[0] is None:
        response.set_etag(tag_of(response.get_data()), weak=True)
    # whoever keeps it asks again each time, and nobody keeps it for others
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Authorization", "X-API-Key", "Cookie"))
    response.make_conditional(request)


def _compress(response: Response) -> None:
    """Compress the body if the caller takes that."""
    if response.mimetype not in _COMPRESSIBLE or response.status_code in (204, 304):
        return
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    is_taken = request.accept_encodings.quality("gzip") > 0
    if not is_taken or len(body) < _LEAST_BYTES or "Content-Encoding" in response.headers:
        return
    response.set_data(gzip.compress(body, _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
