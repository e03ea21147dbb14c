"""A bundled proposal as the files that people bring: made here, so that what a reader gets of them is known."""

from io import BytesIO
from pathlib import Path

from docx import Document
from fpdf import FPDF

from matcher.domain.proposal import Proposal
from matcher.proposals.reader import read_proposal
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT

SEED = CHECKOUT / "seeds" / "proposals" / "powermylearning.txt"


def seed() -> Proposal:
    """Return the proposal that the files are of."""
    return read_proposal(read_file(SEED))


def write_pdf(path: Path) -> Path:
    """Write the proposal as a PDF."""
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", style="B", size=16)
    proposal = seed()
    page.multi_cell(0, 8, proposal.title, new_x="LMARGIN", new_y="NEXT")
    for section in proposal.sections:
        page.set_font("Helvetica", style="B", size=12)
        page.multi_cell(0, 8, _plain(section.question), new_x="LMARGIN", new_y="NEXT")
        page.set_font("Helvetica", size=11)
        page.multi_cell(0, 6, _plain(section.answer), new_x="LMARGIN", new_y="NEXT")
    path.write_bytes(bytes(page.output()))
    return path


def write_docx(path: Path) -> Path:
    """Write the proposal as a Word document."""
    document = Document()
    proposal = seed()
    document.add_heading(proposal.title, level=0)
    for section in proposal.sections:
        document.add_heading(section.question, level=1)
        for paragraph in section.answer.split("\n\n"):
            document.add_paragraph(paragraph)
    written = BytesIO()
    document.save(written)
    path.write_bytes(written.getvalue())
    return path


def _plain(text: str) -> str:
    """Return a text in the characters that every PDF reader has a font for."""
    return text.translate(str.maketrans("“”’", '""\''))
