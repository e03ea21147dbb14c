"""What every route needs, kept with the app so that one process can serve several houses (tests do)."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g

from matcher.bootstrap import Context
from matcher.services.keys import KeyRing
from matcher.store.protocol import Store
from matcher.web.encoding_queue import EncodingQueue
from matcher.web.kept_reads import KeptReads

NOBODY = ""
"""Stands for the organization of somebody who showed no key; none has this identifier."""

_KEY = "matcher"
_ASKER = "asker"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who makes a request: an organization, by a key of its own (None: from this machine, while there are no keys)."""

    organization_id: str
    key_id: str | None


@dataclass(frozen=True, slots=True)
class House:
    """The context that the app serves, the queue in front of its encoder, and what it keeps in memory."""

    context: Context
    encoding: EncodingQueue
    keys: KeyRing
    reads: KeptReads

    @property
    def whole_store(self) -> Store:
        """The store of the house, for what is of no organization; no route may answer from it."""
        return self.context.store

    @property
    def store(self) -> Store:
        """The store as the organization that asks sees it; routes read and write through it alone.

        A route that is open to all sees what is of no organization: the catalogue, its sources, and the jobs.
        """
        asking = asker()
        return self.context.store.for_organization(NOBODY if asking is None else asking.organization_id)


def install_house(app: Flask, house: House) -> None:
    """Make `house` the one that the routes of `app` serve."""
    app.extensions[_KEY] = house


def set_asker(asker: Asker) -> None:
    """Remember who makes the present request."""
    setattr(g, _ASKER, asker)


def asker() -> Asker | None:
    """Return who makes the present request; None where nobody was asked, because the route is open to all."""
    return cast("Asker | None", g.get(_ASKER))


def current_house() -> House:
    """Return the house that the present request is for."""
    return cast(House, current_app.extensions[_KEY])
