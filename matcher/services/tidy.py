"""Forget what nobody needs any more; what keeps a mail from going out twice is kept for ever."""

from datetime import datetime, timedelta

from matcher.services.personal_data import forget_unused_vectors
from matcher.services.sign_in import SESSION_LIFETIME
from matcher.store.protocol import Store

_UNCONFIRMED = timedelta(days=30)
_MAILS = timedelta(days=182)
_UNSENT = timedelta(days=8)
"""A digest that waits longer was superseded; whatever else waits longer is of no use any more."""
_JOBS = timedelta(days=90)
_SIGN_INS = SESSION_LIFETIME + timedelta(days=1)
"""A session begins at most minutes after it was asked for."""


def tidy(store: Store, now: datetime) -> dict[str, int]:
    """Drop what is over: unconfirmed subscriptions, words of old mails, rows of jobs and sessions, unused vectors.

    Returns named counts. Nothing of it is left in a file of SQLite afterwards.
    """
    counts = {
        "unconfirmed": store.subscriptions.remove_unconfirmed(now - _UNCONFIRMED),
        "given_up": store.mails.give_up_before(now - _UNSENT),
        "forgotten": store.mails.forget_before(now - _MAILS),
        "jobs": store.jobs.forget_before(now - _JOBS),
        "sign_ins": store.sign_ins.forget_before(now - _SIGN_INS),
        "vectors": forget_unused_vectors(store),
    }
    store.empty_log()
    return counts
