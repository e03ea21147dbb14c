"""`matcher serve`: the web door."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from matcher.cli.common import context, json_option


@click.command("serve")
@click.option("--host", help="The address to listen on; default: MATCHER_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on; default: MATCHER_PORT.")
@json_option
def serve_command(host: str | None, port: int | None, as_json: bool) -> None:
    """Serve the REST API until interrupted."""
    with _no_search_for_garbage():
        from dataclasses import replace

        from matcher.web.serve import serve

        house = context(show_progress=False)
    changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve(
        replace(house, settings=house.settings.model_copy(update=changes)),
        announce=lambda address: click.echo(
            json.dumps({"address": address}) if as_json else f"serving {address} (Ctrl-C stops)"
        ),
    )


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Import without looking for garbage: what imports make stays, and the search takes a sixth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
