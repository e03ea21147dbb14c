"""What holds for every address of the service, however it is asked."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.settings import Settings
from matcher.web.app import create_app
from tests.web.conftest import NewHouse
from tests.web.page_rules import filled_address

SECRET = "a-secret-that-nobody-may-read"


def addresses(app: Flask) -> Iterator[str]:
    """Return an address of every route that can be read, its places filled with something."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            yield filled_address(rule)


def test_every_answer_forbids_guessing_its_kind_and_every_page_bounds_what_it_loads(context: Context) -> None:
    app = create_app(context)
    client = app.test_client()
    seen = set()
    for address in addresses(app):
        answer = client.get(address)
        assert answer.status_code < 500, address
        assert answer.headers["X-Content-Type-Options"] == "nosniff", address
        if answer.mimetype == "text/html":
            seen.add(address)
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"], address
            assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), address
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert "HttpOnly" in cookie, address
            assert "SameSite=" in cookie, address
        answer.close()
    assert len(seen) > 10


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-Ip", "Client-Ip"])
def test_a_made_up_origin_gives_nobody_more_calls(new_house: NewHouse, header: str) -> None:
    client = create_app(new_house(rate_limit="3/minute")).test_client()
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False):
        answers = [client.get("/v1/opportunities", headers={header: f"203.0.113.{n}"}).status_code for n in range(4)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    "address",
    [
        "/static/../../settings.py",
        "/static/..%2f..%2fsettings.py",
        "/static/%2e%2e/%2e%2e/pages.py",
        "/static//etc/passwd",
        "/v1/opportunities/..%2f..%2fetc%2fpasswd",
        "/v1/sources/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_address_climbs_out_of_its_folder(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in (301, 308, 404), answer.text
    assert b"root:" not in answer.data
    answer.close()


@pytest.mark.parametrize("size", [10_000, 1_000_000])
def test_an_oversized_query_is_answered_and_not_a_failure(client: FlaskClient, size: int) -> None:
    assert 400 <= client.get("/v1/opportunities?page=" + "9" * size).status_code < 500
    assert client.get("/v1/opportunities").status_code == 200


def test_a_form_of_too_many_or_too_long_fields_is_refused(client: FlaskClient) -> None:
    seam = "seam"
    part = f'--{seam}\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'
    many = (part * 5_000 + f"--{seam}--\r\n").encode()
    refused = client.post("/v1/proposals", data=many, content_type=f"multipart/form-data; boundary={seam}")
    assert refused.status_code == 413
    long = "&".join(f"text{n}=" + "a" * 1_000 for n in range(2_000))
    answer = client.post("/proposals", data=long, content_type="application/x-www-form-urlencoded")
    assert 400 <= answer.status_code < 500


def test_a_body_that_nests_without_end_is_refused(client: FlaskClient) -> None:
    for address in ("/v1/proposals", "/v1/subscriptions"):
        answer = client.post(address, data="[" * 100_000, content_type="application/json")
        assert 400 <= answer.status_code < 500, address


def test_no_secret_of_the_settings_is_told(new_house: NewHouse) -> None:
    house = new_house(smtp_password=SECRET, signing_keys=SECRET, source_keys={"simpler": SECRET})
    assert SECRET not in repr(house.settings)
    assert SECRET not in json.dumps(house.settings.model_dump(mode="json"), default=str)
    client = create_app(house).test_client()
    for address in ("/settings", "/v1/settings", "/openapi.json", "/metrics"):
        assert SECRET not in client.get(address).text


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_SMTP_PASSWORD", SECRET)
    password = Settings().smtp_password
    assert password is not None
    assert password.get_secret_value() == SECRET
