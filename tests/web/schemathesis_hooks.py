"""How schemathesis writes what only this service takes; named to it by SCHEMATHESIS_HOOKS."""

import schemathesis


@schemathesis.serializer("message/rfc822")
def mail(_context: schemathesis.SerializationContext, value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", errors="replace")
