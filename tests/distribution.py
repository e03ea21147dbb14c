"""Which tests one worker makes after another, and which come first, so that none loads twice and none ends late."""

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

TOGETHER = {
    "the real model": (
        "tests/benchmarks/test_gate.py",
        "tests/embedding/",
        "tests/scoring/test_abstention.py",
        "tests/scoring/test_long_documents.py",
        "tests/scoring/test_stability.py",
        "tests/services/test_same_ranking.py",
        "tests/services/test_train.py",
        "tests/test_main_job.py",
    ),
    "forked processes": (
        "tests/faults/",
        "tests/services/test_import_crash.py",
        "tests/store/test_concurrency.py",
        "tests/store/test_crash.py",
        "tests/web/test_serve.py",
    ),
}
"""Tests that share what takes seconds to make: a loaded model, or a process that has imported what others fork from."""

FIRST = (
    "tests/web/browser/test_accessibility.py",
    "the real model",
    "forked processes",
    "tests/services/test_digest_year.py",
    "tests/web/test_schemathesis.py",
    "tests/web/browser/",
    "tests/test_end_to_end.py",
    "tests/benchmarks/",
    "tests/cluster/",
    "tests/notices/formats/",
)
"""What takes longest for its number of tests, the longest first."""


class LongestFirst(LoadFileScheduling):
    """Gives a worker a whole file at a time, or all that share something; begins with what takes longest."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return next((name for name, paths in TOGETHER.items() if file.startswith(paths)), file)

    def _assign_work_unit(self, node: WorkerController) -> None:
        # what waits is in the order of the number of tests, and stays so among equals
        self.workqueue.move_to_end(min(self.workqueue, key=_turn), last=False)
        super()._assign_work_unit(node)


def _turn(scope: str) -> int:
    return next((turn for turn, name in enumerate(FIRST) if scope.startswith(name)), len(FIRST))
