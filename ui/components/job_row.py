"""One job in the list: a line that says how it stands, and within it all that is known of it."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from domain.events import Event
from domain.usecases.control import JobRecord
from domain.work.blocking import WORDS, Reason
from domain.work.fixes import can_retry
from domain.work.job import Job, JobState, Submission
from ui.components.flag import spell
from ui.components.node import Node, boundary

FLAGS = {
    JobState.QUEUED: "pending",
    JobState.RUNNING: "running",
    JobState.SUCCEEDED: "done",
    JobState.FAILED: "failed",
    JobState.BLOCKED: "blocked",
    JobState.CANCELLED: "cancelled",
}
POLLING = frozenset({"waits", "claimed"})
Open = Callable[["JobRow"], Any]
Press = Callable[[str, str], Any]


class JobRow:
    """``on_open`` is asked to fill it when a person opens it; ``on_verb`` gets verb and job id."""

    def __init__(self, *, on_open: Open, on_verb: Press, may_act: bool) -> None:
        self.job: Job | None = None
        self.is_open = False
        self._on_open, self._on_verb, self._may_act = on_open, on_verb, may_act
        with boundary():
            self.element = Node("details", "entry")
        with self.element:
            with Node("summary"):
                self._state = Node("span", "mini")
                self._label = Node("b")
                self._project = Node("span")
                self._words = Node("span")
                self._took = Node("span", "num")
                self._at = Node("span", "num")
            self._within = Node("div", "within")
        self.element.on("toggle", self._toggled, js_handler="(e) => emit(e.target.open)")

    def paint(self, job: Job, project: str) -> None:
        """Another job than before closes it."""
        if self.job is not None and self.job.id != job.id and self.is_open:
            self.is_open = False
            self._within.clear()
            self.element.run_method("removeAttribute", "open")
        self.job = job
        flag = FLAGS[job.state]
        self.element.patch(data_job=job.id, data_state=job.state)
        self._state.patch(text=job.state.capitalize(), data_flag=flag)
        self._label.patch(text=job.label)
        self._project.patch(text=project)
        self._words.patch(text=words_of(job))
        self._took.patch(text=took(job, time.time()))
        self._at.patch(text=f"{job.created_at:%Y-%m-%d %H:%M}")

    def fill(self, record: JobRecord) -> None:
        """What is known of it, in four parts."""
        job = record.job
        self._within.clear()
        with self._within:
            self._buttons(job)
            if job.error:
                self._part("Error", [job.error])
            self._part("Job", facts_of(job, record.slots), mono=True)
            self._part("Submissions", [told(one) for one in record.submissions], mono=True)
            self._part("History", history_of(record.events), mono=True)

    def _buttons(self, job: Job) -> None:
        verbs = []
        if job.state.is_active or job.state is JobState.BLOCKED:
            verbs.append(("cancel", "Cancel"))
        if can_retry(job):
            verbs.insert(0, ("retry", "Retry"))
        if not verbs or not self._may_act:
            return
        with Node("div", "acts"):
            for verb, name in verbs:
                button = Node("button", "btn", text=name, type="button")
                button.patch(aria_label=name)
                button.on("click", lambda verb=verb: self._on_verb(verb, job.id), args=[])

    def _part(self, title: str, lines: list[str], *, mono: bool = False) -> None:
        with Node("section", aria_label=title):
            Node("h3", text=title)
            for line in lines or ["None"]:
                Node("p", "mono" if mono else "", text=line)

    def _toggled(self, event: Any) -> Any:
        self.is_open = bool(event.args)
        return self._on_open(self) if self.is_open else None


def words_of(job: Job) -> str:
    """Who makes what, and why it stands where it stands."""
    parts = [f"{job.media_type} by {job.provider}" if job.provider else str(job.media_type)]
    if job.attempt > 1:
        parts.append(f"attempt {job.attempt}")
    if job.reason:
        parts.append(WORDS[Reason(job.reason)])
    if job.cancel and not job.state.is_over:
        parts.append("cancel asked for")
    return " · ".join(parts)


def took(job: Job, now: float) -> str:
    """From the first claim to the end, or until now."""
    if job.started_at is None:
        return ""
    until = job.ended_at.timestamp() if job.ended_at else now
    return spell(until - job.started_at.timestamp())


def facts_of(job: Job, slots: tuple[str, ...]) -> list[str]:
    facts = {
        "id": job.id,
        "slots": ", ".join(slots),
        "asked": _moment(job.created_at),
        "began": _moment(job.started_at),
        "ended": _moment(job.ended_at),
        "attempts": f"{job.attempt} claims, {job.fails} refused, {job.crashes} workers lost",
        "retry of": job.retry_of or "",
    }
    return [f"{name}: {value}" for name, value in facts.items() if value]


def told(submission: Submission) -> str:
    """A provider's call: state, its own id for it, and what it said."""
    number = submission.provider_job_id or "no id yet"
    parts = [_moment(submission.created_at), submission.provider, submission.state, number]
    if submission.error:
        parts.append(submission.error)
    return " · ".join(parts)


def history_of(events: Sequence[Event]) -> list[str]:
    """A line each; the turns of asking a provider how far it is are one line."""
    lines: list[str] = []
    turns = 0
    for event in events:
        if event.action in POLLING:
            turns += event.action == "claimed"
            continue
        if turns:
            lines.append(f"{_moment(event.at)} · looked after {turns} time{'s' * (turns > 1)}")
            turns = 0
        lines.append(happened(event))
    return [*lines, f"looked after {turns} times so far"] if turns else lines


def happened(event: Event) -> str:
    who = event.actor or "by itself"
    why = event.detail.get("error") or ""
    parts = [_moment(event.at), event.action, event.job_state or "", event.shot or "", who, why]
    return " · ".join(part for part in parts if part)


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else ""
