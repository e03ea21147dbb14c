"""Your data: what is kept of an organization and of the person who is signed in, to take along or to erase.

Nothing is erased before its name was written into the form, and the page says what would go.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Response, current_app, jsonify, redirect, request, url_for
from werkzeug.exceptions import Forbidden

from matcher.domain.subject import Subject, SubjectKind
from matcher.services.members import organizations_left_alone
from matcher.services.personal_data import count_personal_data, erase_personal_data, export_personal_data
from matcher.web.calls.access import open_to_all, require_right_to_erase
from matcher.web.calls.asker import asker
from matcher.web.calls.session_cookie import take_session
from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show

room = page_room("data_pages")

CONFIRMATION = "confirmation"
"""The field into which the name of what goes is written."""

_LABELS = {
    "organizations": "The organization itself",
    "proposals": "Proposals",
    "matches": "Matches",
    "match_changes": "Changes of matches",
    "feedback": "What was said of matches",
    "mutes": "Mutes",
    "feeds": "Feeds and calendars",
    "subscriptions": "Subscriptions",
    "consents": "Records of consent",
    "digests": "Digests",
    "mailed_opportunities": "Notices that were mailed",
    "reminders": "Reminders",
    "mails": "Mails",
    "suppressions": "Blocks of mail",
    "members": "Memberships",
    "sign_ins": "Sign-ins",
    "api_keys": "Keys of programs",
    "kept_answers": "Answers kept for a day",
}
"""What a person calls the rows of each table, in the order in which they are told."""


@room.get("/data")
def show_data() -> Response:
    """Show what is kept, with the ways to take it along and to erase it."""
    return _page()


@room.post("/data/organization/erase")
def erase_organization() -> Response:
    """Erase all that is kept of the organization, if its identifier was written."""
    house, own = current_house(), _own_organization()
    require_right_to_erase()
    if not _is_confirmed(own):
        return _page(flaw=own, status=422)
    house.calls.count_data_call(own.value)
    erase_personal_data(house.whole_store, own, house.context.settings.outbox)
    return _gone()


@room.post("/data/address/export")
def export_address() -> Response:
    """Return all that is kept of the person who is signed in, as a file."""
    house, person = current_house(), _signed_in_person()
    house.calls.count_data_call(str(house.store.organization_id))
    tables = export_personal_data(house.whole_store, person)
    response = jsonify(email_address=person.value, exported_at=datetime.now(UTC), tables=tables)
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return _private(response)


@room.post("/data/address/erase")
def erase_address() -> Response:
    """Erase all that is kept of the person who is signed in, if the address was written."""
    house, person = current_house(), _signed_in_person()
    if not _is_confirmed(person):
        return _page(flaw=person, status=422)
    house.calls.count_data_call(str(house.store.organization_id))
    erase_personal_data(house.whole_store, person, house.context.settings.outbox)
    return _gone()


@room.get("/data/erased")
@open_to_all
def erased() -> Response:
    """Tell that it is done, to somebody who is unknown by now."""
    return show("erased.html", twin=None)


def _page(flaw: Subject | None = None, status: int = 200) -> Response:
    """Show what is kept; `flaw` is what was to be erased by a form that did not name it."""
    house, own = current_house(), _own_organization()
    person = _person()
    return _private(
        show(
            "data.html",
            twin=url_for("organizations.read_organization", organization_id=own.value),
            status=status,
            organization=house.store.organizations.get(own.value),
            kept=_told(count_personal_data(house.store, own)),
            person=person,
            kept_of_person=_told(count_personal_data(house.whole_store, person)) if person else {},
            left_alone=organizations_left_alone(house.whole_store, person.value) if person else [],
            flaw=flaw.kind.value if flaw else None,
        )
    )


def _told(counts: Mapping[str, int]) -> dict[str, int]:
    return {label: counts[name] for name, label in _LABELS.items() if name in counts}


def _own_organization() -> Subject:
    return Subject(SubjectKind.ORGANIZATION, str(current_house().store.organization_id))


def _person() -> Subject | None:
    """Return who is signed in; None if nobody is, because a program or the machine itself asks."""
    asking = asker()
    if asking is None or asking.session is None:
        return None
    return Subject(SubjectKind.ADDRESS, asking.session.email_address)


def _signed_in_person() -> Subject:
    person = _person()
    if person is None:
        raise Forbidden("only somebody who signed in has data of their own here; sign in first")
    return person


def _is_confirmed(subject: Subject) -> bool:
    return request.form.get(CONFIRMATION, "").strip().lower() == subject.value


def _gone() -> Response:
    response = current_app.make_response(redirect(url_for("data_pages.erased"), 303))
    take_session(response)
    return _private(response)


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
