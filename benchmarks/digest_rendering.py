"""How long 10,000 digests take from their stored form to finished mails, on two processes; sending is not counted.

    python benchmarks/digest_rendering.py [COUNT]

Each digest has eight new matches in full with quotes, four in brief, a changed and a closing one: more than most.
"""

import multiprocessing
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from matcher.domain.digest import Digest
from matcher.mail.senders import FolderSender
from matcher.services.digest_mail import DIGEST_JSON, digest_message
from matcher.services.outgoing import Outgoing
from matcher.services.signed_links import LinkSigner
from matcher.store.mail_records import MailKind, MailRow, MailState
from tests.samples import GARDENS, HOME_REPAIR, YOUTH_BUILD, digest_of

PROCESSES = 2
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def digest() -> Digest:
    """Return a full digest."""
    new = (YOUTH_BUILD, GARDENS) * 4
    return digest_of(*new, brief=(HOME_REPAIR,) * 4, changed=(GARDENS,), closing_soon=(HOME_REPAIR,))


def render(numbers: range) -> int:
    """Render one mail a number, and return how many bytes they have together."""
    public_url = "https://m.example.org"
    nowhere = FolderSender(Path())
    outgoing = Outgoing(nowhere, "Funding Digest <d@example.org>", public_url, LinkSigner(["k" * 32], public_url))
    content = DIGEST_JSON.dump_json(digest()).decode()
    total = 0
    for number in numbers:
        name = f"mail-{number}"
        mail = MailRow(
            name, MailKind.DIGEST, "local", "a@example.org", "2026-W47", f"<{name}@example.org>", MailState.READY,
            content, 1, None, NOW, NOW, None, None, None,
        )  # fmt: skip
        total += len(digest_message(mail, outgoing, NOW).as_bytes())
    return total


def main(count: int) -> None:
    """Render and print the figures."""
    parts = [range(start, count, PROCESSES) for start in range(PROCESSES)]
    started = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        total = sum(pool.map(render, parts))
    seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = used.ru_utime + used.ru_stime
    print(f"{count:,} digests of {total / count / 1024:.0f} KiB in {seconds:.1f} s on {PROCESSES} processes", end="")
    print(f" ({count / seconds:.0f}/s), {busy:.1f} s of processor time")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
