"""What every route needs, kept with the app so that one process can serve several houses (tests do)."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

from matcher.bootstrap import Context
from matcher.web.encoding_queue import EncodingQueue

_KEY = "matcher"


@dataclass(frozen=True, slots=True)
class House:
    """The context that the app serves, and the queue in front of its encoder."""

    context: Context
    encoding: EncodingQueue


def install_house(app: Flask, house: House) -> None:
    """Make `house` the one that the routes of `app` serve."""
    app.extensions[_KEY] = house


def current_house() -> House:
    """Return the house that the present request is for."""
    return cast(House, current_app.extensions[_KEY])
