"""The opportunity of the protocol, part by part."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from matcher.web.common_grants.base import Part, Unset, optional


class OppStatusOptions(StrEnum):
    """The statuses of the protocol; others go by `customValue`."""

    FORECASTED = "forecasted"
    OPEN = "open"
    CLOSED = "closed"
    CUSTOM = "custom"


class OppStatus(Part):
    """Where the opportunity stands today."""

    value: OppStatusOptions
    custom_value: str | Unset = optional("`archived`, or `unknown` where no source says.")
    description: str | Unset = optional("The status in words.")


class CommonGrantsMoney(Part):
    """An amount as text, so that nothing is rounded on the way."""

    amount: str = Field(pattern=r"^-?[0-9]+\.?[0-9]*$")
    currency: str = Field(description="ISO 4217.")


class OppFunding(Part):
    """What there is to give, as far as the notice says."""

    details: str | Unset = optional("What the other fields cannot hold.")
    total_amount_available: CommonGrantsMoney | Unset = optional("For all awards together.")
    min_award_amount: CommonGrantsMoney | Unset = optional("The least that one award may be.")
    max_award_amount: CommonGrantsMoney | Unset = optional("The most that one award may be.")
    min_award_count: int | Unset = optional("The least number of awards.")
    max_award_count: int | Unset = optional("The largest number of awards.")
    estimated_award_count: int | Unset = optional("How many awards are expected.")


class SingleDateEvent(Part):
    """One day."""

    name: str
    event_type: Literal["singleDate"] = "singleDate"
    date: date
    description: str | Unset = optional("What happens.")


class OtherEvent(Part):
    """What has no day: a deadline whose year is not stated, or applications at any time."""

    name: str
    event_type: Literal["other"] = "other"
    details: str | Unset = optional("When it is, in words.")
    description: str | Unset = optional("What happens.")


Event = SingleDateEvent | OtherEvent


class OppTimeline(Part):
    """The milestones that the notice states."""

    post_date: Event | Unset = optional("When it was posted.")
    close_date: Event | Unset = optional("The deadline that counts today.")
    other_dates: dict[str, Event] | Unset = optional("All other milestones, by name.")


class ApplicantTypeOptions(StrEnum):
    """The applicant types of the protocol; others go by `customValue`."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    GOVERNMENT_STATE = "government_state"
    GOVERNMENT_COUNTY = "government_county"
    GOVERNMENT_MUNICIPAL = "government_municipal"
    GOVERNMENT_SPECIAL_DISTRICT = "government_special_district"
    GOVERNMENT_TRIBAL = "government_tribal"
    ORGANIZATION_TRIBAL_OTHER = "organization_tribal_other"
    SCHOOL_DISTRICT_INDEPENDENT = "school_district_independent"
    HIGHER_EDUCATION_PUBLIC = "higher_education_public"
    HIGHER_EDUCATION_PRIVATE = "higher_education_private"
    NON_PROFIT_WITH_501C3 = "non_profit_with_501c3"
    NONPROFIT_WITHOUT_501C3 = "nonprofit_without_501c3"
    FOR_PROFIT_SMALL_BUSINESS = "for_profit_small_business"
    FOR_PROFIT_NOT_SMALL_BUSINESS = "for_profit_not_small_business"
    UNRESTRICTED = "unrestricted"
    CUSTOM = "custom"


class CommonGrantsApplicantType(Part):
    """Who may apply."""

    value: ApplicantTypeOptions
    custom_value: str | Unset = optional("In words, where the protocol has no such type.")
    description: str | Unset = optional("The type in words.")


class CustomFieldType(StrEnum):
    """What the value of a custom field is."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    OBJECT = "object"
    ARRAY = "array"


class CustomField(Part):
    """A field that the protocol does not have."""

    name: str
    field_type: CustomFieldType
    value: Any
    description: str | Unset = optional("What it means.")


class OpportunityBase(Part):
    """One opportunity."""

    id: UUID = Field(description="The opportunity's own identifier where that is a UUID, else one made from it.")
    title: str
    status: OppStatus
    description: str
    funding: OppFunding | Unset = optional("What there is to give.")
    key_dates: OppTimeline | Unset = optional("When what happens.")
    accepted_applicant_types: list[CommonGrantsApplicantType] | Unset = optional("Left out: the notice does not say.")
    source: str | Unset = optional("Where the notice is published.", format="uri")
    custom_fields: dict[str, CustomField] | Unset = optional(
        "`opportunityId`, `agency`, `opportunityNumber`, `assistanceListings`, `costSharing` where known; "
        "`matchScore` and `eligibility` where a proposal was asked about."
    )
    created_at: datetime
    last_modified_at: datetime


class OpportunityDetails(OpportunityBase):
    """One opportunity, asked for alone."""
