"""Passages through the encoder, beside the default call of sentence-transformers on the same weights."""

from benchmarks.performance.figures import Figure, cost_of
from benchmarks.performance.synthetic import proposal
from matcher.embedding.bundled_model import NAME, bundled_model_folder
from matcher.embedding.sentence_transformer import SentenceTransformerEncoder
from matcher.text.passages import passages_of_sections

_PASSAGES = 96


def passages(_: int) -> list[Figure]:
    """Encode passages of about 150 words in the default call and in ours, which also projects and normalizes."""
    from sentence_transformers import SentenceTransformer

    texts: list[str] = []
    for number in range(_PASSAGES):
        read = proposal(number)
        texts += [passage.text for passage in passages_of_sections(read.sections, read.text)]
        if len(texts) >= _PASSAGES:
            break
    texts = texts[:_PASSAGES]
    plain = SentenceTransformer(str(bundled_model_folder()), local_files_only=True)
    ours = SentenceTransformerEncoder(NAME)
    plain.encode(texts[:8])
    ours.encode(texts[:8])
    baseline = cost_of(lambda: plain.encode(texts), 3)
    cost = cost_of(lambda: ours.encode(texts), 3)
    what = f"{len(texts)} passages encoded ({ours.model_id.rpartition('/')[2]})"
    return [Figure(what, cost, "sentence-transformers, default call", baseline)]
