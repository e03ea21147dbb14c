"""A home folder with a large catalogue, for the benchmarks of the web service.

    MATCHER_HOME=/tmp/large python benchmarks/large_house.py [OPPORTUNITIES]

fills MATCHER_HOME with OPPORTUNITIES (3,000) and the example proposals of `seeds/`, all scored by the real model. Each
opportunity is a bundled notice with the priorities of two others: as long as a real one, and its texts need no
encoding of their own.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matcher.bootstrap import Context, build
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import Opportunity, Priority
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.services.submit_proposal import submit_proposal
from matcher.settings import Settings
from matcher.text.documents import read_file

OPPORTUNITIES = 3_000
CHECKOUT = Path(__file__).parents[1]


def variants(notices: list[Opportunity], count: int) -> Iterator[Opportunity]:
    """Yield `count` opportunities, each made of three notices."""
    for number in range(count):
        first, second, third = (notices[(number * step + number // len(notices)) % len(notices)] for step in (1, 7, 31))
        borrowed = (*second.priorities[1:], *third.priorities[1:3])
        yield replace(
            first,
            opportunity_id=f"{first.opportunity_id}-{number}",
            priorities=(
                *first.priorities[:1],
                *(_elsewhere(priority, f"borrowed-{place}") for place, priority in enumerate(borrowed)),
            ),
        )


def _elsewhere(priority: Priority, key: str) -> Priority:
    """Return a priority of another notice, whose words stand nowhere in the text of this one."""
    elements = tuple(replace(element, quote=Quote(element.quote.text)) for element in priority.elements)
    return replace(priority, key=key, quote=Quote(priority.quote.text), elements=elements)


def fill(context: Context, count: int) -> None:
    """Keep `count` opportunities and every example proposal in the store of `context`, scored."""
    import_notices(context.store, [CHECKOUT / "opportunities"])
    notices = [entry.opportunity for entry in context.store.opportunities.all()]
    for opportunity in variants(notices, count - len(notices)):
        context.store.opportunities.save(opportunity, source="benchmarks/large_house.py")
    for file in sorted((CHECKOUT / "seeds" / "proposals").iterdir()):
        submit_proposal(context.store, context.rescorer, read_proposal(read_file(file)))


def main(arguments: list[str]) -> None:
    """Fill MATCHER_HOME and say with what."""
    context = build(Settings(), show_progress=True)
    fill(context, int(arguments[0]) if arguments else OPPORTUNITIES)
    store = context.store
    opportunities, proposals = (len(rows.ids_and_revisions()) for rows in (store.opportunities, store.proposals))
    print(f"{opportunities} opportunities, {proposals} proposals, {store.matches.count()} matches")


if __name__ == "__main__":
    main(sys.argv[1:])
