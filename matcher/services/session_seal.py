"""What a browser shows to go on being signed in: the identifier of its sign-in, signed by the keys of the house."""

import hashlib
from collections.abc import Sequence

from itsdangerous import BadSignature, URLSafeTimedSerializer

from matcher.services.sign_in import SESSION_LIFETIME


class SessionSeal:
    """Signs identifiers of sign-ins and reads them back.

    Args:
        keys: The first signs; all of them verify, so that a rotation of keys signs nobody out.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._serializer = URLSafeTimedSerializer(
            list(reversed(keys)),  # itsdangerous signs with the last one
            salt="matcher session",
            signer_kwargs={"digest_method": hashlib.sha256},
        )

    def put_on(self, sign_in_id: str) -> str:
        """Return an identifier in the form in which a browser keeps it."""
        return str(self._serializer.dumps(sign_in_id))

    def look_under(self, sealed: str) -> str | None:
        """Return the identifier that was signed here; None if it was not, or longer ago than a session lasts."""
        try:
            return str(self._serializer.loads(sealed, max_age=int(SESSION_LIFETIME.total_seconds())))
        except BadSignature:
            return None
