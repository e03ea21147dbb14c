"""The web door: a factory that puts routes, errors and the description together."""

from functools import partial

from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from matcher import __version__
from matcher.bootstrap import Context
from matcher.services.keys import KeyRing
from matcher.services.reading import read_and_score
from matcher.web.calls.access import SECURITY_SCHEMES, admit, identify, open_to_all
from matcher.web.calls.answer_json import AnswerJson
from matcher.web.calls.background import BackgroundScoring
from matcher.web.calls.cross_origin import install_cross_origin
from matcher.web.calls.encoding_queue import EncodingQueue
from matcher.web.calls.envelopes import install_envelope
from matcher.web.calls.errors import Problem, invalid_parameters, register_problems
from matcher.web.calls.front import install_front
from matcher.web.calls.idempotency import install_idempotency
from matcher.web.calls.kept_rankings import KeptRankings
from matcher.web.calls.kept_reads import KeptReads
from matcher.web.calls.metrics import RequestTimes, install_metrics
from matcher.web.calls.rate_limits import CallCounter
from matcher.web.calls.read_again import keep_in_memory, note_version
from matcher.web.calls.representation import install_representation
from matcher.web.calls.request_log import install_request_log
from matcher.web.common_grants import envelopes as common_grants
from matcher.web.common_grants import routes as common_grants_routes
from matcher.web.house import House, install_house
from matcher.web.pages import mute_page, pages, reference_pages, subscription_pages
from matcher.web.pages.frame import load_templates
from matcher.web.rest import (
    amendment_routes,
    catalogue_routes,
    export_routes,
    feed_routes,
    feedback_routes,
    health_routes,
    match_routes,
    organization_routes,
    proposal_routes,
    source_routes,
    subscription_routes,
)
from matcher.web.rest.description import Description
from matcher.web.rest.source_queries import SourceNameConverter
from matcher.web.rest.uploads import MAXIMUM_REQUEST_BYTES, close_uploads
from matcher.web.warm_up import WarmUp

_SECTIONS = (
    match_routes,
    proposal_routes,
    feedback_routes,
    feed_routes,
    export_routes,
    catalogue_routes,
    source_routes,
    amendment_routes,
    subscription_routes,
    organization_routes,
    common_grants_routes,
    health_routes,
)
_DESCRIPTION = (
    "Ranks the funding opportunities that a nonprofit's proposal fits, and shows why with quotes from both sides. "
    "Every error is a problem of RFC 9457; every span counts Unicode code points; times are UTC."
)


def create_app(context: Context) -> OpenAPI:
    """Return the WSGI application that serves `context`; no model is loaded by this."""
    app = OpenAPI(
        __name__,
        info=Info(title="matcher", version=__version__, description=_DESCRIPTION),
        validation_error_model=Problem,
        validation_error_callback=invalid_parameters,
        security_schemes=SECURITY_SCHEMES,
        doc_ui=False,
        static_folder=None,
    )
    app.json = AnswerJson(app)
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_REQUEST_BYTES
    _install_behaviour(app, context)
    register_problems(app)
    install_envelope(app, common_grants.PREFIX, common_grants.error_envelope)
    app.teardown_request(close_uploads)
    app.url_map.converters["source_name"] = SourceNameConverter
    for module in _SECTIONS:
        app.register_api(module.routes)
    pages.install_pages(app)
    app.register_blueprint(subscription_pages.pages)
    app.register_blueprint(mute_page.pages)
    description = Description(app, common_grants.describe_errors)
    reference_pages.install_reference(app, description)
    app.add_url_rule("/openapi.json", "openapi", open_to_all(lambda: description()))
    return app


def _install_behaviour(app: OpenAPI, context: Context) -> None:
    """Add what holds for every call; what comes first sees a request first, and its answer last."""
    settings, times = context.settings, RequestTimes()
    install_request_log(app)
    app.after_request(keep_in_memory)
    install_representation(app)
    install_cross_origin(app, settings.cors_origins)
    app.before_request(note_version)
    app.before_request(identify)
    calls = CallCounter(app, settings.rate_limit)
    app.before_request(admit)
    # scoring may hold half of the threads, so that reads always find one
    queue = EncodingQueue(max(1, settings.threads // 2))
    scoring = BackgroundScoring(partial(_score, context, queue))
    warm_up = WarmUp(context, partial(load_templates, app))
    house = House(context, queue, KeyRing(context.store), calls, KeptReads(), KeptRankings(), scoring, warm_up)
    install_house(app, house)
    install_metrics(app, house, times)
    install_idempotency(app)
    install_front(app, house.version, house.reads, calls, times)


def _score(context: Context, queue: EncodingQueue, proposal_id: str) -> None:
    """Read and score one stored proposal when its turn has come."""
    with queue.turn():
        read_and_score(context.store, context.scorer, context.encoder, context.rescorer, proposal_id)
