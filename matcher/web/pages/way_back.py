"""The way back to the page that somebody wanted before they had to sign in."""

import re

from flask import request, url_for
from werkzeug.urls import iri_to_uri

PARAMETER = "next"
"""Names the page, in the address of the page that signs in and in its form."""
HOME = "/"

_OWN_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]{0,2000}", re.ASCII)
"""A path from the root of this site, in visible ASCII without a backslash.

Two slashes begin the name of another site, browsers read a backslash as a slash, and they drop tabs and line breaks
wherever they stand (https://url.spec.whatwg.org/#concept-basic-url-parser).
"""


def own_path(given: str) -> str:
    """Return a path and query of our own as they were given; our first page for anything else."""
    return given if _OWN_PATH.fullmatch(given) else HOME


def sign_in_address() -> str:
    """Return where to sign in so that the present page is shown afterwards; a form that was sent is not sent again."""
    if request.method != "GET":
        return url_for("sign_in.sign_in_page")
    return url_for("sign_in.sign_in_page", next=iri_to_uri(request.full_path).rstrip("?"))
