import io

import docx
import pytest
from fpdf import FPDF

from matcher.domain.proposal import Proposal
from matcher.errors import DocumentRejected
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_document


def read(data: bytes, name: str) -> Proposal:
    return read_proposal(read_document(data, name))


def test_a_text_without_title_is_named_after_its_file_and_knows_nothing_else() -> None:
    proposal = read(b"They plant trees.", "trees-plan.txt")

    assert (proposal.title, proposal.organization, proposal.source) == ("trees-plan", None, "trees-plan.txt")
    assert [(s.question, s.answer) for s in proposal.sections] == [("", "They plant trees.")]
    profile = proposal.profile
    assert (profile.applicant_types, profile.places) == ((), ())
    assert (profile.people_served, profile.amount_requested, profile.year) == (None, None, None)


def test_a_word_processor_file_is_read_by_its_questions() -> None:
    document = docx.Document()
    document.add_heading("Shade for All", level=1)
    document.add_paragraph("Organization: Shade Club")
    document.add_heading("Where will you be working?", level=2)
    document.add_paragraph("Old Town")
    document.add_heading("Describe your plan.", level=2)
    document.add_paragraph("We plant trees.")
    stream = io.BytesIO()
    document.save(stream)

    proposal = read(stream.getvalue(), "plan.docx")

    assert (proposal.title, proposal.organization) == ("Shade for All", "Shade Club")
    assert [(s.question, s.answer) for s in proposal.sections] == [
        ("Where will you be working?", "Old Town"),
        ("Describe your plan.", "We plant trees."),
    ]
    assert [place.value for place in proposal.profile.places] == ["Old Town"]


def test_a_pdf_is_read_by_its_headings() -> None:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    pdf.add_page()
    plan = "We plant trees along every street of the old town, and we water them until their roots are deep enough."
    for words in ("Shade for All", "Need", f"The streets are hot. {plan}", "Plan", plan):
        pdf.multi_cell(0, 8, words, align="L", new_x="LMARGIN", new_y="NEXT")

    proposal = read(bytes(pdf.output()), "plan.pdf")

    assert proposal.title == "Shade for All"
    assert [(s.question, s.answer) for s in proposal.sections] == [
        ("Need", f"The streets are hot. {plan}"),
        ("Plan", plan),
    ]


def test_a_page_is_read_by_its_headings() -> None:
    page = b"<h1>Shade</h1><h2>Need</h2><p>The streets are hot.</p><h2>Plan</h2><ul><li>Oaks</li><li>Elms</li></ul>"

    proposal = read(page, "plan.html")

    assert proposal.title == "Shade"
    assert [(s.question, s.answer) for s in proposal.sections] == [
        ("Need", "The streets are hot."),
        ("Plan", "- Oaks\n- Elms"),
    ]


def test_headings_alone_are_no_proposal() -> None:
    with pytest.raises(DocumentRejected, match=r"^plan\.md: no answer, section or running text was found"):
        read(b"# Shade\n\n## Need\n\n## Plan\n", "plan.md")


def test_a_request_in_prose_reaches_the_profile() -> None:
    proposal = read(b"# Shade\n\n## Plan\n\nWe request $25,000. We serve 400 families.\n", "plan.md")

    assert proposal.profile.amount_requested is not None
    assert proposal.profile.amount_requested.value == 25_000
    assert proposal.profile.people_served is not None
    assert proposal.profile.people_served.value == 400
