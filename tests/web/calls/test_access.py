"""A key for every call, unless the service has none and is asked on the machine itself."""

from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.errors import InputRejected
from matcher.services.keys import issue_key, revoke_key
from matcher.web.app import create_app
from matcher.web.calls.access import is_loopback
from matcher.web.serve import serve
from tests.web.conftest import NewHouse

LIST = "/v1/proposals"


@pytest.fixture
def key(context: Context) -> str:
    return issue_key(context.store, LOCAL, "tests")[1]


def test_without_any_key_the_machine_itself_is_answered(client: FlaskClient) -> None:
    assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    "disguise",
    [
        {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}},
        {"headers": {"Host": "matcher.example.org"}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
    ],
)
def test_without_any_key_nobody_else_is_answered(client: FlaskClient, disguise: dict[str, object]) -> None:
    refused = client.get(LIST, **disguise)
    assert refused.status_code == 401
    assert "matcher keys add" in refused.json["detail"]


def test_without_any_key_a_server_for_other_machines_answers_nobody(new_house: NewHouse) -> None:
    client = create_app(new_house(host="0.0.0.0")).test_client()  # noqa: S104 - nothing listens there
    assert client.get(LIST).status_code == 401
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "matcher.example.org"])  # noqa: S104 - nothing listens
def test_a_server_for_other_machines_does_not_start_without_a_key(new_house: NewHouse, host: str) -> None:
    with pytest.raises(InputRejected, match="matcher keys add"):
        serve(new_house(host=host, port=0))


@pytest.mark.parametrize("shown", ["Authorization", "X-API-Key"])
def test_a_key_is_taken_in_either_header_from_anywhere(client: FlaskClient, key: str, shown: str) -> None:
    headers = {shown: f"Bearer {key}" if shown == "Authorization" else key, "Host": "matcher.example.org"}
    assert client.get(LIST, headers=headers, environ_overrides={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


def test_once_there_is_a_key_the_machine_itself_must_show_one_too(client: FlaskClient, key: str) -> None:
    refused = client.get(LIST)
    assert (refused.status_code, refused.mimetype) == (401, "application/problem+json")
    assert refused.headers["WWW-Authenticate"] == "Bearer realm=matcher"


def test_a_key_that_was_revoked_is_refused_and_does_not_open_the_service_again(
    client: FlaskClient, context: Context, key: str
) -> None:
    revoke_key(context.store, key.split("_")[1])
    refused = client.get(LIST, headers={"X-API-Key": key})
    assert refused.status_code == 401
    assert "error=invalid_token" in refused.headers["WWW-Authenticate"]
    assert key not in refused.text
    assert client.get(LIST).status_code == 401


@pytest.mark.parametrize("header", ["Basic bWU6bWU=", "Bearer", "Bearer ", "bearer nonsense", "Bearer \u00fc"])
def test_what_is_no_key_is_refused(client: FlaskClient, key: str, header: str) -> None:
    assert client.get(LIST, headers={"Authorization": header}).status_code == 401


def test_an_unknown_address_is_not_found_whoever_asks(client: FlaskClient, key: str) -> None:
    assert client.get("/v1/nothing").status_code == 404


@pytest.mark.parametrize("address", ["/", "/healthz", "/readyz", "/openapi.json", "/static/tokens.css"])
def test_what_shows_nothing_of_an_organization_is_open(client: FlaskClient, key: str, address: str) -> None:
    with client.get(address) as answer:
        assert answer.status_code == 200


def test_the_last_use_of_a_key_is_recorded(client: FlaskClient, context: Context, key: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False):
        client.get(LIST, headers={"X-API-Key": key})
    assert context.store.keys.all()[0].last_used_at == datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("host", "means_here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9:8000", True),
        ("::1", True),
        ("[::1]:8000", True),
        ("[::1]", True),
        ("localhost", True),
        ("LocalHost:80", True),
        ("app.localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens there
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("[::2]:1", False),
        ("[", False),
        ("", False),
    ],
)
def test_only_names_of_the_machine_itself_are_loopback(host: str, means_here: bool) -> None:
    assert is_loopback(host) is means_here
