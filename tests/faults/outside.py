"""What may be wrong outside: the mail server, the source on the web, the clock."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import time_machine

from matcher.errors import MatcherError
from tests.faults.journeys import JOURNEYS, World
from tests.fetching.http_server import Server, response
from tests.fetching.http_server import serving as serving_web
from tests.mail.mail_servers import Mailbox, free_port
from tests.mail.mail_servers import serving as serving_mail
from tests.services.records import item

_IMPATIENT = 0.3
_LONG = 3.0
_RECORDS = json.dumps(
    {
        "status": 200,
        "message": "Success",
        "items": [item(number) for number in range(5)],
        "paginationInfo": {"page": 1, "pageSize": 5, "totalItems": 5, "totalPages": 1},
    }
).encode()

MAIL_TROUBLE: dict[str, dict[str, Any]] = {
    "asks to wait": {"data_answer": "451 4.3.2 not now"},
    "hangs up": {"drops_after_data": True},
    "is slow": {"silent_seconds": _LONG},
    "answers nonsense": {"data_answer": "999 what"},
    "is absent": {},
}
WEB_TROUBLE: dict[str, list[bytes | float]] = {
    "answers 500": [response(b"out of order", 500)],
    "breaks off": [response(_RECORDS)[:-40]],
    "is slow": [response(_RECORDS)[:200], _LONG, response(_RECORDS)[200:]],
    "answers nonsense": [response(b"\x00\xff<html>502 Bad Gateway", 200)],
    "is absent": [],
}
CLOCKS = {"a week ahead": timedelta(days=7), "two hours back": timedelta(hours=-2), "a year back": timedelta(days=-365)}


def with_mail_trouble(world: World, trouble: str, again: Callable[[World], None]) -> int:
    """Send digests by a server in trouble, then do it `again` by a sound one; return how many mails were repeated."""
    mailbox = Mailbox()
    for name, value in MAIL_TROUBLE[trouble].items():
        setattr(mailbox, name, value)
    if trouble == "is absent":
        _made(replace(world, smtp_port=free_port(), patience_seconds=_IMPATIENT))
    else:
        with serving_mail(mailbox) as port:
            _made(replace(world, smtp_port=port, patience_seconds=_IMPATIENT if trouble == "is slow" else 30))
    sound = Mailbox()
    with serving_mail(sound) as port:
        again(replace(world, smtp_port=port))
    heard = mailbox.delivered if trouble != "is slow" else []
    for envelope in (*heard, *sound.delivered):
        with world.accepted.open("a", encoding="utf-8") as file:
            message_id = (envelope.content or b"").partition(b"Message-ID: ")[2].partition(b"\n")[0].decode().strip()
            file.write(f"{envelope.rcpt_tos[0]} {message_id}\n")
    return 0


def with_web_trouble(world: World, trouble: str, again: Callable[[World], None]) -> None:
    """Read a source that is in trouble, and do it `again` once it is sound."""
    with web() as (server, address):
        sound = list(server.scripts["/grants.json"])
        server.on("/grants.json", lambda _: WEB_TROUBLE[trouble])
        away = f"http://127.0.0.1:{free_port()}/grants.json"
        patience = _IMPATIENT if trouble == "is slow" else 30
        troubled = replace(world, web_address=away if trouble == "is absent" else address, patience_seconds=patience)
        with _errors_told():
            JOURNEYS["fetch"](troubled)
        server.scripts["/grants.json"] = sound
        again(replace(world, web_address=address))


def with_another_clock(world: World, journey: str, clock: str, again: Callable[[World], None]) -> None:
    """Make a journey while the clock is wrong, and `again` once it is right."""
    moment = world.now + CLOCKS[clock]
    with time_machine.travel(moment), _errors_told():
        JOURNEYS[journey](replace(world, now=moment))
    again(world)


@contextmanager
def web() -> Iterator[tuple[Server, str]]:
    """Serve five records under an address."""
    with serving_web() as server:
        yield server, server.on("/grants.json", response(_RECORDS, content_type="application/json"))


def _made(world: World) -> None:
    with _errors_told():
        JOURNEYS["digest"](world)


@contextmanager
def _errors_told() -> Iterator[None]:
    """Let an error that this software explains pass; any other is a defect."""
    try:
        yield
    except MatcherError:
        return
