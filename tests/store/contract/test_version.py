"""The number that moves with every change, whoever makes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from matcher.domain.organization import LOCAL, ApiKey
from matcher.errors import InputRejected
from matcher.store.protocol import Store
from matcher.store.records import AnswerKey, JobOutcome, Mark
from matcher.store.sql_store import open_store

from .builders import FINGERPRINT, MONDAY, lease, match, opportunity, proposal

KEY = ApiKey("k1", LOCAL, "tests", "0" * 64, MONDAY)


def test_reading_leaves_the_version_as_it_is(store: Store) -> None:
    before = store.version()
    store.proposals.all()
    store.opportunities.ids_and_revisions()
    assert store.version() == before


def test_every_change_moves_the_version_for_those_who_look_through_other_connections(store: Store, url: str) -> None:
    changes: list[Callable[[], object]] = [
        lambda: store.proposals.save(proposal(), "mine"),
        lambda: store.opportunities.save(opportunity(), "rivers"),
        lambda: store.matches.write("mine", 1, 1, match()),
        lambda: store.proposals.mark_scored("mine", Mark(1, FINGERPRINT)),
        lambda: store.keys.add(KEY),
        lambda: store.proposals.delete("mine"),
    ]
    with open_store(url) as other:
        seen = [(store.version(), other.version())]
        for change in changes:
            change()
            seen.append((store.version(), other.version()))
    assert len({own for own, _ in seen}) == len({theirs for _, theirs in seen}) == len(seen)


def test_what_no_answer_is_made_of_leaves_the_version_as_it_is(store: Store) -> None:
    store.keys.add(KEY)
    before = store.version()
    store.vectors.save("a model", {"a" * 64: np.ones(384, dtype=np.float16)})
    store.keys.touch(KEY.key_id, MONDAY, timedelta(minutes=1))
    store.turns.take("tidy", lease(), MONDAY + timedelta(days=1))
    store.jobs.finish(store.jobs.start("tidy"), JobOutcome.SUCCEEDED, {})
    answer = AnswerKey(LOCAL, "one")
    store.kept_answers.claim(answer, "digest", MONDAY, lifetime=timedelta(days=1), lease=timedelta(minutes=1))
    store.kept_answers.release(answer)
    assert store.version() == before


def test_what_changes_nothing_leaves_the_version_as_it_is(store: Store) -> None:
    store.proposals.save(proposal(), "mine")
    before = store.version()
    assert not store.proposals.mark_scored("mine", Mark(2, FINGERPRINT))
    assert store.version() == before


def test_a_change_that_fails_leaves_the_version_as_it_is(store: Store) -> None:
    before = store.version()
    with pytest.raises(InputRejected):
        store.keys.add(replace(KEY, organization_id="nobody"))
    assert store.version() == before


def test_a_change_of_one_organization_moves_the_version_of_all(store: Store) -> None:
    before = store.for_organization("theirs").version()
    store.for_organization("local").proposals.save(proposal(), "mine")
    assert store.for_organization("theirs").version() != before
