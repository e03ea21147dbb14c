"""What the catalogue can be divided by; a count is what the choice would show."""

from datetime import UTC, date, datetime

from matcher.domain.opportunity import Eligibility, Opportunity
from matcher.domain.vocabulary import ApplicantType, OpportunityStatus
from matcher.services.catalogue import CatalogueState
from matcher.services.facets import Choice, Facet, facet_choices
from matcher.services.opportunity_filter import OpportunityFilter, OpportunityOrder
from matcher.services.opportunity_listing import select_opportunities
from matcher.store.records import StoredOpportunity

AS_OF = date(2026, 11, 22)
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
POSTED, FORECASTED = OpportunityStatus.POSTED, OpportunityStatus.FORECASTED


def entry(name: str, agency: str | None, status: OpportunityStatus, *categories: str, kind: str) -> StoredOpportunity:
    found = Opportunity(
        name,
        name,
        "",
        agency_name=agency,
        status=status,
        funding_categories=categories,
        eligibility=Eligibility((ApplicantType(kind),)),
    )
    return StoredOpportunity(found, 1, "hash", "", MOMENT, MOMENT)


CATALOGUE = {
    one.opportunity.opportunity_id: one
    for one in (
        entry("a", "Department of Education, Office of Reading", POSTED, "education", kind="individuals"),
        entry("b", "Department of Education", POSTED, "Education", "arts", kind="unrestricted"),
        entry("c", "U.S. Department of Education", FORECASTED, "education", kind="other"),
        entry("d", None, FORECASTED, kind="individuals"),
    )
}


def choices(facet: Facet, wanted: OpportunityFilter, found: list[str] | None = None) -> dict[str, tuple[int, bool]]:
    [values] = [one.choices for one in facet_choices(CATALOGUE, wanted, AS_OF, found) if one.facet is facet]
    return {choice.value: (choice.count, choice.is_chosen) for choice in values}


def test_a_count_is_what_choosing_it_alone_would_show() -> None:
    wanted = OpportunityFilter(statuses=frozenset({POSTED}))
    fields = {
        Facet.CATEGORY: str,
        Facet.AGENCY: str,
        Facet.STATUS: OpportunityStatus,
        Facet.APPLICANT_TYPE: ApplicantType,
    }
    for counted in facet_choices(CATALOGUE, OpportunityFilter(), AS_OF):
        for choice in counted.choices:
            value = fields[counted.facet](choice.value)
            chosen = OpportunityFilter(**{counted.facet.value: type(getattr(wanted, counted.facet.value))((value,))})
            assert len(select_opportunities(CATALOGUE.values(), chosen, AS_OF).opportunities) == choice.count


def test_a_facet_heeds_every_condition_but_its_own() -> None:
    wanted = OpportunityFilter(statuses=frozenset({POSTED}), categories=("arts",))
    assert choices(Facet.STATUS, wanted) == {"posted": (1, True)}
    assert choices(Facet.CATEGORY, wanted) == {"education": (2, False), "arts": (1, True)}


def test_who_takes_anybody_is_counted_for_every_kind_of_applicant() -> None:
    counts = choices(Facet.APPLICANT_TYPE, OpportunityFilter())
    assert counts["individuals"] == (3, False)
    assert counts["small_businesses"] == (1, False)
    assert "unrestricted" not in counts


def test_offices_count_for_their_department() -> None:
    assert choices(Facet.AGENCY, OpportunityFilter()) == {
        "Department of Education": (3, False),
        "U.S. Department of Education": (1, False),
    }


def test_what_was_chosen_stays_in_sight_when_nothing_is_left_of_it() -> None:
    wanted = OpportunityFilter(agencies=("Nobody",), categories=("Health",))
    assert choices(Facet.AGENCY, wanted)["Nobody"] == (0, True)
    assert choices(Facet.CATEGORY, wanted) == {"health": (0, True)}


def test_only_what_was_found_is_counted() -> None:
    assert choices(Facet.CATEGORY, OpportunityFilter(), ["b", "gone"]) == {"arts": (1, False), "education": (1, False)}


def test_a_choice_has_words() -> None:
    [categories] = [
        one for one in facet_choices(CATALOGUE, OpportunityFilter(), AS_OF) if one.facet is Facet.APPLICANT_TYPE
    ]
    assert Choice("small_businesses", "small businesses", 1, False) in categories.choices


def test_a_catalogue_in_memory_divides_the_same_and_counts_once() -> None:
    state, wanted = CatalogueState(1, CATALOGUE), OpportunityFilter(categories=("arts",))
    first = state.facets(wanted, AS_OF)
    assert first == facet_choices(CATALOGUE, wanted, AS_OF)
    assert state.facets(OpportunityFilter(categories=("arts",)), AS_OF) is first
    assert state.facets(wanted, date(2027, 1, 1)) is not first


def test_a_catalogue_in_memory_is_sorted_once_for_all_that_is_chosen_from_it_on_a_day() -> None:
    state = CatalogueState(1, CATALOGUE)
    by_title = state.candidates(OpportunityOrder.TITLE, AS_OF)
    assert [one.opportunity.title for one in by_title] == sorted(one.opportunity.title for one in CATALOGUE.values())
    assert state.candidates(OpportunityOrder.TITLE, AS_OF) is by_title
    assert state.candidates(None, AS_OF) == list(CATALOGUE.values())


def test_what_was_searched_for_stands_by_relevance_unless_another_order_is_asked_for() -> None:
    state, (first, *_, last) = CatalogueState(1, CATALOGUE), CATALOGUE
    found = {last: 0.9, first: 0.5, "gone since": 0.4}
    assert [one.opportunity.opportunity_id for one in state.candidates(None, AS_OF, found)] == [last, first]
    by_title = state.candidates(OpportunityOrder.TITLE, AS_OF, found)
    assert [one.opportunity.opportunity_id for one in by_title] == sorted([first, last])
