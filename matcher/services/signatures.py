"""Texts that come back to us, signed: what is read was made here, for the same purpose, and is not too old."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from itsdangerous import BadData, URLSafeTimedSerializer

from matcher.errors import InputRejected


def serializer(keys: Sequence[str], purpose: str) -> URLSafeTimedSerializer:
    """Return what signs and reads for one purpose; what is signed for one is not taken for another.

    Args:
        keys: The first signs; all of them verify.
        purpose: What is signed for.
    """
    # itsdangerous signs with the last key
    newest_last = list(reversed(keys))
    return URLSafeTimedSerializer(
        newest_last, salt=f"matcher {purpose}", signer_kwargs={"digest_method": hashlib.sha256}
    )


class Signer:
    """Signs texts for one purpose, and reads them back.

    Args:
        keys: The first signs; all of them verify.
        purpose: What is signed for one purpose is not taken for another.
    """

    def __init__(self, keys: Sequence[str], purpose: str) -> None:
        self._serializer = serializer(keys, purpose)

    def sign(self, text: str) -> str:
        """Return `text` signed, as characters that stand in an address, a cookie or a form as they are."""
        return str(self._serializer.dumps(text))

    def read(self, signed: str, lifetime: timedelta) -> str:
        """Return the text that was signed.

        Raises:
            InputRejected: It was not signed here for this purpose, or longer ago than `lifetime`.
        """
        try:
            return str(self._serializer.loads(signed, max_age=int(lifetime.total_seconds())))
        except BadData:
            raise InputRejected("this was not signed here, or too long ago; ask for it again") from None
