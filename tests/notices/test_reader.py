from contextlib import suppress
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.opportunity import Opportunity
from matcher.errors import NoticeRejected
from matcher.notices.reader import read_notice
from matcher.text.documents import Document, DocumentKind
from tests.notices.texts import ORCHARD_FUND, SAFE_WALKS, YAML_NOTICE, text_document, yaml_document

PROSE_KINDS = [kind for kind in DocumentKind if kind not in (DocumentKind.YAML, DocumentKind.JSON)]
PIECES = [
    *SAFE_WALKS.split(" "),
    *ORCHARD_FUND.split(" "),
    "\n",
    "\n\n",
    "- ",
    "(a)",
    "; ",
    "Goal 1:",
    "€5",
    "May 5,",
    "2031",
]
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates())
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
NAMES = st.sampled_from(sorted(yaml.safe_load(YAML_NOTICE))) | st.text(max_size=8)


def check(notice: Opportunity, text: str) -> None:
    assert notice.text == text
    assert notice.title
    assert notice.opportunity_id
    assert len({priority.key for priority in notice.priorities}) == len(notice.priorities) > 0
    quotes = [priority.quote for priority in notice.priorities]
    quotes += [element.quote for priority in notice.priorities for element in priority.elements]
    quotes += [key_date.quote for key_date in notice.key_dates if key_date.quote]
    for quote in quotes:
        assert quote.span is not None
        assert quote.span.of(text) == quote.text != ""


@pytest.mark.parametrize("kind", PROSE_KINDS)
def test_prose_of_every_kind_of_file_is_read(kind: DocumentKind) -> None:
    assert read_notice(text_document(ORCHARD_FUND, kind)).title == "Orchard Fund"


def test_named_fields_are_read_by_their_names() -> None:
    assert read_notice(yaml_document(YAML_NOTICE)).opportunity_id == "orchard-fund-2027"


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_an_opportunity_or_a_reason(text: str) -> None:
    with suppress(NoticeRejected):
        check(read_notice(text_document(text)), text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))
def test_any_mixture_of_funding_words_gives_an_opportunity_or_a_reason(text: str) -> None:
    with suppress(NoticeRejected):
        check(read_notice(text_document(text)), text)


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=5))
def test_any_mapping_gives_an_opportunity_or_a_reason(values: dict[str, object]) -> None:
    merged = {**yaml.safe_load(YAML_NOTICE), **values}

    for mapping in (values, merged):
        with suppress(NoticeRejected):
            read_notice(yaml_document(yaml.safe_dump(mapping, allow_unicode=True)))


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from([DocumentKind.YAML, DocumentKind.JSON]))
def test_any_text_taken_for_fields_gives_an_opportunity_or_a_reason(text: str, kind: DocumentKind) -> None:
    with suppress(NoticeRejected):
        read_notice(Document("a", kind, text))


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=YAML_NOTICE.index("    kind")))
def test_a_file_cut_off_early_is_refused_with_its_name_and_line(length: int) -> None:
    with pytest.raises(NoticeRejected) as caught:
        read_notice(yaml_document(YAML_NOTICE[:length]))

    assert caught.value.source == "orchard-fund-2027.yaml"
    assert caught.value.line is not None


@pytest.mark.parametrize(
    "unit", [",", " ", "7", "$1 ", "(a) ", "; ", "A b\n", "must serve in ", "October 30 ", "A, and ", "[", "a:"]
)
@pytest.mark.parametrize("kind", [DocumentKind.TEXT, DocumentKind.YAML])
def test_a_long_line_costs_seconds_not_minutes(unit: str, kind: DocumentKind) -> None:
    text = "Grants for all. " + unit * (30_000 // len(unit))
    started = process_time()

    with suppress(NoticeRejected):
        read_notice(Document("long", kind, text))

    assert process_time() - started < 3
