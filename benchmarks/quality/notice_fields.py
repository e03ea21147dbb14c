"""What the prose grammars read from real notices, field by field: precision and recall against labels written by hand.

    python benchmarks/quality/notice_fields.py FOLDER-OF-DATA [--half HALF] [--differences]

reads the running text of the notices that `notice_labels.yaml` names, as `read_notice` reads a document, and prints for
each field how many values the prose states, how many were read, and how many of those are right. FOLDER-OF-DATA holds
`simpler_grants_gov`, `eu_portal`, `california` and `pennsylvania` as their sources publish them; of a record with named
fields only its prose is read. The other halves are judged only when asked for: whoever improves the
reading should not look at them. `--differences` lists every value that was missed or is wrong, with the words that it
was read from.

A label says what the prose states. A value that ends in "?" is right if it is read and no miss if it is not, because
people would disagree; "a|b" is either of two. A field without a label is not stated: whatever is read for it is wrong.
"""

import argparse
import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from matcher.domain.dates import PartialDate
from matcher.domain.evidence import Quote
from matcher.domain.opportunity import FundingRange, Opportunity, ProjectPeriod
from matcher.domain.vocabulary import PriorityKind
from matcher.errors import NoticeRejected
from matcher.notices.formats.cleaning import one_line, words
from matcher.notices.formats.mojibake import repaired
from matcher.notices.reader import read_notice
from matcher.text.documents import Document, DocumentKind

LABELS = Path(__file__).with_name("notice_labels.yaml")
HALVES = ("development", "held_out", "drawn", "drawn_again")
FIELDS = (
    "application_dates", "is_rolling", "intent_dates", "open_dates", "post_dates", "award_dates", "start_dates",
    "end_dates", "project_period", "award_floor", "award_ceiling", "typical_award",
    "estimated_total_program_funding", "expected_number_of_awards",
    "is_cost_sharing", "applicant_types", "places", "purpose", "priorities", "selection_criteria", "activities",
    "exclusions",
)  # fmt: skip
_IN_WORDS = frozenset({"places", "purpose", "priorities", "selection_criteria"})
"""Fields whose labels are words that the value read must hold, after a kind or a number of points with a colon."""

_WORD = re.compile(r"[^\W_]+")
_TORN_MARKUP = re.compile(r'^"?>\s*')

Labels = Mapping[str, tuple[str, ...]]
"""What the prose of one notice states, by field."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as it was read, written as the labels write it, and the words that it was read from."""

    written: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One field of one notice: the labels that were met, those that were missed, and the values that are wrong."""

    met: tuple[str, ...]
    missed: tuple[str, ...]
    wrong: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """The values of one field in many notices; only values that must be read count as stated."""

    stated: int
    found: int
    read: int
    right: int

    @property
    def precision(self) -> float:
        """The share of right values among those read; 1 where none was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """The share of stated values that were read; 1 where none is stated."""
        return self.found / self.stated if self.stated else 1.0


