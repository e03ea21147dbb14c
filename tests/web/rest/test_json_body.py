"""A body is taken strictly, and a whole number is one however JSON writes it."""

import pytest
from flask import Flask
from pydantic import ValidationError

from matcher.web.rest.json_body import JsonBody


class Wish(JsonBody):
    page: int
    fit: float = 0.5
    note: str = ""


def taken(body: str) -> Wish:
    with Flask(__name__).test_request_context(data=body, content_type="application/json"):
        return Wish.model_validate()


@pytest.mark.parametrize(
    "body", ['{"page": 361}', '{"page": 361.0}', '{"page":361.00}', '{"fit": 1e-1, "page": 361.0}']
)
def test_a_whole_number_is_one_with_or_without_a_point(body: str) -> None:
    assert taken(body).page == 361


def test_what_else_stands_beside_such_a_number_stays_as_it_is() -> None:
    wish = taken('{"page": 2.0, "fit": 0.25, "note": "1.0, and \\u00e9"}')
    assert (wish.fit, wish.note) == (0.25, "1.0, and é")


@pytest.mark.parametrize(
    "body", ['{"page": 1.5}', '{"page": "1.0"}', '{"page": "1"}', '{"page": 1.0', '{"page": 2.0, "other": 1}']
)
def test_anything_else_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        taken(body)
