from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from matcher.domain.dates import PartialDate
from matcher.domain.digest import Digest, DigestItem
from matcher.domain.opportunity import KeyDate
from matcher.domain.vocabulary import Basis
from matcher.mail.calendar import deadlines_calendar
from matcher.services.digest_items import digest_item
from tests.samples import (
    AS_OF,
    DIGEST,
    GARDENS,
    HOME_REPAIR,
    YOUTH_BUILD,
    YOUTH_BUILD_MATCH,
    YOUTH_BUILD_NOTICE,
    digest_of,
)

from .hostile import hostile


def events_of(digest: Digest) -> list[Event]:
    content = deadlines_calendar(digest)
    return [] if content is None else Calendar.from_ical(content).walk("VEVENT")


def with_dates(*key_dates: KeyDate, revision: int = 1, as_of: date = AS_OF) -> DigestItem:
    notice = replace(YOUTH_BUILD_NOTICE, key_dates=key_dates)
    return digest_item(notice, revision, YOUTH_BUILD_MATCH, as_of)


def application(month: int, day: int, year: int | None = 2027) -> KeyDate:
    return KeyDate("application", PartialDate(month, day, year))


def days_of(*key_dates: KeyDate) -> list[date]:
    return [event["DTSTART"].dt for event in events_of(digest_of(with_dates(*key_dates)))]


def test_a_deadline_is_an_all_day_event_that_blocks_no_time_and_warns_a_week_ahead() -> None:
    (event,) = events_of(digest_of(YOUTH_BUILD))
    assert event["SUMMARY"] == "Application due: YouthBuild: Construction Training for Young Adults"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 15), date(2027, 1, 16))
    assert event["DTSTAMP"].dt == datetime(2026, 11, 22, tzinfo=UTC)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["URL"] == YOUTH_BUILD.source_url
    assert "Award: $1,000,000 to $2,000,000" in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-7))


def test_the_calendar_is_published_not_an_invitation() -> None:
    calendar = Calendar.from_ical(deadlines_calendar(DIGEST))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")


def test_new_and_closing_opportunities_are_both_there_and_undated_ones_are_not() -> None:
    summaries = [event["SUMMARY"] for event in events_of(DIGEST)]
    assert [summary.partition(": ")[2][:10] for summary in summaries] == ["YouthBuild", "Home Repai"]


def test_without_a_dated_deadline_there_is_no_calendar() -> None:
    assert deadlines_calendar(digest_of(GARDENS)) is None


def test_letters_of_intent_are_deadlines_and_other_milestones_are_not() -> None:
    names = ("post", "intent", "application", "award", "archive", "webinar")
    item = with_dates(*(KeyDate(name, PartialDate(1, index, 2027)) for index, name in enumerate(names, start=1)))
    summaries = [event["SUMMARY"].partition(":")[0] for event in events_of(digest_of(item))]
    assert summaries == ["Intent to apply due", "Application due"]


def test_past_deadlines_are_left_out_and_one_of_today_is_kept() -> None:
    assert days_of(application(11, 21, 2026), application(11, 22, 2026), application(3, 1)) == [AS_OF, date(2027, 3, 1)]


def test_an_amended_date_keeps_its_identifier_and_a_higher_sequence_replaces_the_one_before() -> None:
    (before,) = events_of(digest_of(with_dates(application(1, 15))))
    (after,) = events_of(digest_of(with_dates(application(2, 28), revision=3)))
    assert before["UID"] == after["UID"]
    assert before["DTSTART"].dt != after["DTSTART"].dt
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)


def test_the_day_to_begin_is_told_as_inferred() -> None:
    (event,) = events_of(digest_of(with_dates(application(1, 15))))
    assert "Begin by January 8, 2027 (inferred from what the notice asks)" in event["DESCRIPTION"]


def test_identifiers_tell_opportunities_names_and_several_deadlines_apart() -> None:
    item = with_dates(application(1, 15), application(6, 15), KeyDate("intent", PartialDate(1, 2, 2027)))
    events = events_of(digest_of(item, HOME_REPAIR))
    assert len({event["UID"] for event in events}) == len(events) == 4


def test_the_second_deadline_keeps_its_identifier_once_the_first_has_passed() -> None:
    dates = (application(1, 15), application(6, 15))
    second = events_of(digest_of(with_dates(*dates)))[1]
    (left,) = events_of(digest_of(with_dates(*dates, as_of=date(2027, 2, 1))))
    assert left["UID"] == second["UID"]


def test_an_opportunity_in_both_sections_is_one_event() -> None:
    assert len(events_of(digest_of(YOUTH_BUILD, closing_soon=(YOUTH_BUILD,)))) == 1


def test_an_inferred_date_is_marked() -> None:
    (event,) = events_of(digest_of(with_dates(replace(application(1, 15), basis=Basis.INFERRED))))
    assert event["SUMMARY"].endswith("(date inferred)")


def test_equal_digests_give_equal_bytes() -> None:
    assert deadlines_calendar(DIGEST) == deadlines_calendar(replace(DIGEST))


@hostile
def test_hostile_words_add_no_line_to_the_calendar(text: str) -> None:
    item = replace(YOUTH_BUILD, title=text, agency_name=text, source_url=text, award=text)
    (event,) = events_of(digest_of(item))
    plain = events_of(digest_of(YOUTH_BUILD))[0]
    assert set(event.keys()) == set(plain.keys()) - {"URL"}
    assert event["SUMMARY"].startswith("Application due: ")
    assert max(len(line) for line in deadlines_calendar(digest_of(item)).split(b"\r\n")) <= 75
