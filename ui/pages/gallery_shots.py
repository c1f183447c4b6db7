"""The gallery's shots: one per flag, and the cases that go wrong easily."""

from domain.media.kind import ProviderKind
from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.take import Review
from domain.work.views import ShotView
from ui.pages.gallery_fixtures import clip, job, music, problem, ready, shot, shown, voice


def every_flag(now: float) -> list[ShotView]:
    """One shot per flag, and the cases that go wrong easily."""
    failed = problem(Reason.CONTENT_POLICY, "edit_prompt", "Edit prompt", state="failed")
    timeout = problem(Reason.TIMEOUT, "retry", "Retry")
    key = problem(Reason.MISSING_CREDENTIALS, "open_providers", "Add key", state="blocked")
    look = problem(Reason.LOOK_NOT_APPROVED, "open_look", "Open look")
    running = job(progress=0.64, started_at=now - 42)
    untold = job(provider="comfyui", started_at=now - 42)
    second = job(tries=2, progress=0.31, started_at=now - 9)
    queued = job(JobState.QUEUED, position=3)
    again = job(JobState.QUEUED, attempt=1)
    return [
        shot("SH0080", "She strikes it. For one second the sea is white.", {}, clip(), voice()),
        shot(
            "SH0060",
            "Her hand on the iron door, cold enough to stick.",
            {"state": "pending", "job": queued},
            clip(),
        ),
        shot(
            "SH0040",
            "A sail turns, too late, toward the rocks.",
            shown(1, 265, state="running", job=running),
            clip(),
        ),
        shot(
            "SH0041",
            "Mira (off): “It went out. So I lit it again.”",
            shown(1, 30),
            clip(),
            voice(state="failed"),
        ),
        shot(
            "SH0030",
            "The lantern room is dark. One pane is cracked.",
            shown(2, 285, newer="take3", newer_number=3, takes=3),
            clip(),
            voice(**ready()),
        ),
        shot("SH0050", "She runs. The stairs count back.", failed, clip(), voice(state="failed")),
        shot(
            "SH0070",
            "Inside the lamp: a nest, and in it, a match.",
            {**key, "job": job(JobState.BLOCKED, provider="fal")},
            clip(),
            music(state="blocked"),
        ),
        shot("SH0051", "Books in two rows. One is missing.", {"state": "cancelled"}, clip()),
        shot(
            "SH0031",
            "On the table: the match, burned to the end.",
            shown(1, 210, currency="stale", newer="take2", newer_number=2),
            clip(**{**ready(), "currency": "stale"}),
        ),
        shot(
            "SH0010",
            "The last light goes down behind the point. Nobody has lit the lamp.",
            shown(4, 300, review=Review.APPROVED, selected="take4"),
            clip(**ready()),
            voice(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0090",
            "Dusk from the water. The beam sweeps over us.",
            shown(3, 320, review=Review.APPROVED, review_current=False, selected="take3"),
            clip(**{**ready(), "currency": "stale"}),
            music(**ready()),
        ),
        shot(
            "SH0021",
            "She has not taken off the coat.",
            shown(2, 20, review=Review.RETAKE, review_note="Lower angle, lose the lamp"),
            clip(),
            voice(**ready()),
        ),
        shot(
            "SH0020",
            "Mira, red scarf, stands below the tower and counts under her breath.",
            shown(2, 275, selected="take2"),
            clip(state="running"),
            voice(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0100",
            "Demo art: made by the fake provider. The leader is on the picture.",
            shown(1, 35, provider_kind=ProviderKind.FAKE),
            clip(**ready()),
            music(**ready()),
        ),
        shot(
            "SH0110",
            "No progress told: the clock runs, in the browser alone.",
            {"state": "running", "job": untold},
            clip(state="pending"),
        ),
        shot(
            "SH0120",
            "The old picture stays after a failure.",
            shown(1, 45, **{**timeout, "state": "failed"}),
            clip(),
        ),
        shot(
            "SH0130",
            "The old picture stays while a new one is made.",
            shown(2, 120, state="running", job=second),
            clip(**{**ready(), "currency": "stale"}),
        ),
        shot(
            "SH0140",
            "A gate: waits for a look, and keeps what it has.",
            shown(1, 160, **{**look, "state": "blocked"}),
        ),
        shot(
            "SH0150",
            "Waits to be tried again, after a stumble of the provider.",
            {"state": "pending", "job": again},
            voice(**{**ready(), "review": Review.APPROVED}),
        ),
        shot(
            "SH0160_A_VERY_LONG_CODE",
            "Your own picture; the longest title that a card can carry is cut at the end of "
            "the second line, wherever that may be.",
            shown(12, 190, provider_kind=ProviderKind.UPLOAD, review=Review.WFA),
            clip(state="blocked"),
            voice(state="failed"),
            music(state="running"),
        ),
    ]
