"""The end of a making: bytes are inspected and stored, then take and success are one commit."""

from domain.errors import Invalid, TooLarge, Unavailable, Unsupported
from domain.media import hashing
from domain.media.kind import ProviderKind
from domain.media.tag import Inspected, MediaTag
from domain.ports import UnitOfWork
from domain.usecases.asking import retire_blocked
from domain.usecases.base import Tools
from domain.work.blocking import Reason
from domain.work.inputs import contents, tainted
from domain.work.job import Job, JobState, Submission, SubmissionState
from domain.work.provider import Made, Provider, ProviderError
from domain.work.take import Take


class Finishing:
    """Turns a provider's result into takes of every slot that asked."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._registrar = tools.registrar()

    def finish(self, job: Job, provider: Provider, submission: Submission, made: Made) -> None:
        """Raises ProviderError (bad output, full disk) before anything of it counts."""
        kind = tainted(provider.capabilities.kind, job.inputs)
        found = self._inspect(job, kind, made)
        try:
            tag = self._registrar.take_in(
                made.data,
                found,
                kind=kind,
                origin=provider.name,
                media_type=job.media_type,
                project_id=job.project_id,
                reuse_key=job.reuse_key or None,
                adapted=job.spec,
                realised=made.realised,
            )
        except Unavailable as error:
            raise ProviderError(Reason.DISK_FULL, error.message) from error
        with self._tools.works() as work:
            self._keep(work, job, submission, self._registrar.register(work, tag), made)
            work.commit()

    def _inspect(self, job: Job, kind: ProviderKind, made: Made) -> Inspected:
        if not made.data:
            raise ProviderError(Reason.BAD_OUTPUT, "The provider answered with nothing.")
        try:
            found = self._tools.inspector.inspect(made.data)
        except (Unsupported, TooLarge, Invalid) as error:
            raise ProviderError(Reason.BAD_OUTPUT, error.message) from error
        asked = job.media_type
        both_sound = found.media_type.is_sound and asked.is_sound
        if found.media_type is not asked and not both_sound:
            message = f"The provider sent {found.media_type} where {asked} was asked for."
            raise ProviderError(Reason.BAD_OUTPUT, message)
        if kind is ProviderKind.FAKE and not found.marked_fake:
            raise ProviderError(Reason.BAD_OUTPUT, "Demo output without the demo mark.")
        return found

    def _keep(
        self, work: UnitOfWork, job: Job, submission: Submission, tag: MediaTag, made: Made
    ) -> None:
        now = work.jobs.get(job.id)
        late = now is not None and now.cancel
        asked = work.jobs.slots_of(job.id)
        if not late:
            retire_blocked(work, list(asked))
        for slot_id, basis in asked.items():
            work.takes.add(
                Take(
                    id=self._tools.new_id(),
                    slot_id=slot_id,
                    project_id=job.project_id,
                    number=0,
                    tag_id=tag.id,
                    kind=tag.kind,
                    origin="made",
                    basis=basis,
                    asked=hashing.spec_bases(job.spec, contents(job.inputs)),
                    inputs=contents(job.inputs),
                    reuse_key=job.reuse_key,
                    realised=made.realised,
                    job_id=job.id,
                    late=late,
                    slot_version=0,
                    created_at=self._tools.clock.now(),
                )
            )
        cost = submission.cost_micros if made.cost_micros is None else made.cost_micros
        work.jobs.save_submission(submission.evolve(state=SubmissionState.DONE, cost_micros=cost))
        end = JobState.CANCELLED if late else JobState.SUCCEEDED
        work.jobs.move(job, end, action=end.value, began=False, error=None, reason=None)
        self._tools.dependents(work).follow(list(asked))
