"""Every error in one shape: `application/problem+json`, RFC 9457."""

import logging
import uuid
from collections.abc import Iterable, Mapping, Sequence
from traceback import format_tb

from flask import Flask, Response
from flask_openapi3.types import ResponseDict
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.http import HTTP_STATUS_CODES

from matcher.errors import InputRejected, MatcherError, NotFound, RetryLater
from matcher.text.documents import MAXIMUM_BYTES

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
TOO_LARGE = (
    f"the request is larger than {MAXIMUM_BYTES // 1024**2} MiB, the most that is taken; "
    "send the text without its pictures"
)

_log = logging.getLogger(__name__)


class Flaw(BaseModel):
    """One thing that is wrong with the input."""

    source: str | None = Field(None, description="The file, field or parameter that is meant.")
    line: int | None = Field(None, description="The line in that source, counted from 1, where one can be named.")
    detail: str = Field(description="What is wrong, and what to do next.")


class Problem(BaseModel):
    """What went wrong, in the members of RFC 9457; `errors` names each flaw of the input."""

    type: str = Field("about:blank", description="Always about:blank: the status says what kind of problem it is.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What happened, as a sentence.")
    instance: str | None = Field(None, description="Of an error on our side: the identifier under which it is logged.")
    errors: list[Flaw] | None = Field(None, description="What is wrong with the input, one by one.")


def problem(
    status: int,
    detail: str,
    *,
    errors: Sequence[Flaw] = (),
    instance: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
) -> Response:
    """Return a problem as a response."""
    title = HTTP_STATUS_CODES.get(status, "Unknown")
    body = Problem(title=title, status=status, detail=detail, instance=instance, errors=list(errors) or None)
    response = Response(body.model_dump_json(exclude_none=True), status, mimetype=MEDIA_TYPE)
    response.headers.extend(headers)
    return response


def unavailable(detail: str, *, errors: Sequence[Flaw] = ()) -> Response:
    """Return the problem of a call that may succeed in a moment."""
    return problem(503, detail, errors=errors, headers=[("Retry-After", str(RETRY_AFTER_SECONDS))])


def documented(*statuses: int) -> ResponseDict:
    """Return the entries that tell of these problems in the description of an operation."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {
        status: {"description": HTTP_STATUS_CODES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def invalid_parameters(error: ValidationError) -> Response:
    """Return the problem of parameters that their model refuses; what was sent is not echoed."""
    flaws = [
        Flaw(source=".".join(map(str, found["loc"])), detail=_parameter_detail(found["type"], found["msg"]))
        for found in error.errors(include_url=False, include_input=False)
    ]
    return problem(422, "; ".join(f"{flaw.source}: {flaw.detail}" for flaw in flaws), errors=flaws)


def register_problems(app: Flask) -> None:
    """Answer every error of `app` with a problem."""
    app.register_error_handler(InputRejected, _rejected)
    app.register_error_handler(RetryLater, _retry_later)
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _failure)


def _retry_later(error: RetryLater) -> Response:
    return unavailable(str(error))


def _rejected(error: InputRejected) -> Response:
    status = 404 if isinstance(error, NotFound) else 422
    return problem(status, str(error), errors=[Flaw(source=error.source, line=error.line, detail=error.reason)])


def _http_problem(error: HTTPException) -> Response:
    kept = [(name, value) for name, value in error.get_headers() if name.lower() != "content-type"]
    detail = error.description or "this call cannot be answered"
    if isinstance(error, RequestEntityTooLarge):
        detail = TOO_LARGE
    return problem(error.code or 500, detail, headers=kept)


def _failure(error: Exception) -> Response:
    """Return an identifier and nothing of the inside; the log has the rest, but no words of a document."""
    error_id = uuid.uuid4()
    _log.error("request failed", extra={"error_id": str(error_id), **_described(error)})
    detail = f"something failed on our side; the log has it under {error_id}"
    return problem(500, detail, instance=error_id.urn)


def _described(error: Exception) -> Mapping[str, str]:
    """Return kind and place of an error; its message only if we wrote it, for others may quote what they failed on."""
    described = {"error": type(error).__name__, "stack": "".join(format_tb(error.__traceback__))}
    return {**described, "reason": str(error)} if isinstance(error, MatcherError) else described


def _parameter_detail(kind: str, message: str) -> str:
    return "this call knows no such parameter" if kind == "extra_forbidden" else message
