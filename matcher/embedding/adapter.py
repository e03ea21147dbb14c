"""The bundled adapter: small matrices, added to the weights of the default model, that fit it to this field.

Low-rank adaptation (Hu et al. 2021, arXiv 2106.09685): each adapted weight W becomes W + scale × B·A. They are added
once, at load, so that encoding costs nothing more. `benchmarks/quality/train_adapter.py` makes the file.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.errors import Unrecoverable

if TYPE_CHECKING:
    from torch import nn

WEIGHTS = "adapter.safetensors"
DESCRIPTION = "adapter.json"


def adapter_folder() -> Path:
    """Return the folder of the bundled adapter."""
    return Path(str(files("matcher.embedding") / "data"))


@cache
def adapter_hash() -> str:
    """Return the SHA-256 of the bundled adapter: part of the model's identity.

    Raises:
        Unrecoverable: The file is missing.
    """
    weights = adapter_folder() / WEIGHTS
    if not weights.is_file():
        raise Unrecoverable(f"{weights} is missing: reinstall matcher")
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def apply_adapter(model: "nn.Module", folder: Path) -> None:
    """Add the adapter in `folder` to the weights of `model`, in place; `model` is the bare transformer in float32.

    Raises:
        Unrecoverable: The adapter does not belong to this model.
    """
    import torch
    from safetensors.torch import load_file

    scale = float(json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))["scale"])
    matrices = load_file(folder / WEIGHTS)
    parameters = dict(model.named_parameters())
    names = {key.rpartition("/")[0] for key in matrices}
    if unknown := names - parameters.keys():
        raise Unrecoverable(
            f"the adapter in {folder} changes {min(unknown)}, which this model lacks; reinstall matcher"
        )
    with torch.no_grad():
        for name in sorted(names):
            parameters[name].add_(scale * (matrices[f"{name}/B"].float() @ matrices[f"{name}/A"].float()))
