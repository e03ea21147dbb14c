"""The one way into this room: a document in, the opportunity that it announces out."""

from datetime import date

from matcher.domain.opportunity import Opportunity
from matcher.notices.prose import read_prose_notice
from matcher.notices.structured import read_structured_notice
from matcher.text.documents import Document, DocumentKind


def read_notice(document: Document, *, published: date | None = None) -> Opportunity:
    """Read a funding notice: YAML and JSON by their named fields, everything else as prose.

    Args:
        document: The notice; spans of the opportunity point into its text.
        published: The day on which the notice appeared, if the caller knows it. It completes deadlines whose year the
            notice leaves out (marked as inferred) and becomes its `post` date (marked as supplied).

    Raises:
        NoticeRejected: The document is no usable notice; the error names the file and, where there is one, the line.
    """
    if document.kind in (DocumentKind.YAML, DocumentKind.JSON):
        return read_structured_notice(document, published=published)
    return read_prose_notice(document, published=published)
