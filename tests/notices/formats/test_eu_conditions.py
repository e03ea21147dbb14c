from matcher.notices.formats.eu_conditions import eligibility_in
from matcher.notices.formats.running_text import RunningText

CONDITIONS = (
    "General conditions1. Admissibility Conditions: Proposal page limit and layoutdescribed in Annex A.{}"
    "4. Financial and operational capacity and exclusiondescribed in Annex C.5a. Evaluation and award"
)


def told(sections: str) -> list[str]:
    text = RunningText("Orchards")
    conditions = text.section("Conditions", CONDITIONS.format(sections))
    found = eligibility_in(text.text, conditions)
    assert all(quote.span and quote.span.of(text.text) == quote.text for quote in found.conditions)
    assert found.applicant_types == ()
    return [quote.text for quote in found.conditions]


def test_what_holds_for_this_topic_alone_is_kept_as_it_is_written() -> None:
    sections = (
        "2. Eligible Countriesdescribed in Annex B of the General Annexes."
        "3. Other Eligible ConditionsParticipation is limited to legal entities of coastal states."
        "Proposals must include two harbours.described in Annex B of the General Annexes."
    )

    assert told(sections) == [
        "Participation is limited to legal entities of coastal states.",
        "Proposals must include two harbours.",
    ]


def test_sections_that_only_point_elsewhere_say_nothing() -> None:
    sections = "2. Eligible countriesAs described in section 6.3. Other eligibility conditionsn/a"

    assert told(sections) == []
    assert told("2. Eligible countries") == []
    assert eligibility_in("Orchards", None).note is None
