"""A whole house whose live providers speak to wire-fakes: real database, store and inspector."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

from domain.access import OWNER
from domain.media.tag import MediaTag
from domain.work.job import Job, Submission
from domain.work.provider import Provider, Remote
from domain.work.take import Take
from domain.work.views import SlotView
from jobs.providers.configuration import BUILT_IN, LiveSettings
from jobs.providers.live import connect
from jobs.providers.wire.redaction import Redactor
from tests.jobs.workshop import Workshop

SCRIPT = """\
project: {{id: {key}, providers: {{image: {provider}, voice: {provider}}}{header}}}
blocks:
  - id: A
    content: The lamp.
    media: [{{media_id: m, media_spec: {spec}}}]
"""
PICTURE = "{type: stable_diffusion, prompt: a lamp, width: 640, height: 360, seed: 7}"
LINE = '{type: tts, text: "It went out.", pace: slow, language: de}'


def settings(adapter: str, base_url: str | None, **changes: Any) -> LiveSettings:
    """The built-in provider of that name, at another address."""
    one = next(one for one in BUILT_IN if one.name == adapter)
    return one.evolve(base_url=base_url, **changes)


class Keys(dict[str, str]):
    """Keys by their variables, which a test gives and takes; use in ``with``."""

    def __enter__(self) -> Self:
        self._connected: list[Remote] = []
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._connected:
            one.close()

    def find(self, name: str) -> str | None:
        return self.get(name)

    def origin(self, name: str) -> Literal["pasted"] | None:
        return "pasted" if name in self else None

    def put(self, name: str, key: str) -> None:
        self[name] = key

    def forget(self, name: str) -> None:
        self.pop(name, None)

    def connect(self, one: LiveSettings) -> Remote:
        self._connected.append(connect(one, self.get, Redactor(lambda: list(self.values()))))
        return self._connected[-1]


class WireHouse(Workshop):
    """Use in ``with``."""

    def __init__(
        self, folder: Path, providers: Sequence[Provider], *, keyring: Keys | None = None
    ) -> None:
        super().__init__(folder, providers, keyring=keyring)
        self.folder = folder
        self.provider = providers[0].name

    def ask(self, spec: str = PICTURE, *, key: str = "wire", header: str = "") -> SlotView:
        """Make a production of one slot and do what there is to do now."""
        script = SCRIPT.format(key=key, provider=self.provider, spec=spec, header=header)
        return self.make(script, key)["A/m"]

    def begin(self, spec: str = PICTURE, *, key: str = "wire") -> str:
        """Ask for it without doing it; the job's id."""
        script = SCRIPT.format(key=key, provider=self.provider, spec=spec, header="")
        self.studio.productions.create(OWNER, script.encode(), key=key)
        return self.studio.generation.generate(OWNER, key).jobs[0]

    def fulfil(self, job_id: str) -> None:
        self._fulfilment.fulfil(job_id)

    def resume(self) -> None:
        """Do what is due now, whatever made it so."""
        for job_id, _ in self.diary.hints:
            self._fulfilment.fulfil(job_id)

    def retry(self, key: str = "wire") -> SlotView:
        """As a person does, with all that follows."""
        self.diary.hints.clear()
        self.studio.control.retry(OWNER, self.job(key).id)
        return self.work(key)

    def work(self, key: str = "wire") -> SlotView:
        self.resume()
        return self.slots(key)["A/m"]

    def job(self, key: str = "wire") -> Job:
        """The newest."""
        return self.studio.control.listing(OWNER, project=key)[0]

    def submissions(self, key: str = "wire") -> Sequence[Submission]:
        """Of all jobs, oldest first."""
        jobs = reversed(self.studio.control.listing(OWNER, project=key, limit=500))
        with self.works(reading=True) as work:
            return [one for job in jobs for one in work.jobs.submissions(job.id)]

    def takes(self, slot: SlotView) -> Sequence[Take]:
        with self.works(reading=True) as work:
            return work.takes.of_slots([slot.id])

    def tag(self, take: Take) -> MediaTag:
        with self.works(reading=True) as work:
            [tag] = work.media.many([take.tag_id])
            return tag

    @property
    def stored(self) -> list[Path]:
        media = self.folder / "media"
        return [one for one in media.rglob("*") if one.is_file()] if media.exists() else []
