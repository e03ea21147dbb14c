"""Errors as a person reads them in a browser; whoever asks for JSON gets a problem of RFC 9457."""

from flask import Flask, Response
from werkzeug.http import HTTP_STATUS_CODES

from matcher.web.calls.envelopes import Failure, install_envelope
from matcher.web.calls.errors import problem
from matcher.web.pages.frame import protect, show, wants_page
from matcher.web.pages.way_back import sign_in_address

_INTERFACE = "/v1/"
_TITLES = {
    401: "This is for members",
    403: "This form is not taken",
    404: "There is nothing here",
    413: "That is too large",
    422: "That could not be read",
    429: "A little slower, please",
    503: "Not just now",
}
_OURS = "Something failed on our side"


def install_error_pages(app: Flask) -> None:
    """Tell a person in a browser what went wrong on a page; calls under `/v1/` stay as they are."""
    install_envelope(app, "", _told)
    install_envelope(app, _INTERFACE, problem)


def _told(failure: Failure) -> Response:
    """Return a failure as a page where one is wanted, and as a problem elsewhere."""
    told = _page(failure) if wants_page() else problem(failure)
    told.vary.add("Accept")
    return told


def _page(failure: Failure) -> Response:
    title = _TITLES.get(
        failure.status, _OURS if failure.status >= 500 else HTTP_STATUS_CODES.get(failure.status, _OURS)
    )
    address = sign_in_address() if failure.status == 401 else None
    response = protect(
        show(
            "error.html",
            twin=None,
            status=failure.status,
            title=title,
            detail=failure.detail,
            sign_in_address=address,
        )
    )
    response.headers.extend(failure.headers)
    return response
