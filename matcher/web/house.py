"""What every route needs, kept with the app so that one process can serve several houses (tests do)."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.store.protocol import Store
from matcher.web.encoding_queue import EncodingQueue

_KEY = "matcher"
_ORGANIZATION = "organization_id"


@dataclass(frozen=True, slots=True)
class House:
    """The context that the app serves, and the queue in front of its encoder."""

    context: Context
    encoding: EncodingQueue

    @property
    def store(self) -> Store:
        """The store as the organization that asks sees it; routes read and write through it alone."""
        return self.context.store.for_organization(asking_organization())


def install_house(app: Flask, house: House) -> None:
    """Make `house` the one that the routes of `app` serve."""
    app.extensions[_KEY] = house


def asking_organization() -> str:
    """Return the organization that the present request comes from; without keys, that is the machine's own."""
    return cast(str, g.get(_ORGANIZATION, LOCAL))


def current_house() -> House:
    """Return the house that the present request is for."""
    return cast(House, current_app.extensions[_KEY])
