"""A rendered digest as the mail that goes out."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from functools import lru_cache

from matcher.errors import InputRejected
from matcher.mail.addresses import parse_address
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.rendering import RenderedMail
from matcher.mail.subject import SUBJECT_LIMIT

CALENDAR_NAME = "deadlines.ics"
"""The file name of the attached calendar."""

# RFC 5322, sections 2.1.1 and 3.6.4: a line ends before 998 characters, an identifier is dot-atom @ dot-atom.
_LONGEST_LINE = 998
_MESSAGE_ID = re.compile(r"<(?=.{3,200}>\Z)[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")


class _UnfoldedHeader(UnstructuredHeader, BaseHeader):
    """A header whose value stays on one line: the standard library would encode a long web address beyond use."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Headers(HeaderRegistry):
    """A registry that makes the class of each header once; the standard library makes it anew for every header."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        if name not in self._made:
            self._made[name] = super().__getitem__(name)
        return self._made[name]


_HEADERS = _Headers()
_HEADERS.map_to_type("list-unsubscribe", _UnfoldedHeader)
_HEADERS.map_to_type("list-id", _UnfoldedHeader)
_HEADERS.map_to_type("content-type", _UnfoldedHeader)
_POLICY = SMTP.clone(header_factory=_HEADERS)


@lru_cache(maxsize=64)
def _shared(name: str, value: str) -> BaseHeader:
    """Return a header that stands in every mail of this house; to parse it again takes longer than to write it."""
    header: BaseHeader = _HEADERS(name, value)
    return header


def build_message(
    rendered: RenderedMail,
    *,
    sender: str,
    recipient: str,
    message_id: str,
    date: datetime,
    unsubscribe_url: str | None,
    calendar: bytes | None,
) -> EmailMessage:
    """Build the mail; equal arguments give equal bytes.

    Args:
        rendered: The words of the mail.
        sender: The address that the mail comes from, with or without a name.
        recipient: The address that it goes to.
        message_id: The fixed identifier of this mail, in angle brackets; sending it again does not make a second mail.
        date: When the mail was written, with its time zone.
        unsubscribe_url: An http or https address that ends the subscription on POST, without log-in (RFC 8058).
        calendar: The deadlines as iCalendar bytes.

    Raises:
        InputRejected: An address, the identifier or the web address cannot stand in a mail header.
        ValueError: `date` has no time zone.
    """
    if date.tzinfo is None:
        raise ValueError(f"the date of a mail needs a time zone, and {date.isoformat()} has none")
    from_address = parse_address(sender, "sender")
    message = EmailMessage(policy=_POLICY)
    message["From"] = _shared("From", str(from_address))
    message["To"] = parse_address(recipient, "recipient")
    message["Subject"] = one_line(rendered.subject, SUBJECT_LIMIT)
    message["Date"] = date
    message["Message-ID"] = _checked_message_id(message_id)
    _add_list_headers(message, from_address, unsubscribe_url)
    _add_bodies(message, rendered, calendar)
    return message


def _checked_message_id(message_id: str) -> str:
    if not _MESSAGE_ID.fullmatch(message_id):
        raise InputRejected(
            f"{message_id!r} is no message identifier; write it as <letters-and-digits@domain>", source="Message-ID"
        )
    return message_id


def _add_list_headers(message: EmailMessage, sender: Address, unsubscribe_url: str | None) -> None:
    """Say that a machine wrote this (RFC 3834), to which list it belongs (RFC 2919) and how to leave (RFC 8058)."""
    message["Auto-Submitted"] = _shared("Auto-Submitted", "auto-generated")
    message["List-ID"] = _shared("List-ID", f"Funding digest <funding-digest.{sender.domain}>")
    if unsubscribe_url is None:
        return
    value = f"<{unsubscribe_url}>"
    too_long = len("List-Unsubscribe: ") + len(value) > _LONGEST_LINE
    if web_address(unsubscribe_url) is None or not unsubscribe_url.isascii() or too_long:
        raise InputRejected(
            f"{unsubscribe_url[:100]!r} cannot stand in a mail header; give an https:// address in ASCII of fewer than "
            f"{_LONGEST_LINE} characters",
            source="unsubscribe_url",
        )
    message["List-Unsubscribe"] = value
    message["List-Unsubscribe-Post"] = _shared("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")


def _add_bodies(message: EmailMessage, rendered: RenderedMail, calendar: bytes | None) -> None:
    """Add text, HTML and calendar in encodings that every server passes on unchanged.

    The parts are written as they go over the wire: the standard library parses every header of a part again whenever it
    asks for one, which takes longer than all the rest of a mail.
    """
    # "=_" cannot occur in a quoted-printable or base64 body (RFC 2045, section 6.7)
    boundary = f"=_{hashlib.sha256(message['Message-ID'].encode()).hexdigest()[:24]}"
    bodies = (_text_part("plain", rendered.text), _text_part("html", rendered.html))
    message["MIME-Version"] = _shared("MIME-Version", "1.0")
    if calendar is None:
        message["Content-Type"] = f'multipart/alternative; boundary="{boundary}_0"'
        message.set_payload(_multipart(f"{boundary}_0", bodies))
        return
    headers = f'Content-Type: multipart/alternative; boundary="{boundary}_1"'
    alternative = f"{headers}\r\n\r\n{_multipart(f'{boundary}_1', bodies)}"
    message["Content-Type"] = f'multipart/mixed; boundary="{boundary}_0"'
    message.set_payload(_multipart(f"{boundary}_0", (alternative, _calendar_part(calendar))))


def _multipart(boundary: str, parts: Iterable[str]) -> str:
    """Return parts one after the other, each behind the boundary (RFC 2046, section 5.1.1)."""
    return "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"


def _text_part(subtype: str, text: str) -> str:
    headers = (f'Content-Type: text/{subtype}; charset="utf-8"', "Content-Transfer-Encoding: quoted-printable")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    return _part(headers, binascii.b2a_qp(lines, istext=True))


def _calendar_part(calendar: bytes) -> str:
    headers = (
        'Content-Type: text/calendar; method="PUBLISH"; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{CALENDAR_NAME}"',
    )
    return _part(headers, base64.encodebytes(calendar))


def _part(headers: Iterable[str], lines: bytes) -> str:
    """Return one part of a multipart body; `lines` are in ASCII and end with a line feed each."""
    return "\r\n".join((*headers, "", lines.decode("ascii").replace("\n", "\r\n")))
