"""`matcher doctor`: what is wrong with this installation, and what to do."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from matcher.cli.common import chosen_settings, json_option, print_json

if TYPE_CHECKING:
    from matcher.services.doctor import Part
    from matcher.settings import Settings
    from matcher.store.protocol import Store

_EXIT_WRONG = 1


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Look at every part of this installation: ok, warning or wrong, with what to do next.

    Python and packages, model, settings, folder, disk, database, scheduler, clock, sources, mail server, signing keys,
    and what `matcher check` finds. The exit code is 1 if any part is wrong. No mail is sent.
    """
    from matcher.errors import InputRejected
    from matcher.services.doctor import Health, Part, packages, python, worst

    parts = [python(), packages()]
    try:
        chosen = chosen_settings()
    except InputRejected as error:
        parts.append(Part("settings", Health.WRONG, str(error), "mend the setting that is named"))
    else:
        parts.append(Part("settings", Health.OK, "every one is known and usable"))
        parts += _of_the_house(chosen)
    if as_json:
        print_json({"health": worst(parts), "parts": [asdict(part) for part in parts]})
    else:
        for part in parts:
            click.echo(f"{part.health:<8} {part.name}: {part.seen}{f'; {part.advice}' if part.advice else ''}")
    if worst(parts) is Health.WRONG:
        raise SystemExit(_EXIT_WRONG)


def _of_the_house(chosen: "Settings") -> "Iterator[Part]":
    """Yield what is found of model, home and all that lies in it; what is not there is not made by looking at it."""
    from matcher.services import doctor

    yield doctor.looked_at("model", lambda: doctor.model(chosen.model))
    yield doctor.looked_at("home", lambda: doctor.home(chosen.home))
    if chosen.home.is_dir():
        yield from _in_the_home(chosen)
        yield from _of_the_store(chosen)


def _in_the_home(chosen: "Settings") -> "Iterator[Part]":
    from matcher.services import doctor
    from matcher.services.signing_keys import signing_keys

    secret = chosen.signing_keys.get_secret_value() if chosen.signing_keys else None
    is_encrypted = chosen.smtp_security == "tls"
    server = doctor.MailServer(chosen.smtp_host, chosen.smtp_port, is_encrypted) if chosen.smtp_host else None
    yield doctor.looked_at("disk", lambda: doctor.disk(chosen.home))
    yield doctor.looked_at("signing keys", lambda: doctor.keys(signing_keys(secret, chosen.home)))
    yield doctor.looked_at("mail", lambda: doctor.mail(server, chosen.outbox))


def _of_the_store(chosen: "Settings") -> "Iterator[Part]":
    from matcher.bootstrap import real_encoder
    from matcher.errors import MatcherError
    from matcher.services import doctor
    from matcher.services.check import check
    from matcher.store.sql_store import open_store

    now = datetime.now(UTC)
    try:
        store: Store = open_store(chosen.store_url)
    except MatcherError as error:
        yield doctor.Part("database", doctor.Health.WRONG, str(error), "do what this message says, and look again")
        return
    try:
        yield doctor.Part("database", doctor.Health.OK, "it answers, and its schema is the one that is needed")
        yield doctor.looked_at("scheduler", lambda: doctor.scheduler(store, now))
        yield doctor.looked_at("clock", lambda: doctor.clock(store, now))
        yield doctor.looked_at("sources", lambda: doctor.sources(store, now))
        model_id = real_encoder(chosen).model_id
        yield doctor.looked_at("check", lambda: doctor.check_summary(check(chosen.store_url, model_id, now)))
    finally:
        store.close()
