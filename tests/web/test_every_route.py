"""What holds for every route, found in the application: a new one is tried without being named here.

`test_isolation` does the same for what one organization keeps, and `test_hardening` for the headers of answers.
"""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.services.keys import issue_key
from matcher.services.members import add_member
from matcher.web.app import create_app
from matcher.web.calls.access import is_open, takes_forms
from tests.web.page_rules import filled_address
from tests.web.signing_in import signed_in_client

SIGNED = {"/confirm/<token>", "/unsubscribe/<token>", "/pause/<token>", "/mute/<token>"}
"""Behind the links of mails the address is the secret, and mail programs press the button themselves (RFC 8058)."""

OPEN = SIGNED | {
    "/",
    "/data/erased",
    "/docs",
    "/docs/<name>",
    "/feeds/<token>/deadlines.ics",
    "/feeds/<token>/matches.atom",
    "/healthz",
    "/openapi.json",
    "/readyz",
    "/sign-in",
    "/sign-in/<token>",
    "/sign-out",
    "/static/<path:filename>",
}
"""What asks for no key. A route is added here only by somebody who looked at what it shows."""

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
SAFE = {"GET", "HEAD", "OPTIONS"}
FORWARDED = {"X-Forwarded-For": "192.0.2.7"}
"""Makes a call count as made elsewhere."""

SEAM = "seam"
FIELDS = f'--{SEAM}\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n' * 1_100 + f"--{SEAM}--\r\n"


@pytest.fixture
def app(context: Context) -> Flask:
    return create_app(context)


@pytest.fixture
def member(app: Flask, context: Context) -> FlaskClient:
    """The browser of a member of an organization, on a service that asks for keys."""
    issue_key(context.store, LOCAL, "tests")
    add_member(context.store, LOCAL, "officer@example.org")
    return signed_in_client(app, context, "officer@example.org", LOCAL)


def changing(app: Flask) -> Iterator[tuple[str, str, str, bool]]:
    """Yield rule, method, address and whether it is of a page, of everything that may change something."""
    for rule in app.url_map.iter_rules():
        room = app.blueprints.get(rule.endpoint.rpartition(".")[0])
        for method in sorted((rule.methods or set()) - SAFE):
            yield rule.rule, method, filled_address(rule), room is not None and takes_forms(room)


def test_what_changes_something_takes_a_key_a_form_of_ours_or_a_signed_address(app: Flask, member: FlaskClient) -> None:
    for rule, method, address, is_page in changing(app):
        expected = 400 if rule in SIGNED else 403 if is_page else 401
        assert member.open(address, method=method).status_code == expected, f"{method} {rule}"


def test_no_route_is_open_but_those_that_somebody_looked_at(app: Flask, context: Context) -> None:
    issue_key(context.store, LOCAL, "tests")
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        is_said = is_open(app.view_functions[rule.endpoint])
        assert is_said == (rule.rule in OPEN), rule.rule
        for method in () if is_said else sorted((rule.methods or set()) - {"OPTIONS"}):
            refused = client.open(filled_address(rule), method=method, headers=FORWARDED)
            assert refused.status_code == 401, f"{method} {rule.rule}"


def test_every_address_refuses_the_methods_that_it_does_not_take(app: Flask) -> None:
    taken = defaultdict(set)
    for rule in app.url_map.iter_rules():
        taken[filled_address(rule)] |= rule.methods or set()
    client = app.test_client()
    for address, methods in taken.items():
        for method in sorted(METHODS - methods):
            refused = client.open(address, method=method)
            assert refused.status_code == 405, f"{method} {address}"
            assert set(refused.headers["Allow"].split(", ")) == methods, address
            assert refused.headers["X-Content-Type-Options"] == "nosniff", address


def test_too_much_is_refused_everywhere_and_nowhere_a_failure(app: Flask) -> None:
    client, length = app.test_client(), {"CONTENT_LENGTH": str(10**9)}
    for rule, method, address, _ in changing(app):
        for kind in ("application/json", "application/x-www-form-urlencoded", f"multipart/form-data; boundary={SEAM}"):
            long = client.open(address, method=method, content_type=kind, environ_overrides=length)
            assert 400 <= long.status_code < 500, f"{method} {rule}: {kind}"
        many = client.open(address, method=method, data=FIELDS, content_type=f"multipart/form-data; boundary={SEAM}")
        assert 400 <= many.status_code < 500, f"{method} {rule}"
    query = "&".join(f"x{n}={'y' * 30}" for n in range(200))
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()):
            answer = client.get(
                f"{filled_address(rule)}?{query}", headers={"Cookie": f"matcher_session={'z' * 50_000}"}
            )
            assert answer.status_code < 500, rule.rule
            answer.close()
