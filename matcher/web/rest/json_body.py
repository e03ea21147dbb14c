"""The body of a request as JSON, read strictly: no number in quotation marks passes for a number."""

import json
import re
from typing import Any, Self

from flask import request
from pydantic import BaseModel, ConfigDict
from werkzeug.exceptions import UnsupportedMediaType

_WHOLE_WITH_POINT = re.compile(rb"[\s\[:,]-?\d+\.0+\s*[,\]}]")


class JsonBody(BaseModel):
    """What a call takes as JSON; what is not named is refused.

    flask-openapi3 hands over what it made of the body. It passes a body of another kind off for none, and takes JSON
    inside a JSON string, so what is validated is the body itself.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    @classmethod
    def model_validate(cls, *_found: Any, **_options: Any) -> Self:  # noqa: ANN401 — as pydantic has it
        """Return the body of the present request.

        Raises:
            UnsupportedMediaType: The request does not say that it brings JSON.
            ValidationError: The body is no JSON, or not what is taken.
        """
        if not request.is_json:
            raise UnsupportedMediaType("this call takes JSON; send it with Content-Type: application/json")
        return super().model_validate_json(_with_integers(request.get_data()), strict=True)

    @classmethod
    def model_validate_json(cls, *_found: Any, **_options: Any) -> Self:  # noqa: ANN401 — as pydantic has it
        """Do the same: this one is called where the body is a string."""
        return cls.model_validate()


def _with_integers(body: bytes) -> bytes:
    """Return a body in which whole numbers have no point: 361.0 is an integer too (JSON Schema 2020-12, 4.2.3)."""
    if not _WHOLE_WITH_POINT.search(body):
        return body
    try:
        return json.dumps(json.loads(body, parse_float=_number)).encode()
    except (ValueError, RecursionError):
        return body  # what is wrong with it, the validation says


def _number(digits: str) -> int | float:
    whole, point, fraction = digits.partition(".")
    return int(whole) if point and not fraction.strip("0") else float(digits)
