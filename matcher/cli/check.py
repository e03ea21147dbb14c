"""`matcher check`: whether all that is stored agrees with itself."""

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from matcher.cli.common import chosen_settings, json_option, print_json

if TYPE_CHECKING:
    from matcher.services.check import CheckReport

_SHOWN_OF_A_RULE = 20
_EXIT_FOUND = 1


@click.command("check")
@click.option("--mend", is_flag=True, help="Take away wrong matches and vectors; both are made anew from the rest.")
@json_option
def check_command(mend: bool, as_json: bool) -> None:
    """Hold all that is stored against itself, and tell what should never be; the exit code is then 1.

    Matches rest on present revisions or are known to be stale, due digests exist once, vectors are whole, quotes stand
    where they are said to stand, the ledger adds up, references lead somewhere. It may run while others write.
    """
    from matcher.bootstrap import real_encoder
    from matcher.services.check import check
    from matcher.services.check import mend as mend_what

    chosen = chosen_settings()
    report = check(chosen.store_url, real_encoder(chosen).model_id, datetime.now(UTC))
    mended = mend_what(chosen.store_url, report) if mend else 0
    if as_json:
        print_json({**asdict(report), "mended": mended})
    else:
        _tell(report, mended)
    if not report.is_sound:
        raise SystemExit(_EXIT_FOUND)


def _tell(report: "CheckReport", mended: int) -> None:
    told: Counter[str] = Counter()
    for finding in report.findings:
        told[finding.rule] += 1
        if told[finding.rule] <= _SHOWN_OF_A_RULE:
            click.echo(f"{finding.rule}: {finding.subject}: {finding.found}; {finding.advice}")
    for rule, count in told.items():
        if count > _SHOWN_OF_A_RULE:
            click.echo(f"{rule}: and {count - _SHOWN_OF_A_RULE:,} more")
    rows = sum(report.looked_at.values())
    if mended:
        click.echo(f"mended: {mended:,} rows were taken away; `matcher rescore` makes the matches anew")
    if report.to_encode:
        click.echo(f"to be encoded when they are next needed: {report.to_encode:,} texts")
    click.echo(f"checked: {rows:,} rows, {len(report.findings):,} findings")
