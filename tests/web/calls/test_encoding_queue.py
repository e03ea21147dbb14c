"""One encoding at a time, a few that wait, and a prompt "later" for the rest."""

import threading
import time

import pytest

from matcher.errors import RetryLater
from matcher.web.app import create_app
from matcher.web.calls.encoding_queue import EncodingQueue
from tests.web.conftest import NewHouse
from tests.web.houses import PROPOSAL


def test_only_one_is_inside_while_others_wait() -> None:
    queue = EncodingQueue(3)
    inside, most = 0, 0
    barrier = threading.Barrier(3)

    def work() -> None:
        nonlocal inside, most
        barrier.wait(timeout=60)
        with queue.turn():
            inside += 1
            most = max(most, inside)
            time.sleep(0.02)
            inside -= 1

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert most == 1


def test_without_a_free_place_it_is_refused_at_once() -> None:
    queue = EncodingQueue(1)
    with queue.turn(), pytest.raises(RetryLater), queue.turn():
        pytest.fail("the only place is taken")


def test_an_error_inside_frees_the_place() -> None:
    queue = EncodingQueue(1)
    with pytest.raises(ValueError, match="broken"), queue.turn():
        raise ValueError("broken")
    with queue.turn():
        pass


@pytest.mark.parametrize("url", ["/v1/matches", "/v1/proposals"])
def test_beyond_the_queue_the_caller_is_asked_to_come_back_and_reads_go_on(new_house: NewHouse, url: str) -> None:
    app = create_app(new_house(threads=2))
    client = app.test_client()
    with app.extensions["matcher"].encoding.turn():
        refused = client.post(url, data=PROPOSAL, content_type="text/plain")
        assert refused.status_code == 503
        assert int(refused.headers["Retry-After"]) > 0
        assert client.get("/v1/opportunities").status_code == 200
    assert client.post(url, data=PROPOSAL, content_type="text/plain").status_code in (200, 201)
