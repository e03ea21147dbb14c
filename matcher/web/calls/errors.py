"""Every error in one shape: `application/problem+json`, RFC 9457."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from traceback import format_tb
from typing import cast
from urllib.parse import quote

from flask import Flask, Response, request
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES

from matcher.errors import AskedTooOften, InputRejected, MatcherError, NotFound, RetryLater
from matcher.text.documents import MAXIMUM_BYTES
from matcher.web.calls.envelopes import Failure, Flaw, enveloped, install_envelope

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
TOO_LARGE = (
    f"the request is larger than {MAXIMUM_BYTES // 1024**2} MiB, the most that is taken; "
    "send the text without its pictures"
)
_PARAMETER_MODELS = ("Query", "Path")
"""How the models of parameters are called; every other one is that of a body."""

_log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong, in the members of RFC 9457; `errors` names each flaw of the input."""

    type: str = Field("about:blank", description="Always about:blank: the status says what kind of problem it is.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, as a sentence.")
    instance: str | None = Field(None, description="Of an error on our side: the identifier under which it is logged.")
    errors: list[Flaw] | None = Field(None, description="What is wrong with the input, one by one.")


def problem(failure: Failure) -> Response:
    """Return a failure as a problem of RFC 9457."""
    body = Problem(
        title=HTTP_STATUS_CODES.get(failure.status, "Unknown"),
        status=failure.status,
        detail=failure.detail,
        instance=failure.instance,
        errors=list(failure.errors) or None,
    )
    response = Response(body.model_dump_json(exclude_none=True), failure.status, mimetype=MEDIA_TYPE)
    response.headers.extend(failure.headers)
    return response


def unavailable(detail: str, *, errors: Sequence[Flaw] = ()) -> Response:
    """Return the error of a call that may succeed in a moment."""
    return enveloped(Failure(503, detail, errors, headers=[("Retry-After", str(RETRY_AFTER_SECONDS))]))


def documented(*statuses: int) -> ResponseDict:
    """Return the entries that tell of these problems in the description of an operation."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {
        status: {"description": HTTP_STATUS_CODES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def invalid_parameters(error: ValidationError) -> Response:
    """Return the error of parameters, or of a body, that their model refuses; what was sent is not echoed."""
    is_body = not error.title.endswith(_PARAMETER_MODELS)
    flaws = [
        Flaw(
            source=".".join(map(str, found["loc"])) or None,
            pointer=_pointer(found["loc"]) if is_body else None,
            detail=_parameter_detail(found["type"], found["msg"]),
        )
        for found in error.errors(include_url=False, include_input=False)
    ]
    return enveloped(Failure(422, "; ".join(f"{flaw.source or 'body'}: {flaw.detail}" for flaw in flaws), flaws))


def register_problems(app: Flask) -> None:
    """Answer every error of `app` with a problem, or in the envelope of its address."""
    install_envelope(app, "", problem)
    app.register_error_handler(InputRejected, _rejected)
    app.register_error_handler(RetryLater, _retry_later)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _failure)


def _retry_later(error: RetryLater) -> Response:
    if isinstance(error, AskedTooOften):
        return enveloped(Failure(429, str(error), headers=[("Retry-After", str(error.seconds))]))
    return unavailable(str(error))


def _rejected(error: InputRejected) -> Response:
    status = 404 if isinstance(error, NotFound) else 422
    flaw = Flaw(source=error.source, pointer=_pointer_to(error.source), line=error.line, detail=error.reason)
    return enveloped(Failure(status, str(error), [flaw]))


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:  # one that is an answer already
        return cast(Response, error.response)
    kept = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    detail = error.description or "this call cannot be answered"
    if isinstance(error, RequestEntityTooLarge):
        detail = TOO_LARGE
    return enveloped(Failure(error.code or 500, detail, headers=kept))


def _failure(error: Exception) -> Response:
    """Return an identifier and nothing of the inside; the log has the rest, but no words of a document."""
    error_id = uuid.uuid4()
    _log.error("request failed", extra={"error_id": str(error_id), **_described(error)})
    detail = f"something failed on our side; the log has it under {error_id}"
    return enveloped(Failure(500, detail, instance=error_id.urn))


def _described(error: Exception) -> Mapping[str, str]:
    """Return kind and place of an error; its message only if we wrote it, for others may quote what they failed on."""
    described = {"error": type(error).__name__, "stack": "".join(format_tb(error.__traceback__))}
    return {**described, "reason": str(error)} if isinstance(error, MatcherError) else described


def _parameter_detail(kind: str, message: str) -> str:
    return "this call knows no such parameter" if kind == "extra_forbidden" else message


def _pointer(place: Sequence[str | int]) -> str:
    """Return a place in a JSON body as a JSON Pointer in a URI fragment (RFC 6901, sections 4 and 6)."""
    return "#" + "".join(f"/{quote(str(part).replace('~', '~0').replace('/', '~1'))}" for part in place)


def _pointer_to(field: str | None) -> str | None:
    """Return the pointer to a field that a verb names, where the JSON body has one of this name."""
    try:
        body = request.get_json(silent=True) if request.is_json else None
    except RequestEntityTooLarge:  # it was refused for something else before anybody read it
        return None
    return _pointer([field]) if field is not None and isinstance(body, dict) and field in body else None
