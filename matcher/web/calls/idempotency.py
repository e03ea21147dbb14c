"""A creation that is sent twice under one `Idempotency-Key` is carried out once, and answered twice.

After draft-ietf-httpapi-idempotency-key-header-07. A key is remembered per organization for 24 hours, with a digest of
the call and its answer. A call that was refused is not remembered, so it can be mended and sent again. Of one that
failed on our side, or whose process died, it is remembered under which identifier it creates something: sent again, it
goes on with that, and creates nothing a second time.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, request

from matcher.errors import MatcherError
from matcher.store.records import AnswerKey, Claim, KeptAnswer
from matcher.web.calls.asker import asker
from matcher.web.calls.envelopes import Failure, Flaw, enveloped
from matcher.web.house import current_house

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LIFETIME = timedelta(hours=24)
LEASE = timedelta(minutes=10)
"""After so long without an answer, the process that worked on it is taken for dead."""

_REPEATABLE = "is_repeatable"
_KEY = re.compile(r'"?([\x21\x23-\x7e]{1,255})"?')
"""A quoted string, as the draft has it, or the same without the quotes."""

_CLAIMED = "claimed"
_KEPT_HEADERS = ("Content-Type", "Location")
_RETRY_SECONDS = "1"

PARAMETER: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "description": "A word of your choice that names this one creation, such as a new UUID. The same call under the "
    "same word is answered again for 24 hours, and carried out once.",
}
"""The header in the description of a repeatable operation."""

View = TypeVar("View", bound=Callable[..., Any])

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Claimed:
    """The key of the present call, the digest of its content, since when it is carried out, and what it creates."""

    key: AnswerKey
    digest: str
    begun_at: datetime
    creates: str


def repeatable(view: View) -> View:
    """Mark a creation that may be sent twice under one key."""
    setattr(view, _REPEATABLE, True)
    return view


def is_repeatable(view: Callable[..., Any]) -> bool:
    """Whether the route takes a key."""
    return getattr(view, _REPEATABLE, False)


def identifier_to_create() -> str | None:
    """Return the identifier for what the present call creates, if it has a key: always the same for the same call."""
    claimed = _claimed()
    return None if claimed is None else claimed.creates


def install_idempotency(app: Flask) -> None:
    """Answer again what was answered before, and remember what is answered now."""
    app.before_request(_claim)
    app.after_request(_remember)


def _claim() -> Response | None:
    """Return what ends the call here: an earlier answer, or a refusal; None lets it be carried out."""
    asking, given = asker(), request.headers.get(HEADER)
    if given is None or asking is None or not is_repeatable(current_app.view_functions[str(request.endpoint)]):
        return None
    form = _KEY.fullmatch(given)
    if form is None:
        return _refused(422, "a key has 1 to 255 visible ASCII characters, such as a UUID")
    key, digest, now = AnswerKey(asking.organization_id, form.group(1)), _digest(), datetime.now(UTC)
    kept = current_house().store.kept_answers.claim(key, digest, now, lifetime=LIFETIME, lease=LEASE)
    if isinstance(kept, Claim):
        setattr(g, _CLAIMED, _Claimed(key, digest, now, kept.creates))
        return None
    if kept.digest != digest:
        return _refused(422, "this key was used for another call; each creation needs a key of its own")
    if kept.status is None:
        return _refused(409, "the first call under this key is still being carried out; send it again in a moment")
    return Response(kept.body, kept.status, headers={**kept.headers, REPLAYED: "true"})


def _remember(response: Response) -> Response:
    """Keep an answer that created something, forget a call that was refused, and let one that failed be sent again."""
    claimed = _claimed()
    if claimed is not None:
        try:
            _note(claimed, response)
        except MatcherError as error:  # what the call came to is true all the same, and its claim lapses by itself
            _log.warning("answer not kept", extra={"reason": str(error)})
    return response


def _note(claimed: _Claimed, response: Response) -> None:
    answers = current_house().store.kept_answers
    if response.status_code < 300:
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        answers.keep(claimed.key, KeptAnswer(claimed.digest, response.status_code, headers, response.get_data()))
    elif response.status_code < 500:
        answers.release(claimed.key)
    else:
        answers.put_back(claimed.key, claimed.begun_at - LEASE)


def _claimed() -> _Claimed | None:
    return cast("_Claimed | None", g.get(_CLAIMED))


def _refused(status: int, detail: str) -> Response:
    headers = [("Retry-After", _RETRY_SECONDS)] if status == 409 else []
    return enveloped(Failure(status, f"{HEADER}: {detail}", [Flaw(source=HEADER, detail=detail)], headers=headers))


def _digest() -> str:
    """Return the SHA-256 of method, address and content of the call: 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for part in (request.method.encode(), request.full_path.encode(), *_content()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _content() -> Iterator[bytes]:
    """Yield what the call carries; of a form the parts, for what separates them is chosen anew at every sending."""
    if request.mimetype != "multipart/form-data":
        yield request.mimetype.encode()
        yield request.get_data(cache=True)
        return
    for name, value in sorted(request.form.items(multi=True)):
        yield name.encode()
        yield value.encode()
    for name, file in request.files.items(multi=True):
        yield name.encode()
        yield (file.filename or "").encode()
        yield hashlib.sha256(file.stream.read()).digest()
        file.stream.seek(0)
