"""The encoder: sentence-transformers, loaded on first use and once per process."""

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from matcher.embedding.adapter import BASE, adapt_weights, adapter_folder, adapter_hash, read_projection
from matcher.embedding.bundled_model import ADAPTED_NAME, DIMENSIONS, NAME, SHA256, bundled_model_folder, verify_weights
from matcher.embedding.encoder import Vectors
from matcher.embedding.precision import Precision, best_precision
from matcher.errors import Unrecoverable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 8
"""Texts that are padded to the longest of them: few, so that little of the work and of the memory is padding."""
_BUNDLED = (NAME, ADAPTED_NAME)
_EIGHT_LENGTHS = {"text": {"pad_to_multiple_of": 32}}
"""Up to 256 tokens, where the bundled model cuts, there are eight. torch compiles code for every shape that it meets,
and keeps it: with lengths as they come 200 passages take 80 MB more, and a tenth more time.
"""


def identity(model: str, adapter: Path | None = None) -> str:
    """Return what tells a model from any other, whatever the number format: for bundled weights with their hashes.

    Raises:
        Unrecoverable: The model is the adapted one, and the folder `adapter` (None: the bundled one) holds none.
    """
    if model == NAME:
        return BASE
    if model == ADAPTED_NAME:
        return f"{ADAPTED_NAME}@{SHA256[:12]}-{adapter_hash(adapter or adapter_folder())[:12]}"
    return model


class SentenceTransformerEncoder:
    """An Encoder over a sentence-transformers model.

    Args:
        model: `all-MiniLM-L6-v2+grants` for the bundled model with an adapter, `all-MiniLM-L6-v2` for the bundled model
            untouched, or any name or folder that sentence-transformers knows.
        adapter: The folder of the adapter that the adapted model takes; None takes the bundled one.
        precision: The number format of the weights; None takes what the processor is best at.
        show_progress: Whether a long run draws a progress bar on standard error.
    """

    def __init__(
        self,
        model: str = ADAPTED_NAME,
        *,
        adapter: Path | None = None,
        precision: Precision | None = None,
        show_progress: bool = False,
    ) -> None:
        self._model = model
        self._adapter = adapter
        self._precision = precision or best_precision()
        self._show_progress = show_progress
        self._loaded: SentenceTransformer | None = None
        self._lock = threading.Lock()
        # torch keeps working memory for each thread that ever called it: 260 MB more after eight threads had encoded
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="encoder")

    @property
    def model_id(self) -> str:
        """The model's name, the start of its hashes where they are fixed, and the number format."""
        return f"{identity(self._model, self._adapter)}/{self._precision}"

    @property
    def dimensions(self) -> int:
        """The length of one vector; asking a model other than the bundled one loads it."""
        return DIMENSIONS if self._model in _BUNDLED else int(self._transformer().get_embedding_dimension() or 0)

    @property
    def is_loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._loaded is not None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors, float32 [len(texts), dimensions]; long texts are cut at the model's limit.

        Raises:
            Unrecoverable: The model cannot be loaded, or its weights are not the published ones.
        """
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return self._worker.submit(self._encode, list(texts)).result()

    def _encode(self, texts: list[str]) -> Vectors:
        # encode() sorts by length before it cuts batches, so padding stays small
        vectors = self._transformer().encode(
            texts,
            batch_size=_BATCH,
            convert_to_numpy=False,
            convert_to_tensor=True,
            normalize_embeddings=False,
            show_progress_bar=self._show_progress and len(texts) > _BATCH,
            processing_kwargs=_EIGHT_LENGTHS if self._model in _BUNDLED else None,
        )
        return _unit(vectors.float().cpu().numpy())

    def _transformer(self) -> "SentenceTransformer":
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._model, self._adapter or adapter_folder(), self._precision)
            return self._loaded


def _load(model: str, adapter: Path, precision: Precision) -> "SentenceTransformer":
    """Import and load; importing takes seconds, which is why nothing else in the house does it."""
    folder = None
    if model in _BUNDLED:
        folder = bundled_model_folder()
        verify_weights(folder)
    # threads that wait for work spin by default, which beside other work costs several times what they do
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # a bar for a load of a second only hides our own
    try:
        transformer = SentenceTransformer(
            str(folder or model),
            local_files_only=folder is not None,
            trust_remote_code=False,
            model_kwargs={"dtype": torch.float32, "use_safetensors": True},
        )
    except (OSError, ValueError) as error:
        raise Unrecoverable(
            f"the model {model} cannot be loaded ({error}): check MATCHER_MODEL and that this machine reaches it"
        ) from error
    if model == ADAPTED_NAME:
        _adapt(transformer, adapter)
    return transformer.to(getattr(torch, precision.value))


def _adapt(transformer: "SentenceTransformer", adapter: Path) -> None:
    """Adapt the weights, and let the projection follow the pooling, before vectors are scaled to unit length."""
    from sentence_transformers.sentence_transformer.modules import Dense
    from torch.nn import Identity

    projection = read_projection(adapter)
    adapt_weights(transformer[0].auto_model, adapter)
    if projection is not None:
        size = len(projection)
        weight = projection.float().T.contiguous()  # a linear layer multiplies with its weight transposed
        dense = Dense(size, size, bias=False, activation_function=Identity(), init_weight=weight)
        transformer.insert(len(transformer) - 1, dense)


def _unit(vectors: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
