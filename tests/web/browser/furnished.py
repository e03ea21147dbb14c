"""A house that has something on every page, served, and the address of each page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.bootstrap import Context
from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import Opportunity
from matcher.domain.organization import LOCAL
from matcher.domain.source import DropReason, LedgerCounts
from matcher.mail.links import NOTICE
from matcher.proposals.reader import read_proposal
from matcher.services.feeds import make_feed
from matcher.services.members import add_member
from matcher.services.signed_links import Purpose, Scope, Target
from matcher.services.submit_proposal import submit_proposal
from matcher.store.source_records import NewRejection
from matcher.text.documents import read_document
from matcher.web.app import create_app
from tests.web.houses import NOTICES, PORTAL, PROPOSAL, digested, look, make_house
from tests.web.page_rules import address_of, page_rules, reference_addresses
from tests.web.serving import served
from tests.web.signing_in import link_to_sign_in

MEMBER = "officer@example.org"


@dataclass(frozen=True, slots=True)
class Furnished:
    """A house, where it is served, the values of what stands in addresses, and the link of a mail to sign in."""

    context: Context
    address: str
    values: dict[str, str]
    sign_in_link: str

    def pages(self) -> list[str]:
        """Return the address of every page, of those that show something stored and of those that are open to all."""
        app = create_app(self.context)
        closed = [address_of(rule, **self.values) for rule in page_rules(app)]
        return [*closed, *reference_addresses(app), *self._open()]

    def _open(self) -> Iterator[str]:
        yield from ("/", "/sign-in", "/sign-out", "/data/erased", "/proposals/nothing", self.sign_in_link)
        mute = self.context.links.path(Purpose.MUTE, Target(Scope.MAIL, self.values["digest_id"]))
        yield f"{mute}?{NOTICE}={self.values['opportunity_id']}"
        for purpose in (Purpose.CONFIRM, Purpose.UNSUBSCRIBE, Purpose.PAUSE):
            yield self.context.links.path(purpose, Target(Scope.SUBSCRIPTION, self.values["subscription_id"]))


@contextmanager
def furnished(home: Path, notices: Sequence[Opportunity] = NOTICES, proposal: str = PROPOSAL) -> Iterator[Furnished]:
    """Serve a house that has something on every page; of `notices`, there is one called youth-build."""
    context = make_house(home, notices)
    values = furnish(context, notices[0], proposal)
    with served(context) as address:
        yield Furnished(context, address, values, link_to_sign_in(context, MEMBER))
    context.store.close()


def furnish(context: Context, notice: Opportunity, proposal: str = PROPOSAL) -> dict[str, str]:
    """Put something on every page, and amend `notice`; return the values of what stands in addresses."""
    read = read_proposal(read_document(proposal.encode(), "east-side.md"))
    proposal_id = submit_proposal(context.store, context.rescorer, read).identifier
    add_member(context.store, LOCAL, MEMBER)
    values = {"proposal_id": proposal_id, "opportunity_id": notice.opportunity_id, "name": PORTAL.name}
    values |= digested(context, proposal_id)
    values["run_id"] = str(_run(context))
    values["feed_id"] = make_feed(context.store, proposal_id, "reader")[0].feed_id
    _amend(context, notice)
    return values


def _run(context: Context) -> int:
    context.store.sources.add(PORTAL)
    counts = LedgerCounts(1_205, new=3, changed=1, unchanged=1, dropped=((DropReason.CLOSED, 1_199),), rejected=1)
    return look(context, counts, [NewRejection(PORTAL.address, 17, "has no title; a notice needs one")])


def _amend(context: Context, notice: Opportunity) -> None:
    """Let a notice be amended after it was scored, and be scored again."""
    posted, closes = notice.key_dates
    later = (posted, replace(closes, day=PartialDate(4, 30, 2027)))
    amended = replace(notice, title=f"{notice.title}, second round", key_dates=later)
    context.store.opportunities.save(amended, source=f"{notice.opportunity_id}.yaml")
    context.rescorer.rescore()
