"""Serves a small house from a process of its own."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from matcher.web.serve import serve
from tests.fakes import BagOfWords
from tests.web.houses import make_house


def serve_once(log: Connection, home: Path, seconds: float) -> None:
    """Serve the house in `home`, where an encoding takes `seconds`; what is logged goes into `log`."""
    os.dup2(log.fileno(), 2)
    log.close()
    encode = BagOfWords.encode

    def slowly(self: BagOfWords, texts):  # noqa: ANN001, ANN202
        time.sleep(seconds)
        return encode(self, texts)

    BagOfWords.encode = slowly  # type: ignore[method-assign]
    serve(make_house(home, port=0, threads=4, receive_seconds=1, warm_up=not seconds))
