"""Adapters: small matrices that fit the default model to a field; one is bundled.

Low-rank adaptation (Hu et al. 2021, arXiv 2106.09685): each adapted weight W becomes W + scale × B·A, once, at load. A
projection may follow: each vector v becomes v·P. `matcher train` writes an adapter: `adapter.safetensors` with the
matrices (`WEIGHT/A` and `WEIGHT/B` for each weight, and `projection`) and `adapter.json`, which says how they are
scaled and what they were trained on.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from matcher.embedding.bundled_model import DIMENSIONS, NAME, SHA256
from matcher.errors import InputRejected, Unrecoverable

if TYPE_CHECKING:
    from torch import Tensor, nn

WEIGHTS = "adapter.safetensors"
DESCRIPTION = "adapter.json"
PROJECTION = "projection"
"""The name of the projection among the matrices; the names of the others end in `/A` or `/B`."""
BASE = f"{NAME}@{SHA256[:12]}"
"""The model that an adapter is made for, with the start of its hash."""


def adapter_folder() -> Path:
    """Return the folder of the bundled adapter."""
    return Path(str(files("matcher.embedding") / "data"))


@cache
def adapter_hash(folder: Path) -> str:
    """Return the SHA-256 of the weights in `folder`: part of the model's identity.

    Raises:
        Unrecoverable: The file is missing.
    """
    weights = folder / WEIGHTS
    if not weights.is_file():
        raise Unrecoverable(f"{weights} is missing: {_remedy(folder)}")
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def adapt_weights(model: "nn.Module", folder: Path) -> None:
    """Add the low-rank matrices of the adapter in `folder` to the weights of the bare transformer, in place.

    Raises:
        Unrecoverable: The adapter cannot be read or does not belong to this model; then `model` is as it was.
    """
    import torch

    scale = float(read_description(folder)["scale"])
    matrices = {name: matrix for name, matrix in read_adapter(folder).items() if name != PROJECTION}
    parameters = dict(model.named_parameters())
    names = sorted({key.rpartition("/")[0] for key in matrices})
    for name in names:
        if name not in parameters:
            raise Unrecoverable(f"the adapter in {folder} changes {name}, which this model lacks; {_remedy(folder)}")
        sides = (matrices.get(f"{name}/B"), matrices.get(f"{name}/A"))
        if not _fit(sides, tuple(parameters[name].shape)):
            raise Unrecoverable(
                f"the matrices for {name} in the adapter in {folder} do not have its shape; {_remedy(folder)}"
            )
    with torch.no_grad():
        for name in names:
            parameters[name].add_(scale * (matrices[f"{name}/B"].float() @ matrices[f"{name}/A"].float()))


def read_projection(folder: Path) -> "Tensor | None":
    """Return the projection [dimensions, dimensions] of the adapter in `folder`, or None if it has none.

    Raises:
        Unrecoverable: The adapter cannot be read, or its projection does not belong to this model.
    """
    projection = read_adapter(folder).get(PROJECTION)
    if projection is not None and projection.shape != (DIMENSIONS, DIMENSIONS):
        raise Unrecoverable(f"the projection in {folder} is not {DIMENSIONS} by {DIMENSIONS}; {_remedy(folder)}")
    return projection


def require_new_folder(folder: Path) -> None:
    """Make sure that an adapter can be written to `folder`, which is made if need be.

    Raises:
        InputRejected: The folder holds an adapter already, or cannot be written to.
    """
    if (folder / WEIGHTS).exists():
        raise InputRejected("holds an adapter already: name another folder with --out", source=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise InputRejected(
            f"cannot be written to ({error.strerror}): name another folder with --out", source=str(folder)
        ) from error


def write_adapter(folder: Path, weights: "Mapping[str, Tensor]", description: Mapping[str, object]) -> None:
    """Write an adapter; `description` says at least its `scale` and, as `base`, what it is made for."""
    from safetensors.torch import save_file

    save_file(dict(weights), folder / WEIGHTS)
    (folder / DESCRIPTION).write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


def read_description(folder: Path) -> dict[str, Any]:
    """Return what is said of an adapter for the default model: at least its `base` and `scale`.

    Raises:
        Unrecoverable: The file is missing, broken, or of an adapter for another model.
    """
    path = folder / DESCRIPTION
    try:
        description: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        base, _ = str(description["base"]), float(description["scale"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unrecoverable(f"{path} does not say `base` and `scale` of an adapter: {_remedy(folder)}") from error
    if base != BASE:
        raise Unrecoverable(f"the adapter in {folder} is made for {base}, not for {BASE}; {_remedy(folder)}")
    return description


def read_adapter(folder: Path) -> "dict[str, Tensor]":
    """Return all matrices of an adapter by name.

    Raises:
        Unrecoverable: The file is missing or broken.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        matrices: dict[str, Tensor] = load_file(folder / WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise Unrecoverable(f"{folder / WEIGHTS} cannot be read ({error}): {_remedy(folder)}") from error
    return matrices


def _fit(sides: tuple[Any, Any], shape: tuple[int, ...]) -> bool:
    """Whether B [rows, rank] and A [rank, columns] are both there and give a weight of `shape`."""
    left, right = sides
    if left is None or right is None or left.ndim != 2 or right.ndim != 2:
        return False
    return left.shape[1] == right.shape[0] and (left.shape[0], right.shape[1]) == shape


def _remedy(folder: Path) -> str:
    return (
        "reinstall matcher"
        if folder == adapter_folder()
        else "MATCHER_ADAPTER must name a folder that `matcher train` wrote"
    )
