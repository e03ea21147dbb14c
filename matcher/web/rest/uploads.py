"""The body of a request to a proposal: plain, JSON, or a file in a form."""

from pathlib import PurePosixPath
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from matcher.domain.proposal import Proposal
from matcher.errors import DocumentRejected
from matcher.text.documents import MAXIMUM_BYTES
from matcher.web.house import current_house
from matcher.web.rest.examples import PROPOSAL_JSON, PROPOSAL_MARKDOWN, PROPOSAL_TEXT

MAXIMUM_REQUEST_BYTES = MAXIMUM_BYTES + 1024 * 1024
"""A little more than the largest document, for what a form adds; the document itself is measured when it is read."""

UNNAMED = "body"
"""What a document without a file name is called in errors."""

_FORM = "multipart/form-data"
_FILE = "file"
_SUFFIXES = {"text/plain": "", "text/markdown": ".md", "application/json": ".json"}

_TEXT = {"type": "string", "minLength": 1, "pattern": r"\S"}

UPLOAD: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A proposal: text, Markdown, JSON with questions as keys, or a file (PDF, DOCX, HTML, Markdown, "
        f"text, JSON, YAML) in the form field `{_FILE}`; at most {MAXIMUM_BYTES // 1024**2} MiB.",
        "content": {
            "text/plain": {"schema": _TEXT, "example": PROPOSAL_TEXT},
            "text/markdown": {"schema": _TEXT, "example": PROPOSAL_MARKDOWN},
            "application/json": {"schema": {"type": "object"}, "example": PROPOSAL_JSON},
            _FORM: {
                "schema": {
                    "type": "object",
                    "properties": {_FILE: {"type": "string", "format": "binary"}},
                    "required": [_FILE],
                }
            },
        },
    }
}
"""The description of such a body in the OpenAPI file."""


def uploaded_proposal() -> Proposal:
    """Read the proposal that the present request brings.

    Raises:
        DocumentRejected: There is none, it cannot be read as text, or it is no proposal.
        RetryLater: Too many others are being read.
        UnsupportedMediaType: The body is of no kind that is taken.
        RequestEntityTooLarge: The body is larger than `MAXIMUM_REQUEST_BYTES`; it was not read.
    """
    room = current_house().context.room
    if request.mimetype == _FORM:
        file = _file()
        return room.proposal(file.read(), PurePosixPath(file.filename or "").name or UNNAMED)
    if request.mimetype not in _SUFFIXES:
        raise UnsupportedMediaType(
            f"a proposal is taken as {', '.join(_SUFFIXES)}, or as a file in a form ({_FORM}); "
            "say which in Content-Type"
        )
    return room.proposal(request.get_data(cache=False), UNNAMED + _SUFFIXES[request.mimetype])


def _file() -> FileStorage:
    files = request.files.getlist(_FILE)
    if len(files) != 1:
        raise DocumentRejected(
            f"the form needs one file under this name and has {len(files)}; send each proposal in a call of its own",
            source=_FILE,
        )
    return files[0]


def close_uploads(_error: BaseException | None = None) -> None:
    """Close the temporary files that a form of the present request was spooled to."""
    request.close()
