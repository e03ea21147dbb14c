"""What a member does to sign in, with a client of Flask."""

from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.services.sign_in import ask_to_sign_in
from matcher.services.signed_links import Purpose, Scope, Target
from matcher.web.pages.forms import FIELD


def fill_in(client: FlaskClient, action: str, *, at: str | None = None, **fields: str) -> TestResponse:
    """Send the form `action` with the token of the page `at`, which is the same one unless it is named."""
    page = html.document_fromstring(client.get(at or action).text)
    token = page.find(f".//input[@name='{FIELD}']").get("value")
    return client.post(action, data={FIELD: token, **fields})


def link_to_sign_in(context: Context, email_address: str) -> str:
    """Return the path of the link that the mail to a member has."""
    ask_to_sign_in(context.store, email_address, datetime.now(UTC))
    return link_of_the_mail(context)


def link_of_the_mail(context: Context) -> str:
    """Return the path of the link in the one mail that somebody asked for and did not get yet."""
    (asked,) = context.store.sign_ins.unanswered(2)
    context.store.sign_ins.answer(asked.sign_in_id, datetime.now(UTC))
    return context.links.path(Purpose.SIGN_IN, Target(Scope.SIGN_IN, asked.sign_in_id))


def signed_in_client(app: Flask, context: Context, email_address: str, organization_id: str) -> FlaskClient:
    """Return a client of `app`, which serves `context`, in which a member has signed in."""
    client = app.test_client()
    taken = fill_in(client, link_to_sign_in(context, email_address), organization_id=organization_id)
    assert taken.status_code == 303, taken.text
    return client
