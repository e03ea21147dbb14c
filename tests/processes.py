"""Processes of the tests' own, forked from one that has imported already what takes seconds to import."""

import multiprocessing

FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    ["alembic.command", "tests.faults.trials", "tests.services.records", "tests.web.serve_once"]
)
