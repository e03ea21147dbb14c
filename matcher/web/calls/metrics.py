"""What Prometheus reads: how long answers take, how full the queue is, what was encoded, and how old the jobs are."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, current_app, request
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from matcher.store.records import JobOutcome
from matcher.web.calls.access import open_on_this_machine
from matcher.web.calls.request_log import seconds_so_far
from matcher.web.house import House

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_KEY = "matcher.metrics"

_metrics = Blueprint("metrics", __name__)


class HouseMetrics(Collector):
    """Reads the figures of a house at the moment that they are asked for."""

    def __init__(self, house: House) -> None:
        self._house = house

    def collect(self) -> Iterable[Metric]:
        """Return every figure; of jobs, the latest runs of each name."""
        queue, encoder = self._house.encoding, self._house.context.encoder
        yield GaugeMetricFamily("matcher_encoding_queue_taken", "Calls that encode or wait for it.", queue.taken)
        yield GaugeMetricFamily("matcher_encoding_queue_places", "Calls that may at most.", queue.places)
        yield CounterMetricFamily("matcher_encoding_queue_refused", "Calls that found no place.", value=queue.refused)
        yield CounterMetricFamily("matcher_encoded_texts", "Texts that were encoded.", value=encoder.encoded_count)
        yield CounterMetricFamily("matcher_cached_texts", "Texts whose vector was kept.", value=encoder.found_count)
        reads = self._house.reads
        yield CounterMetricFamily(
            "matcher_kept_reads", "Reads that were answered from memory.", value=reads.found_count
        )
        store = self._house.whole_store
        yield GaugeMetricFamily("matcher_matches", "Matches that are kept.", store.matches.count())
        yield from self._ages()

    def _ages(self) -> Iterator[Metric]:
        """Yield how long ago each job began last, and how long ago it last succeeded."""
        jobs, now = self._house.whole_store.jobs, datetime.now(UTC)
        for name, meaning, runs in (
            ("matcher_job_age_seconds", "Seconds since a job began last.", jobs.latest()),
            (
                "matcher_job_success_age_seconds",
                "Seconds since a job last succeeded.",
                jobs.latest(JobOutcome.SUCCEEDED),
            ),
        ):
            family = GaugeMetricFamily(name, meaning, labels=["job"])
            for run in runs:
                family.add_metric([run.name], (now - run.started_at).total_seconds())
            yield family


class RequestTimes:
    """How long answers take, by method, route and status."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "matcher_request_seconds",
            "How long an answer took.",
            ("method", "route", "status"),
            registry=self.registry,
            buckets=_BUCKETS,
        )

    def observe(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count one answer."""
        self._seconds.labels(method, route or "unknown", int(status)).observe(seconds)


def install_metrics(app: Flask, house: House, times: RequestTimes) -> None:
    """Measure every request that `app` answers, and show the figures at `/metrics`."""
    times.registry.register(HouseMetrics(house))
    app.extensions[_KEY] = times.registry

    def measure(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else None
        times.observe(request.method, route, response.status_code, seconds_so_far())
        return response

    app.after_request(measure)
    app.register_blueprint(_metrics)


@_metrics.get("/metrics")
@open_on_this_machine
def metrics() -> Response:
    """Return the figures of this process, in the text format of Prometheus."""
    return Response(generate_latest(current_app.extensions[_KEY]), content_type=CONTENT_TYPE_LATEST)
