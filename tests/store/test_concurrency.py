"""Several scorers and an editor on one database, each with connections of its own.

The unguarded write below is the obvious one. Where a slow worker is overtaken it loses, which shows that what is
checked here can tell a store that guards its writes from one that does not.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import count
from multiprocessing.synchronize import Barrier, Event

import pytest
from sqlalchemy import delete

from matcher.store import schema
from matcher.store.database import Database
from matcher.store.mail_records import MailKind
from matcher.store.match_rows import FINDINGS
from matcher.store.protocol import Store
from matcher.store.records import SaveOutcome, StoredOpportunity, StoredProposal
from matcher.store.sql_store import open_store
from matcher.store.timestamps import utc_now
from tests.processes import FORKING

from .contract.builders import FINGERPRINT, MONDAY, WEEK, claim, lease, match, opportunity, proposal, subscribe
from .rescoring import (
    FLOOR,
    Write,
    edit,
    guarded,
    random_pause,
    rescore,
    rescore_until_fresh,
    wrong_pairs,
)

LONGEST_PAUSES_SECONDS = (0.03, 0.002, 0.002)  # of each worker: a slow one and two that overtake it
GUARDED_ROUNDS = 40
EDITS_PER_ROUND = 3
PATIENCE_SECONDS = 60


def unguarded(database: Database) -> Write:
    """Return a write that overwrites whatever is there, without looking at the revisions."""

    def write(_store: Store, one: StoredProposal, other: StoredOpportunity, fit: float) -> None:
        key = {"proposal_id": one.proposal_id, "opportunity_id": other.opportunity.opportunity_id}
        row = {
            **key,
            "proposal_revision": one.revision,
            "opportunity_revision": other.revision,
            "fit": fit,
            "verdict": match(key["opportunity_id"], fit).eligibility.verdict.value,
            "scored_at": utc_now(),
            "fingerprint": FINGERPRINT,
            "eligibility": FINDINGS.to_json(match(key["opportunity_id"], fit).eligibility),
        }
        with database.writing() as connection:
            if fit < FLOOR:
                connection.execute(delete(schema.matches).filter_by(**key))
            else:
                overwrite = database.insert_into(schema.matches).values(row)
                connection.execute(overwrite.on_conflict_do_update(index_elements=list(key), set_=row))

    return write


@pytest.fixture
def stores(url: str) -> Iterator[list[Store]]:
    """Open one store for each worker and one for the editor."""
    with ExitStack() as opened:
        yield [opened.enter_context(open_store(url)) for _ in (*LONGEST_PAUSES_SECONDS, "editor")]


def race(stores: list[Store], write: Write, numbers: Iterator[int], seed: int) -> list[str]:
    """Let the workers rescore while the editor edits, then score what is stale; return what is wrong in the end."""
    editor, *workers = stores
    edited = threading.Event()

    def edit_with_pauses() -> None:
        pause = random_pause(seed, LONGEST_PAUSES_SECONDS[0])
        try:
            for _ in range(EDITS_PER_ROUND):
                edit(editor, next(numbers))
                pause()
        finally:
            edited.set()

    def work(worker: int) -> None:
        pause = random_pause(seed * len(workers) + worker, LONGEST_PAUSES_SECONDS[worker])
        while not edited.is_set():
            rescore(workers[worker], write, pause)
            pause()

    with ThreadPoolExecutor(len(stores)) as threads:
        running = [threads.submit(edit_with_pauses), *(threads.submit(work, index) for index in range(len(workers)))]
        for done in running:
            done.result()
    rescore_until_fresh(editor, write)
    return wrong_pairs(editor)


def test_guarded_writes_leave_no_stale_match_in_any_round(stores: list[Store]) -> None:
    numbers = count()
    lost = {seed: wrong for seed in range(GUARDED_ROUNDS) if (wrong := race(stores, guarded, numbers, seed))}
    assert lost == {}


@pytest.mark.parametrize("is_guarded", [True, False])
def test_a_slow_worker_s_old_result_lands_on_the_new_one_only_if_unguarded(
    stores: list[Store], url: str, is_guarded: bool
) -> None:
    slow, fast, editor, _ = stores
    database = Database(url)
    write = guarded if is_guarded else unguarded(database)
    for number in (0, 1):
        edit(editor, number)
    numbers = iter((2, 3))

    def others_are_faster() -> None:
        for number in numbers:
            edit(editor, number)
            rescore_until_fresh(fast, write)

    rescore(slow, write, others_are_faster)
    rescore_until_fresh(fast, write)
    assert (wrong_pairs(editor) == []) is is_guarded
    database.close()


def work_until(stop: Event, all_opened: Barrier, url: str, seed: int) -> None:
    """Rescore in a process of its own, from when all have opened the store until told to stop."""
    pause = random_pause(seed, LONGEST_PAUSES_SECONDS[seed])
    with open_store(url) as store:
        all_opened.wait(PATIENCE_SECONDS)
        while not stop.is_set():
            rescore(store, guarded, pause)
            pause()


@pytest.mark.slow
def test_processes_that_open_the_same_empty_database_score_every_pair_right(blank_url: str) -> None:
    seeds = range(len(LONGEST_PAUSES_SECONDS))
    stop, all_opened = FORKING.Event(), FORKING.Barrier(len(seeds) + 1)
    begin = partial(FORKING.Process, target=work_until, daemon=True)
    workers = [begin(args=(stop, all_opened, blank_url, seed)) for seed in seeds]
    for worker in workers:
        worker.start()
    pause = random_pause(len(workers), LONGEST_PAUSES_SECONDS[0])
    with open_store(blank_url) as editor:
        all_opened.wait(PATIENCE_SECONDS)
        for number in range(60):
            edit(editor, number, which=number // 2 % 3)
            pause()
        stop.set()
        for worker in workers:
            worker.join(PATIENCE_SECONDS)
        assert [worker.exitcode for worker in workers] == [0, 0, 0]
        rescore_until_fresh(editor, guarded)
        assert len(editor.proposals.all()) * len(editor.opportunities.all()) == 9
        assert wrong_pairs(editor) == []


def at_once(stores: list[Store], call: Callable[[int, Store], object]) -> list[object]:
    """Make the same call on every store at the same time; return the results."""
    with ThreadPoolExecutor(len(stores)) as threads:
        return list(threads.map(call, range(len(stores)), stores))


def test_writers_of_one_row_never_skip_or_share_a_revision(stores: list[Store]) -> None:
    def save_ten(worker: int, store: Store) -> list[tuple[int, SaveOutcome]]:
        saved = [store.proposals.save(proposal(f"{worker}/{number}"), "shared") for number in range(10)]
        return [(receipt.revision, receipt.outcome) for receipt in saved]

    receipts = [receipt for batch in at_once(stores, save_ten) for receipt in batch]
    assert sorted(revision for revision, _ in receipts) == list(range(1, 10 * len(stores) + 1))
    assert [revision for revision, outcome in receipts if outcome is SaveOutcome.NEW] == [1]


def test_a_week_is_claimed_by_one_of_many(stores: list[Store]) -> None:
    subscribe(stores[0])

    assert sum(len(claimed) for claimed in at_once(stores, lambda worker, store: claim(store, str(worker)))) == 1


def test_a_mail_is_taken_by_one_of_many(stores: list[Store]) -> None:
    stores[0].mails.enqueue(WEEK, "{}", "example.org", MONDAY)

    def take(worker: int, store: Store) -> int:
        return len(store.mails.take(lease(str(worker)), 10, MONDAY, [MailKind.DIGEST]))

    assert sum(at_once(stores, take)) == 1


def test_a_turn_is_taken_by_one_of_many(stores: list[Store]) -> None:
    assert sum(at_once(stores, lambda worker, store: store.turns.take("tidy", lease(str(worker)), MONDAY))) == 1


def test_threads_may_share_one_store(store: Store) -> None:
    def save_and_read(number: int) -> str:
        store.opportunities.save(opportunity(f"fund-{number:02}"), "shared")
        return store.opportunities.get(f"fund-{number:02}").opportunity.opportunity_id

    with ThreadPoolExecutor(8) as threads:
        names = list(threads.map(save_and_read, range(40)))
    assert names == list(store.opportunities.ids_and_revisions())
