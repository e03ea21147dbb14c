"""One digest a week for each person: claimed before it is written, seen only after it left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.bootstrap import Context, build
from matcher.domain.subscription import DigestPart
from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible, DeliveryRefused, MessageRefused, ServerSilent
from matcher.proposals.reader import read_proposal
from matcher.services import digest_mail
from matcher.services.consent import pause, resume, unsubscribe
from matcher.services.digest_mail import digest_links
from matcher.services.digest_writer import CHANGES, IN_BRIEF, IN_FULL, REMINDERS
from matcher.services.send_digests import send_digests
from matcher.services.signed_links import Scope, Target
from matcher.services.submit_proposal import keep_proposal
from matcher.settings import Settings
from matcher.store.mail_records import MailState
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.samples import YOUTH_BUILD, digest_of
from tests.services.examples import GARDENS, PROPOSAL
from tests.services.posts import MONDAY, PUBLIC_URL, SIGNER, WEEK, Postbox, publish, reader, send

ORCHARDS = GARDENS.replace("gardens\ntitle: School Gardens", "orchards\ntitle: Orchards")
MINUTE = timedelta(minutes=1)


def mailed(mailing: Context, subscription_id: str, proposal_id: str) -> set[str]:
    return set(mailing.store.digests.mailed(subscription_id, proposal_id))


def test_a_digest_goes_out_once_a_week_however_often_it_is_asked_for(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    assert send(mailing, postbox) == {"due": 1, "sent": 1}
    assert send(mailing, postbox) == {}
    assert send(mailing, postbox, MONDAY + timedelta(days=6)) == {}
    assert "School Gardens" in postbox.subjects[0]
    assert "Submarine" not in postbox.text()


def test_nothing_is_mailed_before_the_first_occasion_after_the_confirmation(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id, since=MONDAY)
    assert send(mailing, postbox, MONDAY + 6 * MINUTE) == {}
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}


def test_next_week_says_only_what_is_new_and_a_quiet_week_is_decided_once(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    send(mailing, postbox)
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "quiet": 1}
    publish(mailing, orchards=ORCHARDS)
    assert send(mailing, postbox, MONDAY + WEEK + MINUTE) == {}
    assert send(mailing, postbox, MONDAY + 2 * WEEK) == {"due": 1, "sent": 1}
    assert "Orchards" in postbox.subjects[1]
    assert "School Gardens" not in postbox.subjects[1]


def test_a_quiet_week_is_mailed_to_whom_asked_for_it(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id, minimum_fit=1.0, mails_quiet_weeks=True)
    assert send(mailing, postbox) == {"due": 1, "sent": 1}
    assert postbox.subjects == ["Nothing new fits this week"]
    assert "below your minimum fit of 1.00" in postbox.text()
    assert "Looked at: 2 notices." in postbox.text()


def test_a_digest_without_any_notice_says_that_there_was_none(tmp_path: Path, postbox: Postbox) -> None:
    house = build(Settings(home=tmp_path), encoder=BagOfWords())
    kept = keep_proposal(house.store, read_proposal(read_document(PROPOSAL.encode(), "proposal.md")))
    reader(house, kept.identifier, mails_quiet_weeks=True)
    send(house, postbox)
    house.store.close()
    assert "No notice is stored yet" in postbox.text()


def test_what_was_mailed_and_closes_soon_is_said_again(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id)
    send(mailing, postbox)
    send(mailing, postbox, datetime(2026, 6, 22, 9, tzinfo=UTC))
    assert "closing soon" in postbox.subjects[1]
    assert "June 30, 2026, 8 days left" in postbox.text()


def test_an_amended_notice_is_told_with_its_effect_once(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id)
    send(mailing, postbox)
    publish(mailing, gardens=GARDENS.replace("2026-06-30", "2026-07-31").replace("vegetable gardens", "flower beds"))
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}
    assert postbox.subjects[1].startswith("1 match changed: School Gardens")
    assert "close date 2026-06-30 → 2026-07-31" in postbox.text()
    assert "your fit" in postbox.text()
    assert send(mailing, postbox, MONDAY + 2 * WEEK) == {"due": 1, "quiet": 1}


def test_a_mailed_match_that_an_amendment_closes_to_the_applicant_is_told(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    send(mailing, postbox)
    kind = "nonprofits_non_higher_education_with_501c3"
    publish(mailing, gardens=GARDENS.replace(kind, "local_educational_agencies"))
    send(mailing, postbox, MONDAY + WEEK)
    assert "eligibility: you can apply → you cannot apply" in " ".join(postbox.text().split())


def test_searches_of_one_person_are_one_mail_and_each_proposal_stands_in_it_once(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    one, everything = reader(mailing, proposal_id), reader(mailing, None, hour=3)
    assert send(mailing, postbox) == {"due": 1, "sent": 1}
    assert postbox.text().count("School Gardens") == 1
    assert mailed(mailing, one.subscription_id, proposal_id) == {"gardens"}
    assert mailed(mailing, everything.subscription_id, proposal_id) == set()
    assert {page.subscription_id for page in mailing.store.digests.pages(_mail_id(mailing))} == {
        one.subscription_id,
        everything.subscription_id,
    }


def test_parts_that_are_not_wanted_are_left_out(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id, parts=(DigestPart.CHANGED, DigestPart.CLOSING))
    assert send(mailing, postbox) == {"due": 1, "quiet": 1}


def test_more_than_one_mail_holds_waits_for_the_next_and_is_not_seen_before(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    def notice(number: int) -> str:
        return GARDENS.replace("gardens\ntitle: School Gardens", f"n{number}\ntitle: Beds {number:03}")

    publish(mailing, **{f"n{number}": notice(number) for number in range(34)})
    subscription = reader(mailing, proposal_id)
    send(mailing, postbox)
    assert postbox.subjects[0].startswith("30 new matches")
    assert "5 more found no room here" in postbox.text()
    assert len(mailed(mailing, subscription.subscription_id, proposal_id)) == 30
    assert len(bytes(postbox.sent[0])) < 100_000
    send(mailing, postbox, MONDAY + WEEK)
    assert postbox.subjects[1].startswith("5 new matches")


def test_the_longest_mail_is_shown_whole_by_mail_programs() -> None:
    # Gmail cuts a page off at 102 KB, and with it the links that end the mail
    parts = {"brief": IN_BRIEF, "changed": CHANGES, "closing_soon": REMINDERS}
    full = digest_of(*(YOUTH_BUILD,) * IN_FULL, **{name: (YOUTH_BUILD,) * room for name, room in parts.items()})
    links = digest_links(full, SIGNER, PUBLIC_URL)
    assert len(digest_mail.rendered_digest(full, links).html.encode()) < 102 * 1024


def test_a_deferred_mail_is_not_seen_and_goes_out_later_under_the_same_id(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    subscription = reader(mailing, proposal_id)
    assert send(mailing, Postbox({"reader": DeliveryDeferred("try later")})) == {"due": 1, "deferred": 1}
    assert mailed(mailing, subscription.subscription_id, proposal_id) == set()
    assert send(mailing, postbox, MONDAY + 4 * MINUTE) == {}
    assert send(mailing, postbox, MONDAY + 5 * MINUTE) == {"sent": 1}
    row = mailing.store.mails.get(_mail_id(mailing))
    assert postbox.sent[0]["Message-ID"] == row.message_id
    assert (row.state, row.attempts) == (MailState.SENT, 2)
    assert mailed(mailing, subscription.subscription_id, proposal_id) == {"gardens"}


def test_a_digest_that_waited_into_the_next_week_gives_way_to_the_next_which_shows_all_of_it(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    send(mailing, Postbox({"reader": DeliveryDeferred("try later")}))
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}
    assert "School Gardens" in postbox.subjects[0]
    states = [mail.state for mail in mailing.store.mails.for_address("reader@example.org")]
    assert states == [MailState.SENT, MailState.SUPERSEDED]


def test_a_refused_recipient_never_stops_the_others_and_is_mailed_no_more(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id, "gone@example.org")
    reader(mailing, proposal_id)
    refusing = Postbox({"gone": DeliveryRefused("550 no such user")})
    assert send(mailing, refusing) == {"due": 2, "sent": 1, "refused": 1}
    found = mailing.store.suppressions.find("gone@example.org")
    assert found is not None
    assert found.reason == "550 no such user"
    publish(mailing, orchards=ORCHARDS)
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}


def test_a_mail_that_is_refused_for_what_it_is_costs_its_reader_one_week(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    assert send(mailing, Postbox({"reader": MessageRefused("554 5.7.1 spam")})) == {"due": 1, "refused": 1}
    assert mailing.store.suppressions.all() == []
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}


def test_a_server_that_refuses_us_stops_the_round_and_keeps_the_mail(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    with pytest.raises(DeliveryImpossible):
        send(mailing, Postbox({"reader": DeliveryImpossible("535 bad password")}))
    assert send(mailing, postbox, MONDAY + 5 * MINUTE) == {"sent": 1}


def test_a_server_that_is_away_is_not_asked_for_every_mail(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    for number in range(5):
        reader(mailing, proposal_id, f"r{number}@example.org")
    away = Postbox({f"r{number}": ServerSilent("not reached") for number in range(5)})
    with pytest.raises(ServerSilent):
        send(mailing, away)
    assert send(mailing, postbox, MONDAY + MINUTE) == {"sent": 2}
    assert send(mailing, postbox, MONDAY + 5 * MINUTE) == {"sent": 3}


def test_a_digest_that_cannot_be_rendered_is_put_off_and_stops_no_other(
    mailing: Context, proposal_id: str, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader(mailing, proposal_id, "a@example.org")
    reader(mailing, proposal_id, "b@example.org")
    rendered = digest_mail.rendered_digest

    def broken(digest: object, links: object) -> object:
        if digest.email_address == "a@example.org":
            raise TypeError("the template is broken")
        return rendered(digest, links)

    monkeypatch.setattr(digest_mail, "rendered_digest", broken)
    assert send(mailing, postbox) == {"due": 2, "sent": 1, "deferred": 1}
    monkeypatch.undo()
    assert send(mailing, postbox, MONDAY + 5 * MINUTE) == {"sent": 1}


def test_a_process_that_stops_gives_back_what_it_did_not_send(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    for number in range(3):
        reader(mailing, proposal_id, f"r{number}@example.org")
    assert send(mailing, postbox, stopping=lambda: len(postbox.sent) == 1) == {"due": 3, "sent": 1}
    assert send(mailing, postbox) == {"sent": 2}


def test_a_digest_whose_writer_died_is_taken_over_when_its_lease_is_over(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id)
    with pytest.raises(KeyboardInterrupt):
        send(mailing, Postbox({"reader": KeyboardInterrupt()}), holder="one that dies")
    assert send(mailing, postbox, MONDAY + 14 * MINUTE) == {}
    assert send(mailing, postbox, MONDAY + 15 * MINUTE) == {"sent": 1}


@pytest.mark.parametrize("leave", ["pause", "unsubscribe"])
def test_who_leaves_before_a_mail_that_waits_goes_out_does_not_get_it(
    mailing: Context, proposal_id: str, postbox: Postbox, leave: str
) -> None:
    subscription = reader(mailing, proposal_id)
    send(mailing, Postbox({"reader": DeliveryDeferred("try later")}))
    if leave == "pause":
        pause(mailing.store, subscription.subscription_id, MONDAY, "test")
    else:
        unsubscribe(mailing.store, Target(Scope.SUBSCRIPTION, subscription.subscription_id), MONDAY, "test")
    assert send(mailing, postbox, MONDAY + 5 * MINUTE) == {"cancelled": 1}
    assert postbox.sent == []


def test_a_pause_ends_with_the_next_occasion_and_nothing_is_lost_in_it(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    subscription = reader(mailing, proposal_id)
    pause(mailing.store, subscription.subscription_id, MONDAY - WEEK, "test")
    assert send(mailing, postbox) == {}
    resume(mailing.store, subscription.subscription_id, MONDAY, "test")
    assert send(mailing, postbox, MONDAY + MINUTE) == {}
    assert send(mailing, postbox, MONDAY + WEEK) == {"due": 1, "sent": 1}


def test_a_week_missed_while_nothing_ran_is_caught_up_once(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    reader(mailing, proposal_id, weekday=6, since=MONDAY - 2 * WEEK)
    assert send(mailing, postbox) == {"due": 1, "sent": 1}
    assert mailing.store.mails.get(_mail_id(mailing)).period == "2026-W05"
    assert send(mailing, postbox, MONDAY + timedelta(days=5)) == {}


def test_a_clock_that_is_set_back_doubles_nothing(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id, since=MONDAY - 3 * WEEK)
    send(mailing, postbox)
    for back in (timedelta(hours=1), timedelta(hours=2)):
        assert send(mailing, postbox, MONDAY - back) == {}
    assert send(mailing, postbox, MONDAY + timedelta(hours=1)) == {}


def test_a_time_zone_that_is_known_no_more_keeps_nobody_else_waiting(
    mailing: Context, proposal_id: str, postbox: Postbox
) -> None:
    lost = reader(mailing, proposal_id, "lost@example.org")
    mailing.store.subscriptions.change(replace(lost, time_zone="Mars/Olympus"))
    reader(mailing, proposal_id)
    assert send(mailing, postbox) == {"due": 1, "sent": 1}


def test_every_mail_can_be_left_with_one_click(mailing: Context, proposal_id: str, postbox: Postbox) -> None:
    reader(mailing, proposal_id)
    send(mailing, postbox)
    message = postbox.sent[0]
    assert message["List-Unsubscribe"].startswith("<https://matcher.example.org/unsubscribe/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_mail_server_the_digest_is_a_file_in_the_outbox(mailing: Context, proposal_id: str) -> None:
    reader(mailing, proposal_id)
    assert send_digests(mailing.store, mailing.catalogue, mailing.outgoing, lambda: MONDAY).sent == 1
    files = list(Path(mailing.settings.home / "outbox").glob("*.eml"))
    assert len(files) == 1
    assert b"School Gardens" in files[0].read_bytes()


def _mail_id(mailing: Context) -> str:
    return mailing.store.mails.for_address("reader@example.org")[0].mail_id
