"""The local voice: eSpeak NG, no key and no network. One fresh process a line."""

from dataclasses import asdict
from pathlib import Path

from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.work.blocking import Reason
from domain.work.provider import (
    Ask,
    Capabilities,
    Handle,
    Made,
    ProviderError,
    Readiness,
    Update,
)
from jobs.alone import run_alone
from jobs.providers.packages import folder_of, readiness
from jobs.speech.say import say_line
from jobs.speech.voices import UnknownVoice, installed, words_a_minute

NAME = "espeak"
PACKAGE = "espeakng_loader"
MODEL = "eSpeak NG"
LIMIT_S = 60.0
CAPABILITIES = Capabilities(
    kind=ProviderKind.LOCAL,
    makes=frozenset({MediaType.VOICE}),
    spec_types=frozenset({"tts"}),
    concurrency=2,
)


class EspeakProvider:
    """`domain.work.provider.Provider`. The same ask gives the same bytes on one machine."""

    name = NAME
    capabilities = CAPABILITIES

    def check(self) -> Readiness:
        return readiness(NAME, PACKAGE)

    def submit(self, ask: Ask) -> Handle:
        """Raises ProviderError: missing voice with the ones near it, invalid for a pace."""
        spec = ask.spec
        package = folder_of(PACKAGE) or Path()
        try:
            voices = installed(package / "espeak-ng-data")
            voice = voices.choose(spec.get("voice"), spec.get("language"))
            rate = words_a_minute(spec.get("pace"))
        except UnknownVoice as unknown:
            raise ProviderError(Reason.MISSING_VOICE, str(unknown)) from unknown
        except ValueError as error:
            raise ProviderError(Reason.INVALID_SPEC, f"espeak has {error}.") from error
        facts = {"voice": voice, "words_a_minute": rate}
        return Handle(provider_job_id=f"{NAME}-{ask.key}", facts=facts)

    def poll(self, handle: Handle) -> Update:  # noqa: ARG002 - the port has it
        return Update(phase="ready")

    def result(self, ask: Ask, handle: Handle) -> Made:
        text, facts = str(ask.spec["text"]), handle.facts
        spoken = run_alone(
            ask.tell, LIMIT_S, say_line, text, facts["voice"], facts["words_a_minute"]
        )
        words = [asdict(word) for word in spoken.words]
        realised = {**ask.spec, "model": MODEL, "spoken_by": facts["voice"], "words": words}
        return Made(data=spoken.wav, realised=realised, cost_micros=0)

    def cancel(self, handle: Handle) -> None:
        """What is under way is told by ``Ask.tell``."""
