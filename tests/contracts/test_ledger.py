"""A project's submissions summed, on both databases."""

from domain.work.budget import Entry, Ledger, book
from domain.work.job import JobState, Submission, SubmissionState
from tests.builders import BEGINNING, a_board
from tests.contracts.databases import Database


def test_submissions_are_summed_by_what_is_known_of_them(database: Database) -> None:
    slot = database.keep(a_board()).slots[0]
    going, over = database.ask(slot), database.ask(slot, state=JobState.FAILED)

    def keep(job_id: str, number: int, **facts: object) -> None:
        told = {"generation": number, "project_id": slot.project_id, "provider": "openai"}
        told |= {"created_at": BEGINNING, "updated_at": BEGINNING}
        one = Submission.model_validate(
            {"key": f"{job_id}.{number}", "job_id": job_id} | told | facts
        )
        database.do(lambda work: work.jobs.add_submission(one))

    keep(going.id, 0, state=SubmissionState.INTENT, price_micros=5)
    keep(over.id, 0, state=SubmissionState.DONE, price_micros=5, cost_micros=4)
    keep(over.id, 1, state=SubmissionState.DONE, price_micros=5)
    keep(over.id, 2, state=SubmissionState.DONE)
    keep("purged", 0, state=SubmissionState.FORGOTTEN, price_micros=7)
    keep("another", 0, state=SubmissionState.DONE, price_micros=99, project_id="another")
    with database.works(reading=True) as work:
        found = work.jobs.entries(slot.project_id)
    assert Entry(SubmissionState.DONE, False, 9, 1) in found  # noqa: FBT003 - a row
    assert book(found) == Ledger(spent=9, reserved=5, uncertain=7, unknown=1)
