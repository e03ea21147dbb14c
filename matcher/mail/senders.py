"""Where finished mails go: into a folder, or to a mail server."""

import hashlib
import os
import smtplib
import ssl
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol
from urllib.parse import quote

from matcher.errors import InputRejected
from matcher.mail.errors import DeliveryDeferred
from matcher.mail.pace import Pace
from matcher.mail.smtp_answers import explained

Security = Literal["none", "starttls", "tls"]
"""How the connection is encrypted: not at all, after STARTTLS (RFC 3207), or from its first byte (RFC 8314)."""

_LONGEST_FILE_STEM = 200

Sign = Callable[[bytes], bytes]
"""Returns a message as it goes over the wire, signed."""


def unsigned(message: bytes) -> bytes:
    """Return the message as it is, where no key is given."""
    return message


class Sender(Protocol):
    """Hands one message over."""

    def send(self, message: EmailMessage) -> None:
        """Return once the message is handed over.

        Raises:
            DeliveryRefused: Never mail this recipient again.
            MessageRefused: Never send this mail again; another one may be taken.
            DeliveryDeferred: Try again later.
            DeliveryImpossible: Mend the installation first.
        """
        ...

    def close(self) -> None:
        """Let go of what is held open; the next message opens it again."""
        ...


@dataclass(frozen=True, slots=True)
class FolderSender:
    """Writes each message as one `.eml` file into `folder`; the same Message-ID overwrites the same file."""

    folder: Path
    sign: Sign = unsigned

    def send(self, message: EmailMessage) -> None:
        """Write the message; a reader sees the whole file or none.

        Raises:
            DeliveryDeferred: The folder cannot be written.
            InputRejected: The message has no Message-ID.
        """
        path = self.folder / f"{_file_stem(message)}.eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _write_atomically(path, self.sign(message.as_bytes()))
        except OSError as error:
            raise DeliveryDeferred(
                f"The mail to {_recipient(message)} could not be written to {path}: {error.strerror}. "
                "Make the folder writable; the mail is written at the next attempt."
            ) from error

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(slots=True)
class SmtpSender:
    """Speaks SMTP (RFC 5321) to one server, over one connection for several messages; threads wait for each other.

    `timeout_seconds` bounds each step of the conversation. `bounces_to` is the address that the server reports to when
    it cannot deliver, unless it is the sender's. Close it after use, or use it in a `with` statement.

    Raises:
        InputRejected: A password would travel unencrypted.
    """

    host: str
    port: int
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    security: Security = "starttls"
    timeout_seconds: float = 30.0
    sign: Sign = unsigned
    bounces_to: str | None = None
    pace: Pace = field(default_factory=lambda: Pace(0))
    _connection: smtplib.SMTP | None = field(default=None, init=False, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __post_init__(self) -> None:
        if self.username is not None and self.security == "none":
            raise InputRejected(
                "the password would travel unencrypted; set the security to starttls or tls", source="security"
            )

    def __enter__(self) -> "SmtpSender":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, message: EmailMessage) -> None:
        """Hand the message to the server, over the open connection if the server still holds it.

        Raises:
            DeliveryRefused: The server answered 5xx to the recipient or to the message.
            MessageRefused: It answered so, and said that the message is the reason.
            DeliveryDeferred: It answered 4xx, was not reached, dropped the connection or did not answer in time.
            DeliveryImpossible: It answered 5xx to the log-in or the sender, or cannot encrypt or log in as configured.
        """
        recipient = _recipient(message)
        sender = self.bounces_to or message["From"].addresses[0].addr_spec
        wire = self.sign(message.as_bytes())
        with self._turn:
            self.pace.wait()
            try:
                self._ready_connection().sendmail(sender, [message["To"].addresses[0].addr_spec], wire)
            except (smtplib.SMTPException, OSError) as error:
                raise explained(error, f"{self.host}:{self.port}", recipient) from error

    def close(self) -> None:
        """End the conversation; the next message opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _ready_connection(self) -> smtplib.SMTP:
        """Return the open connection, or a new one where there is none or the server has dropped it.

        The server is asked before the message goes out, not after it failed: a message whose answer got lost may have
        been taken, and must not be repeated at once.
        """
        if self._connection is not None and not _is_alive(self._connection):
            self.close()
        if self._connection is None:
            self._connection = self._open()
        return self._connection

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_seconds, context=context
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)
        try:
            if self.security == "starttls":
                connection.starttls(context=context)
            if self.username is not None:
                connection.login(self.username, self.password or "")
        except (smtplib.SMTPException, OSError):
            connection.close()
            raise
        return connection


def _recipient(message: EmailMessage) -> str:
    return str(message["To"])


def _is_alive(connection: smtplib.SMTP) -> bool:
    """Whether the server still answers; RSET also ends what a failed message may have left open."""
    try:
        code, _ = connection.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return code == 250


def _file_stem(message: EmailMessage) -> str:
    """Return a file name that only this Message-ID has: what is no letter, digit, or `@_.-~` is percent-encoded."""
    message_id = message["Message-ID"]
    if message_id is None:
        raise InputRejected("the message has no Message-ID, so no file name; build it with one", source="Message-ID")
    stem = quote(str(message_id).strip("<>"), safe="@")
    if len(stem) <= _LONGEST_FILE_STEM:
        return stem
    return f"{stem[:_LONGEST_FILE_STEM]}-{hashlib.sha256(stem.encode()).hexdigest()[:16]}"


def _write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, safe on disk before its name appears."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".partial")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
