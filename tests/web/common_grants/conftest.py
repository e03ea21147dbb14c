"""A house behind a real socket."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from matcher.bootstrap import Context
from matcher.services.keys import issue_key
from matcher.web.app import create_app


@pytest.fixture
def address(context: Context) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(context), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def key(context: Context) -> str:
    return issue_key(context.store, "local", "tests")[1]
