"""Schedulers that are killed with -9 lose nobody's mail, and repeat only what they were cut off from recording."""

from pathlib import Path

import pytest

from benchmarks.digest_kills import run
from matcher.store.mail_records import MailState

PEOPLE = 150
KILLS_OF_EACH = 3


@pytest.mark.slow
def test_everybody_is_reached_and_a_repeat_has_the_same_message_id(tmp_path: Path) -> None:
    outcome = run(tmp_path, PEOPLE, KILLS_OF_EACH)
    assert outcome.kills == 2 * KILLS_OF_EACH
    assert outcome.reached == outcome.seen == PEOPLE, "all but the three who are trouble"
    assert outcome.ids_of_repeats == 0
    assert outcome.repeats <= outcome.kills, "a kill cuts at most the one mail that is on its way"
    assert outcome.states[MailState.SENT] == PEOPLE
    assert outcome.states[MailState.REFUSED] == 1
    assert outcome.refused_is_suppressed
    assert sum(outcome.states.values()) == PEOPLE + 3
