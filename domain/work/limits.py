"""The job engine's numbers (DESIGN.md, *Jobs*)."""

from datetime import timedelta

from domain.media.staging import MediaType

MAX_FAILS = 5
MAX_CRASHES = 10
LEASE = timedelta(seconds=30)
BEAT_S = 5.0
REHINT = timedelta(seconds=30)
USUAL_CONCURRENCY = 4
"""Jobs in flight at a provider that no worker has named a limit for yet."""
BATCH, CLICK = 0, 10
"""Priorities: what one person asked for by hand goes before what a batch asked for."""
LAST_PLACE = 999
"""Places in a provider's line are told up to here; counting a longer line would cost more."""
MAKINGS_LOOKED_AT = 20
"""The last ones of a kind, whose median is what the next one is expected to take."""
LONGEST_WAIT = timedelta(minutes=10)
"""However long a provider asks to be left alone: somebody waits."""
UNHEARD = timedelta(seconds=1)
"""A due job unclaimed for this long may have lost its hint."""

DEADLINES: dict[MediaType, timedelta] = {
    MediaType.IMAGE: timedelta(minutes=10),
    MediaType.VECTOR: timedelta(minutes=10),
    MediaType.VOICE: timedelta(minutes=2),
    MediaType.MUSIC: timedelta(minutes=5),
    MediaType.VIDEO: timedelta(minutes=30),
    MediaType.DATA: timedelta(minutes=10),
}
"""How long one submission may take from its job's claim on, waits between retries not counted."""
