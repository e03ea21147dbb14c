"""Adapt the encoder to the field: a LoRA adapter (Hu et al. 2021, arXiv 2106.09685) on pairs that belong together.

    python benchmarks/quality/train_adapter.py FOLDER-OF-BEIR-DIRECTORIES

writes `matcher/embedding/data/adapter.safetensors` and `adapter.json` (what it was trained on, and the log). Needs the
extra `train`; uses a GPU when there is one. What is held out is named below and never touched.
"""

import json
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from datasets import Dataset
from peft import LoraConfig, TaskType
from safetensors.torch import save_file
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.losses import MultipleNegativesRankingLoss
from sentence_transformers.training_args import BatchSamplers

from matcher.embedding.bundled_model import NAME, SHA256, bundled_model_folder, verify_weights
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.training_pairs import Pair, held_out, labelled_pairs, passage_pairs, title_pairs

TARGET = Path(__file__).parents[2] / "matcher" / "embedding" / "data"
SEED = 20261122
STATEMENTS = ("la2050-priorities-2014", "la2050-priorities-2015", "la2050-priorities-2018")
"""The year 2019 is held out."""
NOTICES = "nsf-awards-to-notices"
HELD_OUT_NOTICES = 0.5
LISTINGS = "neh-awards-to-assistance-listings"
"""Only titles and texts of the listings are read; its proposals and labels are held out, as are all other sets."""
MOST = {"statements": 1100, "notices": 900, "titles": 1000, "passages": 400}
"""Pairs of each kind and set at most, so that no set drowns the others."""
LEFT_OUT = ("PowerMyLearning", "Level Up")
"""Proposals that the acceptance tests judge."""
RANK, ALPHA, RATE, BATCH, TOKENS = 16, 32, 5e-4, 64, 128


def pairs_of(folder: Path, chance: random.Random) -> list[Pair]:
    """Return the training pairs of all sets, shuffled."""
    pairs: list[Pair] = []
    for name in STATEMENTS:
        benchmark = without_judged_proposals(read_benchmark(folder / name))
        pairs += some(list(labelled_pairs(benchmark, chance)), MOST["statements"], chance)
        pairs += some(list(passage_pairs(benchmark, chance)), MOST["passages"] // len(STATEMENTS), chance)
    notices = read_benchmark(folder / NOTICES)
    allowed = labelled_pairs(notices, chance, is_allowed=lambda name: not held_out(name, HELD_OUT_NOTICES))
    pairs += some(list(allowed), MOST["notices"], chance)
    pairs += some(
        [*title_pairs(notices, chance), *title_pairs(read_benchmark(folder / LISTINGS), chance)], MOST["titles"], chance
    )
    return some(pairs, len(pairs), chance)


def without_judged_proposals(benchmark: Benchmark) -> Benchmark:
    """Leave out the proposals that the acceptance tests judge."""
    kept = {
        name: proposal
        for name, proposal in benchmark.proposals.items()
        if not any(word in proposal.title or word in proposal.text for word in LEFT_OUT)
    }
    judgements = {name: grades for name, grades in benchmark.judgements.items() if name in kept}
    return Benchmark(benchmark.name, benchmark.opportunities, kept, judgements)


def some(pairs: list[Pair], most: int, chance: random.Random) -> list[Pair]:
    """Return a random choice of pairs."""
    return chance.sample(pairs, min(most, len(pairs)))


def train(pairs: list[Pair], scratch: str) -> tuple[SentenceTransformer, list[dict[str, float]]]:
    """Return the adapted model and the log of its training; `scratch` is a folder for what the trainer writes."""
    torch.manual_seed(SEED)
    verify_weights(bundled_model_folder())
    model = SentenceTransformer(str(bundled_model_folder()), local_files_only=True)
    model.max_seq_length = TOKENS
    model.add_adapter(
        LoraConfig(
            task_type=TaskType.FEATURE_EXTRACTION,
            r=RANK,
            lora_alpha=ALPHA,
            lora_dropout=0.05,
            target_modules=["query", "value", "dense"],
        )
    )
    data = Dataset.from_dict({"anchor": [pair.anchor for pair in pairs], "positive": [pair.positive for pair in pairs]})
    arguments = SentenceTransformerTrainingArguments(
        output_dir=scratch,
        num_train_epochs=1,
        per_device_train_batch_size=BATCH,
        learning_rate=RATE,
        warmup_steps=8,
        lr_scheduler_type="cosine",
        bf16=True,
        use_cpu=not torch.cuda.is_available(),
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        logging_steps=5,
        save_strategy="no",
        report_to=[],
        seed=SEED,
    )
    trainer = SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=data, loss=MultipleNegativesRankingLoss(model)
    )
    trainer.train()
    return model, [entry for entry in trainer.state.log_history if "loss" in entry]


def adapter_weights(model: SentenceTransformer) -> dict[str, torch.Tensor]:
    """Return the adapter's matrices by the name of the weight that each pair of them changes, as float16."""
    found = {}
    for name, tensor in model[0].auto_model.state_dict().items():
        if ".lora_A." in name or ".lora_B." in name:
            module, _, side = name.partition(".lora_")
            found[f"{module}.weight/{side[0]}"] = tensor.detach().to(torch.float16).contiguous()
    return found


def main(arguments: list[str]) -> None:
    """Train on the BEIR directories in the folder named on the command line."""
    chance = random.Random(SEED)  # noqa: S311 — no secret hangs on it
    pairs = pairs_of(Path(arguments[0]), chance)
    print(f"{len(pairs)} pairs", flush=True)
    started = time.monotonic()
    with TemporaryDirectory() as scratch:
        model, log = train(pairs, scratch)
    TARGET.mkdir(exist_ok=True)
    save_file(adapter_weights(model), TARGET / "adapter.safetensors")
    description = {
        "base": f"{NAME}@{SHA256[:12]}",
        "rank": RANK,
        "scale": ALPHA / RANK,
        "pairs": len(pairs),
        "seed": SEED,
        "statements": STATEMENTS,
        "notices": NOTICES,
        "held_out_share_of_notices": HELD_OUT_NOTICES,
        "minutes": round((time.monotonic() - started) / 60, 1),
        "log": [{"step": entry["step"], "loss": round(entry["loss"], 4)} for entry in log],
    }
    (TARGET / "adapter.json").write_text(json.dumps(description, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
