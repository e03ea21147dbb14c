"""Mail addresses, checked before they reach a header or a server."""

import re
from email.headerregistry import Address
from email.utils import parseaddr

from matcher.errors import InputRejected

# RFC 5321, section 4.5.3.1: 64 octets before the @, 254 in all. Quoted local parts are left out: nobody's mailbox
# needs them, and much software mistakes them.
_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)
_LOCAL_PART_LIMIT = 64
_NAME_LIMIT = 60


def parse_address(text: str, source: str) -> Address:
    """Return a mailbox written as "officer@example.org" or "Name <officer@example.org>".

    Args:
        text: What was given.
        source: The field that it came from, for the error.

    Raises:
        InputRejected: It is no single address, is not ASCII, or carries a line break or another control character.
    """
    if not text.isprintable():
        raise InputRejected(f"{text!r} holds a line break or another control character; remove it", source=source)
    name, address = parseaddr(text)
    local_part, _, domain = address.rpartition("@")
    if not _ADDRESS.fullmatch(address) or len(local_part) > _LOCAL_PART_LIMIT or not _is_whole(text, address):
        raise InputRejected(f"{text!r} is no mail address; write it as name@example.org", source=source)
    if len(name) > _NAME_LIMIT:
        raise InputRejected(f"the name before <{address}> is longer than {_NAME_LIMIT} characters", source=source)
    return Address(name, local_part, domain)


def kept_address(text: str, source: str) -> str:
    """Return the address of a mailbox in the form in which it is kept: nobody tells mailboxes apart by case.

    Raises:
        InputRejected: As for `parse_address`.
    """
    return parse_address(text, source).addr_spec.lower()


def _is_whole(text: str, address: str) -> bool:
    """Whether `text` is the address alone or ends with it in angle brackets, and names no second one."""
    return text.strip() == address or (text.rstrip().endswith(f"<{address}>") and text.count("<") == 1)
