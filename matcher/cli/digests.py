"""`matcher subscribe` and `matcher digest`: the weekly mail."""

from datetime import UTC, datetime

import click

from matcher.cli.common import context, json_option, organization_option, print_json, store_of


@click.command("subscribe")
@click.argument("proposal_id")
@click.argument("email_address")
@click.option("--weekday", type=click.IntRange(0, 6), default=0, show_default=True, help="0 is Monday.")
@click.option("--hour", type=click.IntRange(0, 23), default=8, show_default=True, help="Local to the time zone.")
@click.option("--time-zone", default="UTC", show_default=True, help="An IANA name such as America/Los_Angeles.")
@click.option("--minimum-fit", type=click.FloatRange(0, 1), default=0.4, show_default=True)
@organization_option
@json_option
def subscribe_command(
    proposal_id: str,
    email_address: str,
    weekday: int,
    hour: int,
    time_zone: str,
    minimum_fit: float,
    organization: str,
    as_json: bool,
) -> None:
    """Mail EMAIL_ADDRESS a weekly digest about the stored proposal PROPOSAL_ID."""
    from matcher.services.subscribe import subscribe

    subscription = subscribe(
        store_of(context(), organization),
        proposal_id,
        email_address,
        weekday=weekday,
        hour=hour,
        zone=time_zone,
        minimum_fit=minimum_fit,
    )
    if as_json:
        print_json({"subscription_id": subscription.subscription_id})
    else:
        click.echo(subscription.subscription_id)


@click.command()
@json_option
def digest(as_json: bool) -> None:
    """Send every digest that is due now; without a mail server, as .eml files in the outbox."""
    from matcher.services.run_job import run_job
    from matcher.services.send_digests import send_digests

    house = context()
    counts = run_job(
        house.store,
        "digest",
        lambda: send_digests(house.store, house.catalogue, house.outgoing, datetime.now(UTC)).counts,
    )
    if as_json:
        print_json(dict(counts))
    else:
        click.echo("digests: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
