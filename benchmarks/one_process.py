"""One web server or one scheduler, with an encoder without a model."""

import os
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from matcher.bootstrap import build
from matcher.services import turns
from matcher.settings import Settings
from matcher.web.serve import serve
from scheduler.__main__ import loop
from tests.fakes import BagOfWords

LEASE_SECONDS = 4
"""For so long a scheduler that was killed keeps its job from others; the product waits two minutes."""


def run_until_killed(kind: str, chosen: dict[str, Any], log: Path, parent: Connection) -> None:
    """Be a web server (`kind` is "web") or a scheduler; a server tells `parent` its address once it listens."""
    with log.open("ab") as file:
        os.dup2(file.fileno(), 2)
    turns._LEASE = timedelta(seconds=LEASE_SECONDS)
    context = build(Settings(**chosen), encoder=BagOfWords())
    if kind == "web":
        serve(context, announce=parent.send)
    else:
        loop(context)
