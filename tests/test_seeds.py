"""The bundled examples: every proposal reads, and every judgment is about something that exists."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from matcher.domain.vocabulary import ApplicantType, PriorityKind
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.text.documents import DocumentKind, read_file

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

PROPOSALS = [
    ("alliance-blast.txt", DocumentKind.FRONT_MATTER, "BLAST, a blended learning model for every Alliance school", 7),
    ("alliance-math-tutoring.txt", DocumentKind.TEXT, "High-Dosage Math Tutoring Across Alliance Schools", 7),
    ("calles-verdes.yaml", DocumentKind.YAML, "Calles Verdes, green streets for the City of San Fernando", 7),
    ("college-compass.html", DocumentKind.HTML, "College Compass: a path to college from kindergarten on", 4),
    ("healthy-neighborhood-markets.docx", DocumentKind.DOCX, "Healthy Neighborhood Market Network", 5),
    (
        "manifestworks.json",
        DocumentKind.JSON,
        "ManifestWorks: film and television jobs after foster care, homelessness or prison",
        6,
    ),
    ("neighborhood-health-centers.pdf", DocumentKind.PDF, "Behavioral Health Care at Neighborhood Health Centers", 4),
    ("powermylearning.txt", DocumentKind.FRONT_MATTER, "PowerMyLearning for Los Angeles schools and families", 6),
    ("socal-can-level-up.md", DocumentKind.MARKDOWN, "Level Up: organizations and colleges team up for students", 7),
    ("the-civics-center.txt", DocumentKind.TEXT, "Students Register Students: Voter Drives in Every High School", 7),
    ("turnaround-arts.md", DocumentKind.FRONT_MATTER, "Turnaround Arts Los Angeles", 6),
    ("union-rescue-mission.txt", DocumentKind.TEXT, "Every Family Off the Streets", 3),
]
JUDGMENTS: dict[str, list[dict[str, Any]]] = yaml.safe_load((SEEDS / "judgments.yaml").read_text(encoding="utf-8"))


def test_the_table_names_every_proposal() -> None:
    assert [name for name, *_ in PROPOSALS] == sorted(path.name for path in (SEEDS / "proposals").iterdir())


@pytest.mark.parametrize(("name", "kind", "title", "sections"), PROPOSALS)
def test_a_proposal_reads_with_its_title_and_sections(name: str, kind: DocumentKind, title: str, sections: int) -> None:
    document = read_file(SEEDS / "proposals" / name)
    proposal = read_proposal(document)
    assert document.kind is kind
    assert proposal.title == title
    assert len(proposal.sections) >= sections


@pytest.mark.parametrize("name", [name for name, *_ in PROPOSALS])
def test_no_bookkeeping_or_site_furniture_is_taken_for_an_answer(name: str) -> None:
    proposal = read_proposal(read_file(SEEDS / "proposals" / name))
    answers = "\n".join(section.answer for section in proposal.sections)
    for furniture in ("mulberry", "example.org", "published", "Log in", "Terms of use", "open again", "winners"):
        assert furniture not in answers


def test_every_proposal_is_judged_and_nothing_else() -> None:
    assert sorted(JUDGMENTS) == [f"proposals/{name}" for name, *_ in PROPOSALS]


@pytest.mark.parametrize("proposal", sorted(JUDGMENTS))
def test_a_proposal_has_fits_and_clear_non_fits_among_its_judgments(proposal: str) -> None:
    grades = [judgment["grade"] for judgment in JUDGMENTS[proposal]]
    assert len(grades) >= 8
    assert set(grades) <= {0, 1, 2, 3}
    assert max(grades) == 3
    assert grades.count(0) >= 3


@pytest.mark.parametrize("proposal", sorted(JUDGMENTS))
def test_a_judgment_names_an_existing_opportunity_once_and_gives_a_reason(proposal: str) -> None:
    bundled = {path.stem for path in (ROOT / "opportunities").glob("*.yaml")}
    judged = [judgment["opportunity_id"] for judgment in JUDGMENTS[proposal]]
    assert set(judged) <= bundled
    assert len(judged) == len(set(judged))
    assert all(judgment["reason"].endswith(".") for judgment in JUDGMENTS[proposal])


def test_the_notice_reads_with_its_priority_tiers_and_dates_without_a_year() -> None:
    notice = read_notice(read_file(SEEDS / "race-to-the-top-district.txt"))
    (priority,) = notice.priorities
    assert priority.kind is PriorityKind.ABSOLUTE
    assert len(priority.elements) == 7
    assert [tier.people_served_minimum for tier in notice.funding.tiers] == [2_000, 25_001]
    assert {event.name: str(event.day) for event in notice.key_dates} == {
        "intent": "August 30, year not stated",
        "application": "October 30, year not stated",
    }
    assert notice.eligibility.applicant_types == (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,)


def test_the_comment_form_below_the_notice_is_no_part_of_it() -> None:
    notice = read_notice(read_file(SEEDS / "race-to-the-top-district.txt"))
    assert notice.description is not None
    for furniture in ("Pingback", "Leave a Reply", "Facebook", "Notify me"):
        assert furniture not in notice.description
