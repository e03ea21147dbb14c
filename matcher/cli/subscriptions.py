"""`matcher subscribe`, `matcher subscriptions` and `matcher suppressions`: who is mailed, and who no more."""

from datetime import UTC, datetime
from typing import Any

import click

from matcher.cli.common import context, json_option, organization_option, print_json, store_of

_MEANS = "command line"
_EVERYTHING = "all"


@click.command("subscribe")
@click.argument("proposal_id")
@click.argument("email_address")
@click.option("--weekday", type=click.IntRange(0, 6), default=0, show_default=True, help="0 is Monday.")
@click.option("--hour", type=click.IntRange(0, 23), default=8, show_default=True, help="Local to the time zone.")
@click.option("--time-zone", default="UTC", show_default=True, help="An IANA name such as America/Los_Angeles.")
@click.option("--minimum-fit", type=click.FloatRange(0, 1), default=0.4, show_default=True)
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(["new", "changed", "closing", "left_out"]),
    help="Only this part; may be given several times. Without it, all of them.",
)
@click.option("--quiet-weeks", is_flag=True, help="Mail also in a week in which nothing new fits.")
@click.option("--reminders", is_flag=True, help="Mail also on the day on which work on an application must begin.")
@click.option("--agreed", metavar="HOW", help="The reader agreed already, and how; no mail asks for confirmation.")
@organization_option
@json_option
def subscribe_command(
    proposal_id: str,
    email_address: str,
    agreed: str | None,
    organization: str,
    as_json: bool,
    **wishes: Any,  # noqa: ANN401
) -> None:
    """Mail EMAIL_ADDRESS a weekly digest about the stored proposal PROPOSAL_ID, or about `all` of the organization.

    A mail with a link asks for confirmation first; nothing else is mailed before.
    """
    from matcher.domain.subscription import EVERY_PART, DigestPart
    from matcher.services.subscribe import Wish, subscribe, subscribe_confirmed

    house = context()
    wish = Wish(
        email_address,
        None if proposal_id == _EVERYTHING else proposal_id,
        weekday=wishes["weekday"],
        hour=wishes["hour"],
        time_zone=wishes["time_zone"],
        minimum_fit=wishes["minimum_fit"],
        parts=tuple(map(DigestPart, wishes["parts"])) or EVERY_PART,
        mails_quiet_weeks=wishes["quiet_weeks"],
        wants_reminders=wishes["reminders"],
    )
    store, now = store_of(house, organization), datetime.now(UTC)
    if agreed is None:
        made = subscribe(store, wish, now, means=_MEANS, domain=house.outgoing.domain)
    else:
        made = subscribe_confirmed(store, wish, now, means=f"{_MEANS}: {agreed}")
    if as_json:
        print_json({"subscription_id": made.subscription_id, "state": made.state.value})
    else:
        click.echo(f"{made.subscription_id}: {made.state.value}")


@click.group()
def subscriptions() -> None:
    """List subscriptions, pause, resume or end one, or show what its reader agreed to."""


@subscriptions.command("list")
@organization_option
@json_option
def list_command(organization: str, as_json: bool) -> None:
    """List every subscription of an organization."""
    from matcher.services.subscription_words import about_words, schedule_words

    house = context()
    found = store_of(house, organization).subscriptions.all()
    if as_json:
        names = ("subscription_id", "proposal_id", "email_address", "weekday", "hour", "time_zone", "minimum_fit")
        print_json(
            {
                "subscriptions": [
                    {name: getattr(one, name) for name in names} | {"state": one.state.value} for one in found
                ]
            }
        )
        return
    for one in found:
        about = about_words(house.store, one)
        click.echo(f"{one.subscription_id}  {one.state.value}: {one.email_address}, {about}, {schedule_words(one)}")
    if not found:
        click.echo("no subscription yet; `matcher subscribe` asks for one")


@subscriptions.command("set")
@click.argument("subscription_id")
@click.argument("state", type=click.Choice(["paused", "resumed", "ended"]))
@organization_option
@json_option
def set_command(subscription_id: str, state: str, organization: str, as_json: bool) -> None:
    """Pause, resume or end a subscription."""
    from matcher.services.consent import pause, resume, unsubscribe
    from matcher.services.signed_links import Scope, Target

    store, now = store_of(context(), organization), datetime.now(UTC)
    if state == "ended":
        store.subscriptions.get(subscription_id)
        (changed,) = unsubscribe(store, Target(Scope.SUBSCRIPTION, subscription_id), now, _MEANS)
    else:
        changed = (pause if state == "paused" else resume)(store, subscription_id, now, _MEANS)
    if as_json:
        print_json({"subscription_id": changed.subscription_id, "state": changed.state.value})
    else:
        click.echo(f"{changed.subscription_id}: {changed.state.value}")


@subscriptions.command("consent")
@click.argument("subscription_id")
@json_option
def consent_command(subscription_id: str, as_json: bool) -> None:
    """Show what the reader of a subscription agreed to, when and how; also after it was deleted."""
    found = context().store.subscriptions.consents(subscription_id)
    if as_json:
        print_json(
            {"consents": [{"event": one.event.value, "at": one.at.isoformat(), "means": one.means} for one in found]}
        )
        return
    for one in found:
        click.echo(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.event.value}: {one.means}")


@click.group()
def suppressions() -> None:
    """List the addresses that are mailed no more, or let one be mailed again."""


@suppressions.command("list")
@json_option
def list_suppressions(as_json: bool) -> None:
    """List every suppressed address, latest first, with the reason."""
    found = context().store.suppressions.all()
    if as_json:
        print_json(
            {
                "suppressions": [
                    {"email_address": one.email_address, "cause": one.cause.value, "reason": one.reason}
                    | {"at": one.at.isoformat()}
                    for one in found
                ]
            }
        )
        return
    for one in found:
        click.echo(f"{one.email_address}  {one.cause.value} {one.at:%Y-%m-%d}: {one.reason}")
    if not found:
        click.echo("no address is suppressed")


@suppressions.command("remove")
@click.argument("email_address")
@json_option
def remove_suppression(email_address: str, as_json: bool) -> None:
    """Let an address be mailed again, once its owner says that it works."""
    context().store.suppressions.remove(email_address.lower())
    if as_json:
        print_json({"email_address": email_address.lower(), "suppressed": False})
    else:
        click.echo(f"{email_address.lower()}: mailed again")
