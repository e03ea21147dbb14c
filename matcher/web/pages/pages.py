"""The pages that a person reads in a browser, put together: the frame, errors, and every group of pages."""

from flask import Flask

from matcher.web.pages import (
    catalogue_page,
    compare_page,
    data_page,
    digest_pages,
    feed_pages,
    job_page,
    match_pages,
    one_match,
    opportunity_pages,
    proposal_pages,
    schedule_page,
    setting_aside,
    settings_page,
    sign_in_pages,
    source_page,
)
from matcher.web.pages.error_pages import install_error_pages
from matcher.web.pages.frame import install_frame
from matcher.web.pages.start_page import install_start_page

_ROOMS = (
    proposal_pages.room,
    match_pages.room,
    one_match.room,
    setting_aside.room,
    compare_page.room,
    feed_pages.room,
    catalogue_page.room,
    opportunity_pages.room,
    digest_pages.room,
    schedule_page.room,
    source_page.room,
    job_page.room,
    settings_page.room,
    sign_in_pages.pages,
    data_page.room,
)
"""Every group of pages, in the order in which a person meets them."""


def install_pages(app: Flask) -> None:
    """Serve the pages from `app`."""
    install_frame(app)
    install_error_pages(app)
    install_start_page(app)
    for room in _ROOMS:
        app.register_blueprint(room)