def read_labels(half: str, path: Path = LABELS) -> dict[str, Labels]:
    """Return the labels of one half of the file at `path`, by notice."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {
        notice: {field: tuple(values) for field, values in (fields or {}).items()}
        for notice, fields in written[half].items()
    }


def documents(folder: Path) -> Iterator[tuple[str, Document]]:
    """Yield the prose of every notice in the sources below `folder`, by the name that the labels give it."""
    for parts in (_simpler(folder), _european(folder), _californian(folder), _pennsylvanian(folder)):
        for notice, title, sections in parts:
            told = [f"{heading}\n\n{text}" if heading else text for heading, text in sections if text]
            yield notice, Document(notice, DocumentKind.TEXT, "\n\n".join([title, *told]))


_Parts = Iterator[tuple[str, str, list[tuple[str, str]]]]
"""The name of a notice, its title, and its sections: a heading ("" for none) and words."""


def _simpler(folder: Path) -> _Parts:
    path = folder / "simpler_grants_gov" / "opportunities_raw.json"
    for record in json.loads(path.read_text(encoding="utf-8"))["data"]:
        summary = record["summary"]
        sections = [
            ("", words(summary["summary_description"])),
            ("Additional Information on Eligibility", words(summary["applicant_eligibility_description"])),
            ("Close Date Explanation", words(summary["close_date_description"])),
        ]
        yield f"simpler:{record['legacy_opportunity_id']}", one_line(record["opportunity_title"]), sections


def _european(folder: Path) -> _Parts:
    with gzip.open(folder / "eu_portal" / "open_topics_2026.jsonl.gz", "rt", encoding="utf-8-sig") as file:
        text = file.read()
    decoder = json.JSONDecoder()
    position = 0
    while position < len(text):
        record, position = decoder.raw_decode(text, position)
        conditions = _TORN_MARKUP.sub("", words(repaired(record.get("topicConditions") or "")))
        sections = [("", words(repaired(record.get("description") or ""))), ("Conditions", conditions)]
        yield f"eu:{record['topicId']}", one_line(repaired(record["title"])), sections
        position += len(text[position : position + 8]) - len(text[position : position + 8].lstrip())


def _californian(folder: Path) -> _Parts:
    path = folder / "california" / "california-grants-portal-data.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        for record in csv.DictReader(file):
            sections = [("", words(record["Purpose"])), ("", words(record["Description"]))]
            yield f"california:{record['PortalID']}", one_line(record["Title"]), sections


def _pennsylvanian(folder: Path) -> _Parts:
    path = folder / "pennsylvania" / "PA-grant-data.sample.json"
    for record in json.loads(path.read_text(encoding="utf-8"))["grants"]:
        sections = [("", words(record["overview"])), ("Eligibility", words(record["eligibility"]))]
        yield f"pennsylvania:{record['slug']}", one_line(record["title"]), sections


def values_of(document: Document) -> dict[str, tuple[Value, ...]]:
    """Return what the product reads from a notice, field by field; nothing from one that it refuses."""
    try:
        opportunity = read_notice(document)
    except NoticeRejected:
        return {}
    return {field: tuple(values) for field, values in _fields(opportunity)}


def _fields(read: Opportunity) -> Iterator[tuple[str, Iterable[Value]]]:
    for name in ("application", "intent", "open", "post", "award", "start", "end"):
        days = [Value(_day(key.day), _words(key.quote)) for key in read.key_dates if key.name == name]
        yield f"{name}_dates", days
    yield "project_period", _period(read.project_period)
    yield "is_rolling", _answer(True if read.is_rolling else None)
    for name in FIELDS[FIELDS.index("award_floor") : FIELDS.index("is_cost_sharing")]:
        yield name, _money(read.funding, name)
    yield "is_cost_sharing", _answer(read.funding.is_cost_sharing)
    note = _words(read.eligibility.note)
    yield "applicant_types", [Value(kind.value, note) for kind in read.eligibility.applicant_types]
    yield "places", [Value(place) for place in read.eligibility.places]
    purposes = [one for one in read.priorities if one.kind is PriorityKind.PURPOSE]
    yield "purpose", [Value(" ".join(one.quote.text for one in purposes))] if purposes else []
    others = [one for one in read.priorities if one.kind is not PriorityKind.PURPOSE]
    yield "priorities", [Value(f"{one.kind}: {one.title} {one.quote.text}") for one in others]
    criteria = [(one.points, f"{one.title} {one.quote.text}") for one in read.selection_criteria]
    yield "selection_criteria", [Value(f"{points}: {told}" if points else told) for points, told in criteria]
    yield "activities", _answer(True if read.activities else None, read.activities)
    yield "exclusions", _answer(True if read.exclusions else None, read.exclusions)


def _money(funding: FundingRange, name: str) -> list[Value]:
    """Return a value of the money; what an award typically is may have two ends."""
    first = "typical_award_minimum" if name == "typical_award" else name
    amount, evidence = getattr(funding, first), funding.evidence_of(first)
    if amount is None:
        return []
    most = funding.typical_award_maximum if name == "typical_award" else amount
    written = str(amount) if most == amount else f"{amount}-{most}"
    return [Value(written, evidence.quote.text if evidence else "")]


def _period(period: ProjectPeriod | None) -> list[Value]:
    """Return a length in months as "36", as "12-36", and with an open end as "-36"."""
    if period is None:
        return []
    ends = ["" if end is None else str(end) for end in (period.minimum_months, period.maximum_months)]
    return [Value("-".join(dict.fromkeys(ends)), _words(period.quote))]


def _answer(value: bool | None, quotes: tuple[Quote, ...] = ()) -> list[Value]:
    return [] if value is None else [Value("yes" if value else "no", " / ".join(quote.text for quote in quotes))]


def _words(quote: Quote | None) -> str:
    return "" if quote is None else quote.text


def _day(day: PartialDate) -> str:
    """Return a day in the form of ISO 8601, with its two hyphens for a year that is not stated."""
    return f"{'-' if day.year is None else day.year}-{day.month:02}-{day.day:02}"


def judged(field: str, labels: tuple[str, ...], values: tuple[Value, ...]) -> Judged:
    """Return which labels `values` meet; a value is right if it meets one, and several may meet the same."""
    met = tuple(label for label in labels if any(_meets(field, label, value) for value in values))
    wrong = tuple(value for value in values if not any(_meets(field, label, value) for label in labels))
    return Judged(met, tuple(label for label in labels if label not in met and not _is_open(label)), wrong)


def _is_open(label: str) -> bool:
    """Whether people would disagree on a label."""
    return label.endswith("?")


def _meets(field: str, label: str, value: Value) -> bool:
    alternatives = label.rstrip("?").split("|")
    if field not in _IN_WORDS:
        return value.written in alternatives
    kind, colon, told = value.written.partition(": ")
    return any(_holds(kind if colon else "", told if colon else value.written, one) for one in alternatives)


def _holds(kind: str, told: str, label: str) -> bool:
    """Whether the words of a label stand in `told`; a kind or a number of points that the label names must be right."""
    named, colon, key = label.partition(": ")
    if not colon:
        return _plain(label) in _plain(f"{kind} {told}")
    return named == kind and _plain(key) in _plain(told)


def _plain(text: str) -> str:
    return " ".join(["", *_WORD.findall(text.lower()), ""])


def qualities(labels: Mapping[str, Labels], read: Mapping[str, Mapping[str, tuple[Value, ...]]]) -> dict[str, Quality]:
    """Return precision and recall of each field over all notices that are labelled."""
    return {field: _quality(field, labels, read) for field in FIELDS}


def _quality(field: str, labels: Mapping[str, Labels], read: Mapping[str, Mapping[str, tuple[Value, ...]]]) -> Quality:
    stated = found = count = wrong = 0
    for notice, fields in labels.items():
        expected, values = fields.get(field, ()), read[notice].get(field, ())
        result = judged(field, expected, values)
        stated += sum(not _is_open(label) for label in expected)
        found += sum(not _is_open(label) for label in result.met)
        count += len(values)
        wrong += len(result.wrong)
    return Quality(stated, found, count, count - wrong)


def read_half(half: str, folder: Path) -> tuple[dict[str, Labels], dict[str, dict[str, tuple[Value, ...]]]]:
    """Return the labels of a half, and what is read from each of its notices.

    Raises:
        KeyError: A notice that is labelled is not among the data.
    """
    labels = read_labels(half)
    found = {notice: values_of(document) for notice, document in documents(folder) if notice in labels}
    return labels, {notice: found[notice] for notice in labels}


def main() -> None:
    """Judge one half and print its table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=HALVES, default=HALVES[0])
    parser.add_argument("--differences", action="store_true")
    arguments = parser.parse_args()
    labels, read = read_half(arguments.half, arguments.folder)
    refused = sum(not values for values in read.values())
    print(f"{len(labels)} notices, {refused} of them refused\n")
    print(f"| {'field':32} | stated | read | right | precision | recall |\n|---|---:|---:|---:|---:|---:|")
    for field, quality in qualities(labels, read).items():
        numbers = f"{quality.stated:6} | {quality.read:4} | {quality.right:5}"
        print(f"| {field:32} | {numbers} | {quality.precision:9.2f} | {quality.recall:6.2f} |")
    if arguments.differences:
        _print_differences(labels, read)


def _print_differences(labels: Mapping[str, Labels], read: Mapping[str, Mapping[str, tuple[Value, ...]]]) -> None:
    for field in FIELDS:
        for notice, fields in labels.items():
            result = judged(field, fields.get(field, ()), read[notice].get(field, ()))
            for label in result.missed:
                print(f"{field}: {notice}: missed {label}")
            for value in result.wrong:
                print(f"{field}: {notice}: wrong {value.written[:160]} | {value.quote[:200]}")


if __name__ == "__main__":
    main()
