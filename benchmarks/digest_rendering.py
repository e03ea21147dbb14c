"""How long 10,000 digests take from their stored form to finished mails, on two processes; sending is not counted.

    python -m benchmarks.digest_rendering [COUNT]

Each digest has eight new matches in full, four in brief, a changed and a closing one: more than most. The notices are
drawn from 500, as readers of one week are told of the same; the quotes, the fits and what is missing are the reader's
own. Writing the digests into their stored form is not counted either.
"""

import multiprocessing
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from matcher.domain.digest import Digest, DigestItem
from matcher.mail.senders import FolderSender
from matcher.services.digest_mail import DIGEST_JSON, digest_message
from matcher.services.outgoing import Outgoing
from matcher.services.signed_links import LinkSigner
from matcher.store.mail_records import MailKind, MailRow, MailState
from tests.samples import GARDENS, HOME_REPAIR, YOUTH_BUILD, digest_of

PROCESSES = 2
NOTICES = 500
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def notices() -> list[DigestItem]:
    """Return what is told of each notice, whoever reads it."""
    return [
        replace(
            item,
            opportunity_id=f"{item.opportunity_id}-{number}",
            title=f"{item.title}, round {number}",
            source_url=f"https://grants.example.org/notices/{number}",
        )
        for number, item in zip(range(NOTICES), cycle((YOUTH_BUILD, GARDENS, HOME_REPAIR)), strict=False)
    ]


def digest(number: int, catalogue: Sequence[DigestItem]) -> Digest:
    """Return the digest of one reader."""
    chance = random.Random(number)  # noqa: S311 - a draw that can be repeated
    items = [
        replace(
            item,
            fit=chance.uniform(0.4, 1.0),
            proposal_quote=f"In house {number}-{place} {YOUTH_BUILD.proposal_quote}",
            missing=tuple(f"{text}, for group {number}-{place}" for text in YOUTH_BUILD.missing),
        )
        for place, item in enumerate(chance.sample(catalogue, 14))
    ]
    return digest_of(*items[:8], brief=tuple(items[8:12]), changed=(items[12],), closing_soon=(items[13],))


def render(numbers: range) -> tuple[int, float, float]:
    """Render one mail a number; return how many bytes they have, and the seconds of the clock and of the processor."""
    public_url = "https://m.example.org"
    nowhere = FolderSender(Path())
    outgoing = Outgoing(nowhere, "Funding Digest <d@example.org>", public_url, LinkSigner(["k" * 32], public_url))
    catalogue = notices()
    total, seconds, busy = 0, 0.0, 0.0
    for number in numbers:
        name = f"mail-{number}"
        mail = MailRow(
            name, MailKind.DIGEST, "local", "a@example.org", "2026-W47", f"<{name}@example.org>", MailState.READY,
            DIGEST_JSON.dump_json(digest(number, catalogue)).decode(), 1, None, NOW, NOW, None, None, None,
        )  # fmt: skip
        started, started_busy = time.monotonic(), time.process_time()
        total += len(digest_message(mail, outgoing, NOW).as_bytes())
        seconds, busy = seconds + time.monotonic() - started, busy + time.process_time() - started_busy
    return total, seconds, busy


def main(count: int) -> None:
    """Render and print the figures."""
    parts = [range(start, count, PROCESSES) for start in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        totals, clocks, busy = zip(*pool.map(render, parts), strict=True)
    seconds, size = max(clocks), sum(totals) / count / 1024
    print(f"{count:,} digests of {size:.0f} KiB in {seconds:.1f} s on {PROCESSES} processes", end="")
    print(f" ({count / seconds:.0f}/s), {sum(busy) / count * 1000:.1f} ms of processor time each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
