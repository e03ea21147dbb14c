"""`matcher digest`: send what is due, show what would be sent, tell why something was."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.cli.common import context, json_option, organization_option, print_json, store_of

if TYPE_CHECKING:
    from matcher.bootstrap import Context
    from matcher.services.digest_replay import Replay

_WIDTH = 900


@click.group(invoke_without_command=True)
@click.option("--preview", "subject", metavar="ID", help="Write what a digest about this proposal, or of this "
              "subscription, would say now; send nothing.")  # fmt: skip
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Where the preview goes: digest.html, .txt, .eml and, with a Chromium on this machine, .png.",
)
@click.option("--minimum-fit", type=click.FloatRange(0, 1), default=0.4, show_default=True, help="Of the preview.")
@organization_option
@json_option
@click.pass_context
def digest(
    called: click.Context, subject: str | None, folder: Path, minimum_fit: float, organization: str, as_json: bool
) -> None:
    """Send every digest and every other mail that is due now; without a mail server, as .eml files in the outbox."""
    if called.invoked_subcommand is not None:
        return
    house = context()
    if subject is None:
        _send(house, as_json=as_json)
    else:
        _preview(house, subject, folder, minimum_fit, organization, as_json=as_json)


@digest.command()
@click.argument("digest_id")
@json_option
def replay(digest_id: str, as_json: bool) -> None:
    """Show why each match is in the digest DIGEST_ID or out of it; its last line names it."""
    from matcher.services.digest_replay import replay_digest, replay_view

    found = replay_digest(context().store, digest_id)
    if as_json:
        print_json(replay_view(found))
    else:
        click.echo("\n".join(_replay_lines(found)))


def _send(house: "Context", *, as_json: bool) -> None:
    from matcher.services.run_job import run_job
    from matcher.services.send_digests import send_digests
    from matcher.services.send_mails import send_mails

    def work() -> dict[str, int]:
        waiting = send_mails(house.store, house.outgoing).counts
        counts = send_digests(house.store, house.catalogue, house.outgoing).counts
        return {name: count + waiting.get(name, 0) for name, count in counts.items()}

    counts = run_job(house.store, "digest", work)
    if as_json:
        print_json(dict(counts))
    else:
        click.echo("digests: " + ", ".join(f"{count} {name}" for name, count in counts.items()))


def _preview(
    house: "Context", subject: str, folder: Path, minimum_fit: float, organization: str, *, as_json: bool
) -> None:
    from matcher.cli.screenshot import browser, screenshot
    from matcher.domain.subscription import Subscription
    from matcher.errors import NotFound
    from matcher.services.digest_preview import preview

    store = store_of(house, organization)
    try:
        subscription = store.subscriptions.get(subject)
    except NotFound:
        store.proposals.get(subject)
        subscription = Subscription(
            "preview", subject, "reader@localhost", minimum_fit=minimum_fit, organization_id=organization
        )
    found = preview(house.store, house.catalogue, house.outgoing, subscription, datetime.now(UTC))
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"digest.{name}" for name in ("html", "txt", "eml", "png")}
    files["html"].write_text(found.rendered.html, encoding="utf-8")
    files["txt"].write_text(found.rendered.text, encoding="utf-8")
    files["eml"].write_bytes(found.message.as_bytes())
    program = browser()
    if program is None or not screenshot(program, found.rendered.html, files["png"], _WIDTH):
        click.echo("no picture: no Chromium was found on this machine, or it failed", err=True)
        del files["png"]
    if as_json:
        print_json({"subject": found.rendered.subject, **{name: str(path) for name, path in files.items()}})
    else:
        click.echo("\n".join([found.rendered.subject, *map(str, files.values())]))


def _replay_lines(found: "Replay") -> list[str]:
    mail = found.mail
    lines = [f"Digest {mail.mail_id}, {mail.period}, {mail.state.value}", f"Scorer {', '.join(found.fingerprints)}"]
    for page in found.pages:
        lines += ["", f"Subscription {page.subscription_id}"]
        for one in page.decisions:
            decision = one.decision
            fit = "   -" if decision.fit is None else f"{decision.fit:.2f}"
            mark = "in " if decision.fate.is_shown else "out"
            lines.append(f"  {mark}  {fit}  {one.title or decision.opportunity_id}: {decision.fate.value}")
    return lines
