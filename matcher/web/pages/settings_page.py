"""The settings that matter to a reader, as a page; they are changed where the service is installed."""

from flask import Response, url_for

from matcher.web.house import current_house
from matcher.web.pages.frame import page_room, show
from matcher.web.shown_settings import shown_settings

room = page_room("settings_pages")


@room.get("/settings")
def show_settings() -> Response:
    """Show what the service is set to."""
    groups = shown_settings(current_house().context.settings)
    return show("settings.html", twin=url_for("health.list_settings"), groups=groups)
