"""``/metrics``: the house in figures, as Prometheus reads them (text format 0.0.4).

The database is asked at most every few seconds, however many ask.
"""

import platform
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from fastapi import APIRouter
from starlette.responses import Response

from domain.usecases.measuring import Measuring
from domain.work.figures import BUCKETS, Figures

TYPE = "text/plain; version=0.0.4; charset=utf-8"
FRESH_S = 5.0
Labels = Mapping[str, str]


class Metrics:
    """Remembers the last figures for a moment."""

    def __init__(self, measuring: Measuring, viewers: Callable[[], int], version: str) -> None:
        self._measuring = measuring
        self._viewers = viewers
        self._version = version
        self._lock = threading.Lock()
        self._read_at = float("-inf")
        self._figures: Figures | None = None

    def text(self) -> str:
        with self._lock:
            if self._figures is None or time.monotonic() - self._read_at > FRESH_S:
                self._figures = self._measuring.figures()
                self._read_at = time.monotonic()
            figures = self._figures
        return "\n".join([*_lines(figures), *self._own(), ""])

    def _own(self) -> Iterator[str]:
        yield from _family("viewers", "gauge", "Pages open on this server", [({}, self._viewers())])
        build = {"version": self._version, "python": platform.python_version()}
        yield from _family("build_info", "gauge", "What runs here", [(build, 1)])


def metrics_routes(measuring: Measuring, *, viewers: Callable[[], int], version: str) -> APIRouter:
    router = APIRouter(tags=["health"])
    metrics = Metrics(measuring, viewers, version)

    @router.get("/metrics", include_in_schema=False)
    def get_metrics() -> Response:
        return Response(metrics.text(), media_type=TYPE)

    return router


def _lines(figures: Figures) -> Iterator[str]:
    jobs = [({"state": state}, count) for state, count in figures.jobs.items()]
    yield from _family("jobs", "gauge", "Jobs by state", jobs)
    blocked = [({"reason": reason}, count) for reason, count in sorted(figures.blocked.items())]
    yield from _family("jobs_blocked", "gauge", "Blocked jobs by reason", blocked)
    words = "How long the oldest queued job waits"
    yield from _family("queue_age_seconds", "gauge", words, [({}, figures.oldest_queued_s)])
    yield from _family("workers", "gauge", "Live worker processes", [({}, figures.workers)])
    submissions = [
        ({"provider": provider, "outcome": outcome}, count)
        for (provider, outcome), count in sorted(figures.submissions.items())
    ]
    yield from _family("submissions", "gauge", "Calls of providers by outcome", submissions)
    yield from _family("events_total", "counter", "Events written", [({}, figures.events)])
    yield from _making(figures)


def _making(figures: Figures) -> Iterator[str]:
    name = "framewright_making_seconds"
    yield f"# HELP {name} From a job's first claim to its success"
    yield f"# TYPE {name} histogram"
    for one in figures.makings:
        labels = {"provider": one.provider, "media_type": one.media_type}
        for limit, count in zip(BUCKETS, one.within, strict=True):
            yield f"{name}_bucket{_braced(labels | {'le': f'{limit:g}'})} {count}"
        yield f"{name}_bucket{_braced(labels | {'le': '+Inf'})} {one.count}"
        yield f"{name}_sum{_braced(labels)} {one.seconds:.6g}"
        yield f"{name}_count{_braced(labels)} {one.count}"


def _family(
    name: str, kind: str, words: str, values: Sequence[tuple[Labels, float]]
) -> Iterator[str]:
    yield f"# HELP framewright_{name} {words}"
    yield f"# TYPE framewright_{name} {kind}"
    for labels, value in values:
        yield f"framewright_{name}{_braced(labels)} {value:.10g}"


def _braced(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
