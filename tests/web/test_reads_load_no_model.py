"""Reads answer from what is stored: nothing is encoded and no model is loaded for them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.houses import PORTAL

READS = """
import json, sys
from pathlib import Path
import pytest

from matcher.bootstrap import build
from matcher.settings import Settings
from matcher.web.app import create_app

class Refusing:
    model_id, dimensions = "bag-of-words", 384

    def encode(self, texts):
        raise AssertionError(texts)

home, *urls = sys.argv[1:]
client = create_app(build(Settings(home=Path(home)), encoder=Refusing())).test_client()
statuses = [client.get(url).status_code for url in urls]
heavy = [name for name in ("torch", "sentence_transformers", "transformers") if name in sys.modules]
print(json.dumps({"statuses": statuses, "heavy": heavy}))
"""


@pytest.mark.slow
def test_every_read_is_answered_from_kept_vectors_without_loading_a_model(
    client: FlaskClient, proposal_id: str, run_id: int, tmp_path: Path
) -> None:
    paths = [path for path, item in client.get("/openapi.json").json["paths"].items() if "get" in item]
    names = {"proposal_id": proposal_id, "opportunity_id": "youth-build", "name": PORTAL.name, "run_id": run_id}
    known = [path for path in paths if set(re.findall(r"{(\w+)}", path)) <= names.keys()]
    urls = [*(path.format(**names) for path in known), "/sources"]
    done = subprocess.run(
        [sys.executable, "-c", READS, str(tmp_path), *urls], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(done.stdout) == {"statuses": [200] * len(urls), "heavy": []}
    assert len(urls) >= 20
