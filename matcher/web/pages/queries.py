"""What a page is asked for, in the parameters of the REST call that answers the same as JSON."""

from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request
from pydantic import BaseModel, ValidationError

from matcher.errors import InputRejected

Query = TypeVar("Query", bound=BaseModel)


def read_query(model: type[Query]) -> Query:
    """Return the parameters of the present address; a field of a form that was left empty asks for nothing.

    Raises:
        InputRejected: A value cannot be used; the error names its field.
    """
    return parsed(model, request.args.to_dict(flat=False))


def parsed(model: type[Query], written: Mapping[str, list[str]]) -> Query:
    """Return what was written into the fields of a form as `model`; of a single value the last one counts.

    Raises:
        InputRejected: A value cannot be used, or `model` has no such field.
    """
    given: dict[str, Any] = {}
    for name, values in written.items():
        filled = [value for value in values if value.strip()]
        if filled:
            given[name] = filled if _takes_several(model, name) else filled[-1]
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        source = ".".join(str(part) for part in first["loc"])
        raise InputRejected(f"{first['msg'][:1].lower()}{first['msg'][1:]}", source=source.replace("_", " ")) from None


def has_empty_fields() -> bool:
    """Whether the present address has parameters that ask for nothing, as forms write them."""
    return any(not value.strip() for _, value in request.args.items(multi=True))


def address_with(**changes: object) -> str:
    """Return the present address with other parameters: None leaves one out, and so do empty ones; a tuple repeats it.

    Whatever else changes, the reader begins at the first page.
    """
    parameters: dict[str, list[str]] = request.args.to_dict(flat=False)
    for name in ("after", "page"):
        parameters.pop(name, None)
    for name, value in changes.items():
        parameters[name] = (
            [] if value is None else [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
        )
    pairs = [(name, value) for name, values in parameters.items() for value in values if value.strip()]
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def _takes_several(model: type[BaseModel], name: str) -> bool:
    field = model.model_fields.get(name)
    return field is not None and isinstance(field.default, tuple)
