"""A house served over a real socket, from a thread of the test."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.serving import make_server

from matcher.bootstrap import Context
from matcher.web.app import create_app


@contextmanager
def served(context: Context, port: int = 0) -> Iterator[str]:
    """Serve `context` inside the block, on any free port unless one is named; yield the address."""
    server = make_server("127.0.0.1", port, create_app(context), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
