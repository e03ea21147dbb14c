"""Signed texts: read where they were signed for, by every key that still verifies, and not for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from matcher.errors import InputRejected
from matcher.services.signatures import Signer

OLD, NEW = "o" * 32, "n" * 32
HOUR = timedelta(hours=1)


def test_what_was_signed_is_read_also_after_the_keys_were_rotated() -> None:
    assert Signer([NEW, OLD], "form").read(Signer([OLD], "form").sign("words"), HOUR) == "words"


@pytest.mark.parametrize("signer", [Signer([OLD], "link"), Signer([NEW], "form")], ids=["purpose", "key"])
def test_another_purpose_or_another_key_reads_nothing(signer: Signer) -> None:
    with pytest.raises(InputRejected, match="not signed here"):
        signer.read(Signer([OLD], "form").sign("words"), HOUR)


def test_what_is_too_old_is_not_read() -> None:
    signer = Signer([OLD], "form")
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False) as clock:
        signed = signer.sign("words")
        clock.shift(HOUR + timedelta(seconds=1))
        with pytest.raises(InputRejected, match="too long ago"):
            signer.read(signed, HOUR)
