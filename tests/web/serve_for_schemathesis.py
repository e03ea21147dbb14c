"""Serves a small house with a key from a process of its own, and prints its address, the key and what it keeps."""

import json
import logging
import sys
from pathlib import Path

from werkzeug.serving import make_server

from matcher.services.keys import issue_key
from matcher.web.app import create_app
from tests.web.houses import PORTAL, PROPOSAL, look, make_house


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    context = make_house(Path(sys.argv[1]), rate_limit="1000000 per minute")
    context.store.sources.add(PORTAL)
    look(context)
    app = create_app(context)
    client = app.test_client()
    proposal = client.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown").json
    feed = client.post(f"/v1/proposals/{proposal['proposal_id']}/feeds", json={"name": "reader"}).json
    server = make_server("127.0.0.1", 0, app, threaded=True)
    key = issue_key(context.store, "local", "schemathesis")[1]
    told = {
        "address": f"http://127.0.0.1:{server.server_port}",
        "key": key,
        "token": feed["atom_url"].split("/")[-2],
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
