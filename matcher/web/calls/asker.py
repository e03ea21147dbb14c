"""Who makes the present request."""

from dataclasses import dataclass
from typing import cast

from flask import g

from matcher.domain.organization import SignIn

_ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who makes a request: an organization, by a key of its own or by the session of a member who signed in.

    With neither, the request is made on this machine, while there are no keys. Not every key `may_erase` what the
    organization keeps, nor export all of it; a member may, and so may whoever works on the machine.
    """

    organization_id: str
    key_id: str | None
    session: SignIn | None = None
    may_erase: bool = True


def set_asker(asker: Asker) -> None:
    """Remember who makes the present request."""
    setattr(g, _ASKER, asker)


def asker() -> Asker | None:
    """Return who makes the present request; None where nobody was asked, because the route is open to all."""
    return cast("Asker | None", g.get(_ASKER))
