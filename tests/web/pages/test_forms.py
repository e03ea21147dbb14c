"""Forms: only a page of ours, shown to the same visitor not too long ago, can send one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.web.app import create_app
from matcher.web.pages.forms import COOKIE, FIELD, LIFETIME, form_token
from matcher.web.pages.frame import page_room

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def app(context: Context) -> Flask:
    app = create_app(context)
    room = page_room("tried")
    room.get("/tried")(form_token)
    room.post("/tried")(lambda: "taken")
    app.register_blueprint(room)
    return app


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


def sent(client: FlaskClient, token: str) -> int:
    return client.post("/tried", data={FIELD: token}).status_code


def test_a_form_that_was_shown_is_taken(app: Flask) -> None:
    client = app.test_client()
    token = client.get("/tried").text
    assert sent(client, token) == sent(client, client.get("/tried").text) == 200


def test_the_name_of_the_visitor_is_kept_from_scripts_and_from_other_sites(app: Flask) -> None:
    answer = app.test_client().get("/tried")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert cookie.split("=")[1].split(";")[0] not in answer.text


def test_behind_tls_the_name_is_sent_over_tls_alone(app: Flask) -> None:
    answer = app.test_client().get("/tried", base_url="https://localhost")
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")


def test_a_form_without_a_token_or_with_a_made_up_one_is_refused(app: Flask) -> None:
    client = app.test_client()
    client.get("/tried")
    assert client.post("/tried").status_code == 403
    assert sent(client, "made up") == 403


def test_the_form_of_another_visitor_is_refused(app: Flask) -> None:
    client, other = app.test_client(), app.test_client()
    token = client.get("/tried").text
    other.get("/tried")
    assert sent(other, token) == 403


def test_a_form_is_refused_where_the_visitor_has_no_name(app: Flask) -> None:
    client = app.test_client()
    token = client.get("/tried").text
    client.delete_cookie(COOKIE)
    assert sent(client, token) == 403


def test_a_form_that_stood_open_for_too_long_is_refused(app: Flask, clock: time_machine.Traveller) -> None:
    client = app.test_client()
    token = client.get("/tried").text
    clock.shift(LIFETIME)
    assert sent(client, token) == 200
    clock.shift(timedelta(seconds=1))
    answer = client.post("/tried", data={FIELD: token}, headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "load the page again" in answer.text
