"""The dramatiq broker of each mode. Messages are hints with a job id; losing one is harmless.

Unused on purpose: dramatiq's retries, delays, time limits and results (JOBS.md A3).
"""

import logging
from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dramatiq import Broker
from dramatiq.brokers.stub import StubBroker

from domain.errors import Unavailable

QUEUE = "jobs"
ACTOR = "fulfil"
PATIENCE_S = 2


def make_broker(redis_url: str | None, *, namespace: str = "framewright") -> Broker:
    """In process without ``redis_url``, on Redis with it; ``namespace`` prefixes Redis keys."""
    logging.getLogger("dramatiq").setLevel(logging.WARNING)
    if redis_url is None:
        broker: Broker = StubBroker(middleware=[])
    else:
        from jobs.redis_broker import ClosingRedisBroker  # noqa: PLC0415 - only the shared mode

        make: Callable[..., Broker] = ClosingRedisBroker
        broker = make(url=_impatient(redis_url), middleware=[], namespace=namespace)
    broker.declare_queue(QUEUE)
    return broker


def reach(broker: Broker) -> None:
    """Raise Unavailable where Redis is out of reach; in process there is nothing to reach."""
    client = getattr(broker, "client", None)
    if client is None:
        return
    try:
        client.ping()
    except Exception as error:
        raise Unavailable(f"Redis is out of reach: {error}") from error


def _impatient(redis_url: str) -> str:
    """A Redis that says nothing is given up: somebody waits for the answer to a click."""
    address = urlsplit(redis_url)
    limits = {"socket_timeout": PATIENCE_S, "socket_connect_timeout": PATIENCE_S}
    query = limits | dict(parse_qsl(address.query))
    return urlunsplit(address._replace(query=urlencode(query)))
