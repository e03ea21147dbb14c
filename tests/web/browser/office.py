"""A house that is served and has a mail server, so that a visitor can follow what its mails say."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from matcher.bootstrap import Context
from matcher.domain.opportunity import Opportunity
from matcher.services.send_digests import send_digests
from matcher.services.send_mails import send_mails
from tests.mail.mail_servers import Mailbox, free_port, serving
from tests.web.houses import make_house
from tests.web.serving import served


@dataclass(frozen=True, slots=True)
class Office:
    """A served house, and where its mail goes."""

    context: Context
    address: str
    mailbox: Mailbox

    def post(self) -> list[EmailMessage]:
        """Send what waits, as the scheduler does; return every mail that was delivered so far."""
        send_mails(self.context.store, self.context.outgoing)
        return [message_from_bytes(bytes(one.content), policy=default) for one in self.mailbox.delivered]

    def post_digests(self, now: datetime) -> EmailMessage:
        """Send the digests that are due at a later moment; return the last one."""
        send_digests(self.context.store, self.context.catalogue, self.context.outgoing, lambda: now)
        return self.post()[-1]


@contextmanager
def opened_office(home: Path, notices: Sequence[Opportunity]) -> Iterator[Office]:
    """Serve a house in `home`, whose mails come to a mail server on this machine."""
    mailbox, port = Mailbox(), free_port()
    with serving(mailbox) as smtp_port:
        mail = {"smtp_host": "127.0.0.1", "smtp_port": smtp_port, "smtp_security": "none"}
        context = make_house(home, notices, public_url=f"http://127.0.0.1:{port}", **mail)
        with served(context, port) as address:
            yield Office(context, address, mailbox)
        context.store.close()


def link_in(mail: EmailMessage, path: str) -> str:
    """Return the address in the text of a mail that leads to a path."""
    return next(word for word in mail.get_body(("plain",)).get_content().split() if path in word)
