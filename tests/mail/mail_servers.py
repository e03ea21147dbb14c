"""Real SMTP servers on loopback that answer as they are told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Mailbox:
    """Keeps what is delivered; answers a recipient or the sender with a code where one is set."""

    def __init__(self) -> None:
        self.delivered: list[Envelope] = []
        self.peers: set[tuple[str, int]] = set()
        self.recipient_answers: dict[str, str] = {}
        self.sender_answer: str | None = None
        self.data_answer: str | None = None
        self.drops_after_data = False
        self.silent_seconds = 0.0

    async def handle_MAIL(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.sender_answer is not None:
            return self.sender_answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.recipient_answers:
            return self.recipient_answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.silent_seconds)
        if self.drops_after_data:
            server.transport.abort()
            return "250 nobody hears this"
        if self.data_answer is not None:
            return self.data_answer
        self.delivered.append(envelope)
        self.peers.add(session.peer)
        return "250 OK"


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


@contextmanager
def serving(mailbox: Mailbox, **options: Any) -> Iterator[int]:  # noqa: ANN401 - the options of aiosmtpd
    """Serve `mailbox` and yield the port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
