"""What proposals are compared by is kept for the revision that it was made of."""

import numpy as np

from matcher.store.protocol import Store
from matcher.store.records import KeptQuery
from tests.store.contract.builders import FINGERPRINT, proposal


def query(revision: int = 1, name: str = "plan") -> KeptQuery:
    vectors = np.random.default_rng(3).standard_normal((2, 384)).astype(np.float16)
    buckets, weights = np.array([1, 2**20 - 1], np.uint32), np.array([0.6, 0.8], np.float32)
    return KeptQuery(name, revision, FINGERPRINT, vectors, buckets, weights)


def test_a_query_comes_back_bit_for_bit(store: Store) -> None:
    store.proposals.save(proposal(), "plan")
    store.queries.save([query()])
    found = store.queries.load(["plan", "other"], FINGERPRINT)["plan"]
    assert (found.proposal_id, found.revision, found.fingerprint) == ("plan", 1, FINGERPRINT)
    assert (found.vectors.dtype, found.buckets.dtype, found.weights.dtype) == (np.float16, np.uint32, np.float32)
    np.testing.assert_array_equal(found.vectors, query().vectors)
    assert (found.buckets.tolist(), found.weights.tolist()) == ([1, 2**20 - 1], query().weights.tolist())


def test_a_query_is_of_one_scorer_and_of_the_current_revision(store: Store) -> None:
    store.proposals.save(proposal(), "plan")
    store.queries.save([query()])
    assert store.queries.load(["plan"], "another scorer") == {}
    store.proposals.save(proposal("We sweep the river."), "plan")
    assert store.queries.load(["plan"], FINGERPRINT) == {}
    store.queries.save([query(revision=2)])
    assert list(store.queries.load(["plan"], FINGERPRINT)) == ["plan"]


def test_a_query_of_an_old_revision_or_of_no_proposal_is_not_kept(store: Store) -> None:
    store.proposals.save(proposal(), "plan")
    store.queries.save([query(revision=7), query(name="nobody")])
    assert store.queries.load(["plan", "nobody"], FINGERPRINT) == {}


def test_a_query_goes_with_its_proposal(store: Store) -> None:
    store.proposals.save(proposal(), "plan")
    store.queries.save([query()])
    store.proposals.delete("plan")
    store.proposals.save(proposal(), "plan")
    assert store.queries.load(["plan"], FINGERPRINT) == {}
