import pytest

from matcher.notices.formats.commongrants_models import CustomField, Event, KeyDates
from matcher.notices.formats.commongrants_values import CustomFields, key_dates
from matcher.notices.formats.running_text import RunningText


def custom(**values: object) -> CustomFields:
    return CustomFields(
        {key: CustomField.model_validate({"name": key, "value": value}) for key, value in values.items()}
    )


@pytest.mark.parametrize(
    ("key", "label", "name"),
    [
        ("appDeadline", "", "application"),
        ("x", "Letter of intent due", "intent"),
        ("archiveDate", "", "archive"),
        ("applicationOpens", "Applications open", "open"),
        ("questions", "Question deadline", "Question deadline"),
    ],
)
def test_other_dates_are_told_by_their_key_or_name(key: str, label: str, name: str) -> None:
    event = Event.model_validate({"name": label, "eventType": "singleDate", "date": "2031-02-03"})

    (found,) = key_dates(KeyDates.model_validate({"otherDates": {key: event}}), RunningText("A"))

    assert found.name == name


def test_an_agency_may_be_a_name_or_an_object() -> None:
    assert custom(agency="Health Office").agency_name == "Health Office"
    assert custom(agency={"agencyName": "Health Office", "agencyCode": "HO"}).agency_code == "HO"
    assert custom(agency=[1]).agency_name is None


@pytest.mark.parametrize(("value", "answer"), [(True, True), ({"isRequired": False}, False), ("yes", None), ({}, None)])
def test_cost_sharing_is_an_answer_or_an_object_with_one(value: object, answer: bool | None) -> None:
    assert custom(costSharing=value).is_cost_sharing is answer


def test_only_numbers_of_listings_are_listings() -> None:
    listings = [{"identifier": "93.912"}, {"identifier": "all"}, {"programTitle": "A"}, 5, {"identifier": "93.912"}]

    assert custom(assistanceListings=listings).assistance_listing_numbers == ("93.912",)
    assert CustomFields(None).assistance_listing_numbers == ()
