import ipaddress
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509

from matcher.errors import InputRejected
from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible
from matcher.mail.senders import SmtpSender
from tests.certificates import write_certificate

from .mail_servers import Mailbox, serving
from .test_senders import mail_to

Authenticator = Callable[[SMTP, Session, Envelope, str, LoginPassword], AuthResult]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write key and certificate of a server on 127.0.0.1 into one file."""
    server = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    return write_certificate(tmp_path_factory.mktemp("certificate") / "server.pem", server)


@pytest.fixture
def server_context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def authenticator() -> Authenticator:
    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword) -> AuthResult:
        return AuthResult(handled=False, success=login == LoginPassword(b"digest", b"correct horse"))

    return check


@pytest.mark.usefixtures("trusted")
def test_mail_goes_out_after_starttls_and_log_in(server_context: ssl.SSLContext, authenticator: Authenticator) -> None:
    mailbox = Mailbox()
    options = {"tls_context": server_context, "require_starttls": True, "auth_required": True}
    with (
        serving(mailbox, authenticator=authenticator, **options) as port,
        SmtpSender("127.0.0.1", port, "digest", "correct horse", "starttls", 5) as sender,
    ):
        sender.send(mail_to())
    assert len(mailbox.delivered) == 1


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_a_fault_of_the_installation_and_never_shown(
    server_context: ssl.SSLContext, authenticator: Authenticator
) -> None:
    with (
        serving(Mailbox(), authenticator=authenticator, tls_context=server_context) as port,
        SmtpSender("127.0.0.1", port, "digest", "wrong horse", "starttls", 5) as sender,
        pytest.raises(DeliveryImpossible, match=r"535 5\.7\.8 .*Check the user name, the password") as raised,
    ):
        sender.send(mail_to())
    assert "wrong horse" not in f"{raised.value}{sender!r}"


@pytest.mark.usefixtures("trusted")
def test_mail_goes_out_over_tls_from_the_first_byte(server_context: ssl.SSLContext) -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox, ssl_context=server_context) as port,
        SmtpSender("127.0.0.1", port, security="tls", timeout_seconds=5) as sender,
    ):
        sender.send(mail_to())
    assert len(mailbox.delivered) == 1


def test_a_server_that_nobody_vouches_for_gets_no_mail(server_context: ssl.SSLContext) -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox, tls_context=server_context) as port,
        SmtpSender("127.0.0.1", port, security="starttls", timeout_seconds=5) as sender,
        pytest.raises(DeliveryDeferred, match="certificate verify failed"),
    ):
        sender.send(mail_to())
    assert mailbox.delivered == []


def test_a_server_without_starttls_gets_no_mail() -> None:
    mailbox = Mailbox()
    with (
        serving(mailbox) as port,
        SmtpSender("127.0.0.1", port, security="starttls", timeout_seconds=5) as sender,
        pytest.raises(DeliveryImpossible, match="STARTTLS extension not supported"),
    ):
        sender.send(mail_to())
    assert mailbox.delivered == []


def test_a_password_does_not_travel_unencrypted() -> None:
    with pytest.raises(InputRejected, match="security: the password would travel unencrypted"):
        SmtpSender("127.0.0.1", 25, "digest", "correct horse", "none", 5)
