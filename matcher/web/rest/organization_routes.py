"""All that is kept of an organization: counted, exported, and erased."""

from datetime import UTC, datetime
from typing import Any

from flask import Response, jsonify
from pydantic import BaseModel, Field

from matcher.domain.subject import Subject, SubjectKind
from matcher.errors import NotFound
from matcher.services.personal_data import count_personal_data, erase_personal_data, export_personal_data
from matcher.web.calls.access import require_right_to_erase
from matcher.web.calls.errors import documented
from matcher.web.house import current_house
from matcher.web.rest.description import section
from matcher.web.rest.organization_answers import ErasedAnswer, OrganizationAnswer, OrganizationData

routes = section(
    "organizations", "All that is kept of your organization, to take along or to erase.", "/v1/organizations"
)


class OrganizationPath(BaseModel):
    """Which organization."""

    organization_id: str = Field(description="The identifier of your organization.")


@routes.get("/<organization_id>", responses={200: OrganizationAnswer, **documented(404)})
def read_organization(path: OrganizationPath) -> dict[str, Any]:
    """Return your organization, with how much is kept of it."""
    own = _own(path)
    store = current_house().store
    name = store.organizations.get(own.value).name
    return {"organization_id": own.value, "name": name, "kept": count_personal_data(store, own)}


@routes.get("/<organization_id>/data", responses={200: OrganizationData, **documented(403, 404)})
def export_organization(path: OrganizationPath) -> Response:
    """Return every row that is kept of your organization, as a file.

    Asks for the session of a member, or for a key that may erase (`matcher keys add --may-erase`).
    """
    own = _own(path)
    require_right_to_erase()
    house = current_house()
    house.calls.count_data_call(own.value)
    tables = export_personal_data(house.store, own)
    response = jsonify(organization_id=own.value, exported_at=datetime.now(UTC), tables=tables)
    response.headers["Content-Disposition"] = f'attachment; filename="{own.value}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.delete("/<organization_id>", responses={200: ErasedAnswer, **documented(403, 404)})
def erase_organization(path: OrganizationPath) -> dict[str, Any]:
    """Erase all that is kept of your organization, for good: its proposals, mails, members and keys, this one too.

    Asks for a key that may erase (`matcher keys add --may-erase`). `GET` on the same address tells what goes. The
    database is written anew, which takes seconds, or a minute where it is large. Backups, and mails that were sent, are
    out of reach.
    """
    own = _own(path)
    require_right_to_erase()
    house = current_house()
    house.calls.count_data_call(own.value)
    return {"erased": erase_personal_data(house.whole_store, own, house.context.settings.outbox)}


def _own(path: OrganizationPath) -> Subject:
    """Return whom a call is about.

    Raises:
        NotFound: It is another organization than that which asks.
    """
    own = current_house().store.organization_id
    if path.organization_id != own:
        raise NotFound("no organization is stored under this identifier", source=path.organization_id)
    return Subject(SubjectKind.ORGANIZATION, own)
