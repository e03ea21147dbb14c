import hashlib
import json
import math
from dataclasses import fields, replace
from typing import Any

import pytest

from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.errors import InputRejected, Unrecoverable
from matcher.store.codec import JsonCodec, content_hash

from .contract.builders import full_match, full_opportunity, full_proposal, opportunity

FULL = [(Opportunity, full_opportunity()), (Proposal, full_proposal()), (Match, full_match())]
KINDS = ["opportunity", "proposal", "match"]


@pytest.mark.parametrize(("kind", "value"), FULL, ids=KINDS)
def test_a_full_document_comes_back_equal_and_with_the_same_types(kind: type[Any], value: object) -> None:
    codec = JsonCodec(kind)
    assert repr(codec.from_json(codec.to_json(value))) == repr(value)


@pytest.mark.parametrize(("kind", "value"), FULL, ids=KINDS)
def test_the_full_documents_leave_no_field_at_its_default(kind: type[Any], value: object) -> None:
    at_default = [field.name for field in fields(kind) if getattr(value, field.name) == field.default]
    assert at_default == []


def test_the_json_is_canonical() -> None:
    text = JsonCodec(Opportunity).to_json(full_opportunity())
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "数学" in text


def test_equal_values_have_equal_hashes_and_different_ones_do_not() -> None:
    codec = JsonCodec(Opportunity)
    first, again = codec.to_json(full_opportunity()), codec.to_json(full_opportunity())
    other = codec.to_json(replace(full_opportunity(), is_rolling=False))
    assert content_hash(first) == content_hash(again) != content_hash(other)


def test_the_hash_is_the_sha_256_of_the_utf_8_bytes() -> None:
    assert content_hash("ä") == hashlib.sha256(b"\xc3\xa4").hexdigest()


def test_a_field_that_an_older_document_lacks_takes_its_default() -> None:
    older = '{"opportunity_id":"river-fund","title":"River fund","text":"Clean rivers."}'
    assert JsonCodec(Opportunity).from_json(older) == opportunity()


def test_a_field_that_is_no_longer_known_is_passed_over() -> None:
    older = '{"opportunity_id":"river-fund","title":"River fund","text":"Clean rivers.","colour":"blue"}'
    assert JsonCodec(Opportunity).from_json(older) == opportunity()


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"title":"River fund"}'])
def test_a_damaged_document_is_named_by_its_kind(damaged: str) -> None:
    with pytest.raises(Unrecoverable, match="stored Opportunity cannot be read"):
        JsonCodec(Opportunity).from_json(damaged)


def test_a_lone_surrogate_is_refused_by_its_code() -> None:
    with pytest.raises(InputRejected, match=r"'\\udc80'"):
        JsonCodec(Opportunity).to_json(opportunity(text="broken \udc80"))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_json_cannot_hold_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        JsonCodec(Match).to_json(replace(full_match(), fit=number))
