"""The number format follows what the processor reports."""

from pathlib import Path

import pytest

from matcher.embedding.precision import Precision, best_precision


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu sse2 avx512_bf16", Precision.BFLOAT16),
        ("fpu amx_bf16 amx_tile", Precision.BFLOAT16),
        ("fpu sse2 avx2 avx512f", Precision.FLOAT32),
        ("fpu not_avx512_bf16", Precision.FLOAT32),
    ],
)
def test_bfloat16_is_taken_only_where_the_processor_has_units_for_it(
    tmp_path: Path, flags: str, expected: Precision
) -> None:
    report = tmp_path / "cpuinfo"
    report.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: amx_bf16\n", encoding="utf-8")
    assert best_precision(report) is expected


def test_a_system_without_a_report_gets_float32(tmp_path: Path) -> None:
    assert best_precision(tmp_path / "absent") is Precision.FLOAT32
