"""Digests through Debian's Postfix: STARTTLS, AUTH, and a bounce that comes back.

    # as root
    apt-get install postfix sasl2-bin libsasl2-modules
    python -m benchmarks.digest_postfix [PEOPLE]

Postfix asks for TLS and a password and passes the mails on to a sink, which refuses one recipient. The report that
Postfix then writes is put where the scheduler reads bounces, and suppresses the address.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.digest_kills import Server, served
from matcher.bootstrap import build
from matcher.mail.errors import DeliveryImpossible
from matcher.mail.senders import SmtpSender
from matcher.services.bounces import read_bounces
from matcher.services.outgoing import Outgoing
from matcher.services.send_digests import send_digests
from matcher.settings import Settings
from tests.mail.mail_servers import free_port
from tests.services.examples import GARDENS
from tests.services.posts import SIGNER, publish, reader, stocked_house

USER, PASSWORD = "matcher", "correct horse"  # of a server that lives for this run
GONE, BOUNCES = "gone@example.org", "bounces@example.org"
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class Sink(Server):
    """What Postfix passes mails on to; it keeps the reports that are addressed to the sender."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[bytes] = []

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer a recipient."""
        if address == GONE:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail or a report."""
        if envelope.rcpt_tos == [BOUNCES]:
            self.reports.append(bytes(envelope.content or b""))
            return "250 OK"
        return await super().handle_DATA(server, session, envelope)


@contextmanager
def postfix(folder: Path, sink_port: int) -> Iterator[int]:
    """Run a Postfix of its own on a free port and yield the port."""
    port, home = free_port(), folder / "postfix"
    home.mkdir()
    _make_certificate(folder)
    _configure(home, folder, port, sink_port)
    _run("postfix", "-c", str(home), "start")
    try:
        yield port
    finally:
        _run("postfix", "-c", str(home), "stop")


def _make_certificate(folder: Path) -> None:
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    _run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files)


def _configure(home: Path, folder: Path, port: int, sink_port: int) -> None:
    """Write what Postfix reads: TLS and a password for everybody, and everything on to the sink."""
    (home / "sasl").mkdir()
    (home / "sasl" / "smtpd.conf").write_text(
        f"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {home}/sasldb\n",
        encoding="ascii",
    )
    _run("saslpasswd2", "-p", "-c", "-f", str(home / "sasldb"), "-u", "example.org", USER, told=PASSWORD)
    shutil.chown(home / "sasldb", "postfix")
    for name in ("queue", "data"):
        (home / name).mkdir()
        shutil.chown(home / name, "postfix")
    shutil.chown(home / "queue", "root")
    (home / "main.cf").write_text(
        "compatibility_level = 3.6\nmyhostname = mx.example.org\nmydestination =\nmynetworks =\n"
        f"inet_interfaces = 127.0.0.1\ninet_protocols = ipv4\nqueue_directory = {home}/queue\n"
        f"data_directory = {home}/data\nmaillog_file_prefixes = {folder}\nmaillog_file = {home}/log\n"
        f"relayhost = [127.0.0.1]:{sink_port}\nalias_maps =\nalias_database =\n"
        f"smtpd_tls_cert_file = {folder}/certificate.pem\nsmtpd_tls_key_file = {folder}/key.pem\n"
        "smtpd_tls_security_level = encrypt\nsmtpd_tls_auth_only = yes\nsmtp_tls_security_level = none\n"
        f"smtpd_sasl_auth_enable = yes\nsmtpd_sasl_path = smtpd\ncyrus_sasl_config_path = {home}/sasl\n"
        "smtpd_sasl_local_domain = example.org\n"
        "smtpd_relay_restrictions = permit_sasl_authenticated, reject\n",
        encoding="ascii",
    )
    services = Path("/etc/postfix/master.cf").read_text(encoding="utf-8").splitlines()
    kept = [line for line in services if not line.startswith("smtp      inet")]
    master = "\n".join([f"127.0.0.1:{port} inet n - n - - smtpd", *(_without_root_of_its_own(line) for line in kept)])
    (home / "master.cf").write_text(f"{master}\n", encoding="utf-8")


def _without_root_of_its_own(line: str) -> str:
    """Return a service of Postfix that sees the whole file system: there is none but this in a temporary folder."""
    fields = line.split()
    if line.startswith(("#", " ")) or len(fields) < 8:
        return line
    return " ".join([*fields[:4], "n", *fields[5:]])


def _run(*command: str, told: str | None = None) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(f"{command[0]} is missing; apt-get install postfix sasl2-bin libsasl2-modules openssl")
    subprocess.run([program, *command[1:]], check=True, capture_output=True, input=told, text=True)


def wait_for(happened: object, seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


def sender(port: int, password: str = PASSWORD) -> SmtpSender:
    """Return a sender that logs in over STARTTLS."""
    return SmtpSender("127.0.0.1", port, USER, password, "starttls", bounces_to=BOUNCES)


def main(people: int = 50) -> None:
    """Send, let one bounce, and print what happened."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        sink = Sink()
        with stocked_house(folder) as house:
            publish(house, gardens=GARDENS.replace("2026-06-30", "2126-06-30"))
            (proposal_id,) = house.store.proposals.ids_and_revisions()
            for address in (*(f"reader{number}@example.org" for number in range(people)), GONE):
                reader(house, proposal_id, address, since=_LONG_AGO)
        house = build(Settings(home=folder / "home", opportunities=folder / "notices"))
        with served(sink) as sink_port, postfix(folder, sink_port) as port:
            _trust(folder / "certificate.pem")
            wrong = Outgoing(sender(port, "wrong"), "matcher@example.org", "https://m.example.org", SIGNER)
            try:
                send_digests(house.store, house.catalogue, wrong)
            except DeliveryImpossible as refusal:
                print(f"wrong password: {refusal}")
            house.store.mails.release(wrong.holder)
            right = Outgoing(sender(port), "matcher@example.org", "https://m.example.org", SIGNER)
            later = datetime.now(UTC) + timedelta(minutes=10)  # when what the wrong password put off is due again
            print(send_digests(house.store, house.catalogue, right, lambda: later).counts)
            wait_for(lambda: len(sink.accepted) == people and sink.reports)
        bounces = folder / "bounces"
        bounces.mkdir()
        (bounces / "report.eml").write_bytes(sink.reports[0])
        print(f"passed on: {len(sink.accepted)}, bounces: {read_bounces(house.store, bounces, datetime.now(UTC))}")
        print(f"suppressed: {[one.email_address for one in house.store.suppressions.all()]}")
        house.store.close()


def _trust(certificate: Path) -> None:
    """Let this process trust the server's own certificate, as it would trust a public one."""
    os.environ["SSL_CERT_FILE"] = str(certificate)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
