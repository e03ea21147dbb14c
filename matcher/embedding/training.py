"""Adapt the default model to pairs of texts that belong together, by low-rank adaptation (Hu et al. 2021, 2106.09685).

Each pair is drawn together and away from the other texts of its batch (Henderson et al. 2017, arXiv 1705.00652). What
this needs beyond encoding comes with the extra `train`, and is imported when training starts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from matcher.embedding.bundled_model import bundled_model_folder, verify_weights
from matcher.errors import Unrecoverable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

RANK = 16
ALPHA = 32
_RATE = 5e-4
_BATCH = 64
_TOKENS = 128
_WARM_UP_STEPS = 8
_DROPOUT = 0.05
_LAYERS = ("query", "value", "dense")
_LOG_EVERY_STEPS = 5
_EXTRA = ("accelerate", "datasets", "peft")
_REPORTED = ("torch", "peft", "sentence-transformers")


class Watch(Protocol):
    """Sees each step of training go by."""

    def __call__(self, done: int, of: int, /) -> None:
        """Take notice that so many steps of all are done."""
        ...


@dataclass(frozen=True, slots=True)
class Training:
    """What came of a training.

    `weights` are the adapter's matrices in float16: for each weight of the model that it changes, `WEIGHT/A` and
    `WEIGHT/B`. `log` has the mean loss over the steps since the entry before. `device` is "cuda" or "cpu".
    """

    weights: "Mapping[str, Tensor]"
    log: list[dict[str, float]]
    device: str


def require_training_packages() -> None:
    """Check that all of the extra `train` is installed, without importing it.

    Raises:
        Unrecoverable: A package is missing.
    """
    if missing := [name for name in _EXTRA if find_spec(name) is None]:
        raise Unrecoverable(f"training needs {', '.join(missing)}: run `pip install 'matcher[train]'`")


def versions() -> dict[str, str]:
    """Return the versions of the libraries that the weights depend on, by name."""
    return {name: version(name) for name in _REPORTED}


def train_adapter(pairs: Sequence[tuple[str, str]], seed: int, watch: Watch) -> Training:
    """Train an adapter for the default model on each pair once, on a GPU where there is one.

    Batches are mixed over all pairs, and no text stands twice in one, because the second would be pushed away from what
    it belongs to.

    Args:
        pairs: Texts that belong together, in the order of training before batches are drawn.
        seed: Of the first weights and of the batches.
        watch: Is called after each step.

    Raises:
        Unrecoverable: The extra `train` is not installed, or the default model is not what was published.
    """
    require_training_packages()
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from transformers import PrinterCallback

    torch.manual_seed(seed)
    model = _adaptable_model()
    anchors, positives = zip(*pairs, strict=True)
    with TemporaryDirectory() as scratch:
        trainer = SentenceTransformerTrainer(
            model=model,
            args=_arguments(scratch, seed),
            train_dataset=Dataset.from_dict({"anchor": list(anchors), "positive": list(positives)}),
            loss=MultipleNegativesRankingLoss(model),
            callbacks=[_watcher(watch)],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
    log = [
        {"step": entry["step"], "loss": round(entry["loss"], 4)}
        for entry in trainer.state.log_history
        if "loss" in entry
    ]
    return Training(_weights(model), log, "cuda" if torch.cuda.is_available() else "cpu")


def _adaptable_model() -> "SentenceTransformer":
    """Return the default model with an adapter that changes nothing yet."""
    from peft import LoraConfig, TaskType
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # a bar for a load of a second only hides our own
    verify_weights(bundled_model_folder())
    model = SentenceTransformer(
        str(bundled_model_folder()),
        local_files_only=True,
        trust_remote_code=False,
        model_kwargs={"use_safetensors": True},
    )
    model.max_seq_length = _TOKENS
    model.add_adapter(
        LoraConfig(
            task_type=TaskType.FEATURE_EXTRACTION,
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=_DROPOUT,
            target_modules=list(_LAYERS),
        )
    )
    return model


def _arguments(scratch: str, seed: int) -> Any:  # noqa: ANN401 — a class of the extra
    """Return how to train; `scratch` is a folder for what the trainer writes."""
    import torch
    from sentence_transformers import SentenceTransformerTrainingArguments

    has_gpu = torch.cuda.is_available()
    return SentenceTransformerTrainingArguments(
        output_dir=scratch,
        num_train_epochs=1,
        per_device_train_batch_size=_BATCH,
        learning_rate=_RATE,
        warmup_steps=_WARM_UP_STEPS,
        lr_scheduler_type="cosine",
        bf16=not has_gpu or torch.cuda.is_bf16_supported(),
        use_cpu=not has_gpu,
        batch_sampler="no_duplicates",
        logging_steps=_LOG_EVERY_STEPS,
        save_strategy="no",
        report_to=[],
        disable_tqdm=True,
        seed=seed,
    )


def _watcher(watch: Watch) -> Any:  # noqa: ANN401 — a class of the extra
    """Return a callback of the trainer that tells `watch` of each step."""
    from transformers import TrainerCallback

    class Watcher(TrainerCallback):  # type: ignore[misc]  # transformers is not followed by mypy
        def on_step_end(self, args: object, state: Any, control: object, **_: object) -> None:  # noqa: ANN401
            watch(state.global_step, state.max_steps)

    return Watcher()


def _weights(model: "SentenceTransformer") -> "dict[str, Tensor]":
    """Return the adapter's matrices by the name of the weight that each two of them change."""
    import torch

    found = {}
    for name, tensor in model[0].auto_model.state_dict().items():
        if ".lora_A." in name or ".lora_B." in name:
            module, _, side = name.partition(".lora_")
            found[f"{module}.weight/{side[0]}"] = tensor.detach().to("cpu", torch.float16).contiguous()
    return found
