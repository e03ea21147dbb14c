"""What people do while processes die: submit and revise proposals, subscribe, and amend notices."""

import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from matcher.bootstrap import Context
from matcher.errors import MatcherError
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.services.subscribe import Wish, subscribe_confirmed
from matcher.store.protocol import Store
from matcher.text.documents import read_document
from tests.services.examples import GARDENS, PROPOSAL, write

NOTICES = 6
_LONG_AGO = datetime.now(UTC) - timedelta(days=365)
_REVISION = re.compile(r"This is revision (\d+)\.")
_PATIENCE_SECONDS = 60
_FIRST = "first"


def prepare(house: Context) -> None:
    """Put notices into the catalogue, and a proposal that people subscribe to."""
    notices = house.settings.opportunities
    write(notices, **{f"n{number}": _notice(number, 0) for number in range(NOTICES)})
    import_notices(house.store, [notices])
    house.store.proposals.save(read_proposal(read_document(_text(0).encode(), "first.md")), _FIRST)
    house.rescorer.rescore()


class Load:
    """Remembers what was acknowledged.

    Args:
        store: Where people subscribe, without a server in between.
        notices: The folder that the schedulers watch.
        address: Gives the address of a web process that is up, or None.
        seed: Of all that is left to chance.
    """

    def __init__(self, store: Store, notices: Path, address: Callable[[random.Random], str | None], seed: int) -> None:
        self.first = _FIRST
        self.acknowledged: dict[str, int] = {}
        """The last acknowledged revision of each proposal whose making was acknowledged."""
        self.subscribed: set[str] = set()
        self.answers: Counter[int] = Counter()
        """How many calls were answered with which status."""
        self.revisions = self.amendments = self.unanswered = self.unanswered_submissions = 0
        self._store = store
        self._notices = notices
        self._address = address
        self._seed = seed
        self._failed: list[Exception] = []

    def submit(self, stop: threading.Event) -> None:
        """Make proposals and revise some, one call after another."""
        chance = random.Random(self._seed + 1)  # noqa: S311
        number = 0
        with httpx.Client(timeout=_PATIENCE_SECONDS, headers={"Content-Type": "text/markdown"}) as client:
            while not stop.wait(chance.uniform(0.1, 0.4)):
                number += 1
                address = self._address(chance)
                if address is None:
                    continue
                if self.acknowledged and chance.random() < 0.5:
                    self._revise(client, address, chance.choice(sorted(self.acknowledged)), number)
                else:
                    self._make(client, address, number)

    def subscribe(self, stop: threading.Event) -> None:
        """Let one person after another subscribe, long enough ago to be due a digest."""
        chance = random.Random(self._seed + 2)  # noqa: S311
        while not stop.wait(chance.uniform(0.1, 0.5)):
            address = f"reader{len(self.subscribed)}@example.org"
            wish = Wish(address, _FIRST, minimum_fit=0.0)
            try:
                subscribe_confirmed(self._store, wish, _LONG_AGO, means="benchmark")
            except MatcherError as error:
                self._failed.append(error)
                return
            self.subscribed.add(address)

    def amend(self, stop: threading.Event) -> None:
        """Change the words of one notice after another."""
        chance = random.Random(self._seed + 3)  # noqa: S311
        while not stop.wait(chance.uniform(0.5, 1.5)):
            self.amendments += 1
            number = chance.randrange(NOTICES)
            write(self._notices, **{f"n{number}": _notice(number, self.amendments)})

    def is_older(self, text: str, number: int) -> bool:
        """Whether the text of a proposal is older than revision `number` of it."""
        found = _REVISION.search(text)
        return found is None or int(found.group(1)) < number

    def raise_what_failed(self) -> None:
        """Raise the first thing that went wrong in a thread, if any did."""
        if self._failed:
            raise self._failed[0]

    def _make(self, client: httpx.Client, address: str, number: int) -> None:
        answer = self._call(client, "POST", f"{address}/v1/proposals", number)
        if answer is None or answer.status_code >= 500:  # an error is no promise that nothing was kept
            self.unanswered_submissions += 1
        elif answer.status_code == 201:
            self.acknowledged[answer.json()["proposal_id"]] = number

    def _revise(self, client: httpx.Client, address: str, proposal_id: str, number: int) -> None:
        answer = self._call(client, "PUT", f"{address}/v1/proposals/{proposal_id}", number)
        if answer is not None and answer.status_code == 200:
            self.acknowledged[proposal_id] = number
            self.revisions += 1

    def _call(self, client: httpx.Client, method: str, address: str, number: int) -> httpx.Response | None:
        try:
            answer = client.request(method, address, content=_text(number))
        except httpx.TransportError:
            self.unanswered += 1
            return None
        self.answers[answer.status_code] += 1
        return answer


def _text(number: int) -> str:
    return f"{PROPOSAL}\nThis is revision {number}. Bed {number % 7} has {'beans and ' * (number % 5)}tomatoes.\n"


def _notice(number: int, amendment: int) -> str:
    named = GARDENS.replace("gardens\ntitle: School Gardens", f"n{number}\ntitle: Beds {number:02}")
    open_for_long = named.replace("2026-06-30", "2126-06-30")
    return open_for_long.replace("to grow food.", f"to grow {'more ' * (amendment % 4)}food in {amendment} beds.")
