"""How tests are dealt out to the workers of a run."""

from types import SimpleNamespace

from tests.conftest import CHECKOUT
from tests.distribution import FIRST, TOGETHER, LongestFirst


class Worker(SimpleNamespace):
    """Stands for a worker that takes what it is given."""

    def __init__(self) -> None:
        super().__init__(shutting_down=False, given=[], gateway=SimpleNamespace(id="gw0"))

    def __hash__(self) -> int:
        return id(self)

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += indices

    def shutdown(self) -> None:
        self.shutting_down = True


CONFIG = SimpleNamespace(getvalue=lambda _: ["popen"], option=SimpleNamespace(loadscopereorder=True))


def given_to_one_worker(tests: list[str]) -> list[str]:
    """Return the tests in the order in which a worker that is alone gets them."""
    scheduler, worker = LongestFirst(CONFIG), Worker()
    scheduler.add_node(worker)
    scheduler.add_node_collection(worker, tests)
    scheduler.schedule()
    for index in range(len(tests)):
        scheduler.mark_test_complete(worker, worker.given[index])
    return [tests[index] for index in worker.given]


def test_what_is_named_here_is_there() -> None:
    paths = [path for some in TOGETHER.values() for path in some] + [name for name in FIRST if name not in TOGETHER]
    assert [path for path in paths if not (CHECKOUT / path).exists()] == []
    assert {*TOGETHER} <= {*FIRST}


def test_what_takes_longest_comes_first_and_what_shares_something_comes_together() -> None:
    tests = [
        "tests/domain/test_dates.py::test_one",
        "tests/store/test_crash.py::test_one",
        "tests/web/test_house.py::test_one",
        "tests/web/test_house.py::test_two",
        "tests/faults/test_faults.py::test_one",
        "tests/embedding/test_cached.py::test_one",
    ]
    given = given_to_one_worker(tests)
    assert [tests.index(name) for name in given] == [5, 1, 4, 2, 3, 0]
