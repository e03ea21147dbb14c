"""A scheduler and a worker as docs/operating.md starts them, over TLS: processes that know nothing of one another."""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import IPv4Address
from pathlib import Path

import dask.config
import pytest
from cryptography import x509
from distributed import Client

from matcher.bootstrap import build
from matcher.cluster.crew import crew_at
from matcher.errors import InputRejected
from matcher.settings import Settings
from tests.certificates import write_certificate
from tests.cluster.houses import NOTICES, PROPOSALS, fill, is_fresh, with_words
from tests.conftest import CHECKOUT
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.slow


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """One certificate for all, which is its own authority."""
    return write_certificate(tmp_path / "cluster.pem", x509.IPAddress(IPv4Address("127.0.0.1")))


@pytest.fixture
def address(tmp_path: Path, certificate: Path) -> Iterator[str]:
    """The address of a scheduler with one worker."""
    told = tmp_path / "scheduler.json"
    tls = [part for name in ("ca-file", "cert", "key") for part in (f"--tls-{name}", str(certificate))]
    common = [*tls, "--protocol", "tls", "--scheduler-file", str(told), "--host", "127.0.0.1", "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "MATCHER_HOME": str(tmp_path / "worker")}
    kinds = (["scheduler", "--port", "0"], ["worker", "--nthreads", "1"])
    with (tmp_path / "log").open("wb") as log:
        processes = [
            subprocess.Popen([sys.executable, "-m", "dask", *kind, *common], env=environment, stdout=log, stderr=log)
            for kind in kinds
        ]
        yield _told_address(told)
        for process in reversed(processes):
            process.terminate()
            process.wait()


def _told_address(told: Path) -> str:
    """Return the address that a scheduler tells, once it does."""
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            return str(json.loads(told.read_text(encoding="utf-8"))["address"])
        time.sleep(0.1)
    raise TimeoutError("the scheduler did not start")


def test_workers_of_other_machines_score_over_an_encrypted_line_and_nobody_joins_without_a_certificate(
    address: str, certificate: Path, tmp_path: Path, postgres_server: PostgresServer, empty_on_postgresql: str
) -> None:
    notices = tmp_path / "notices"
    notices.mkdir()
    url = postgres_server.create("machines", empty_on_postgresql)
    house = build(Settings(home=tmp_path / "home", opportunities=notices, database_url=url), encoder=BagOfWords())
    trusted = {f"distributed.comm.tls.{name}": str(certificate) for name in ("ca-file", "client.cert", "client.key")}
    with house.store:
        fill(house)
        assert address.startswith("tls://")
        with pytest.raises(InputRejected, match="TLS"), crew_at(house, address, with_words):
            """Without a certificate."""
        clients = [each for each in gc.get_objects() if type(each) is Client]
        assert {client.status for client in clients} <= {"closed"}
        with dask.config.set(trusted), crew_at(house, address, with_words) as crew:
            report = house.rescorer.rescore(crew)
        assert report.pairs == PROPOSALS * NOTICES
        assert is_fresh(house)
        assert house.encoder.encoded_count == 0
