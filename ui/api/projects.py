"""``/projects``: what productions there are, their boards, and asking for their media."""

from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from domain.access import User
from domain.studio import Studio
from domain.usecases.asking import Asked
from domain.usecases.control import Retried
from domain.usecases.generation import Scope
from domain.work.planning import Decision, Receipt
from domain.work.views import BoardView
from ui.api.glances import ProjectReply, project_facts
from ui.api.replies import Cursor, Limit, Page, Reply, dollars, page_of, reply
from ui.api.wishes import Wished
from ui.session import SignedIn


class Wish(Wished):
    """What to look at; slots by id, shots by id or code. Without both: everything in scope."""

    scope: Scope = "missing"
    slots: Sequence[str] | None = None
    shots: Sequence[str] | None = None


class Unmet(Reply):
    """A slot that can't be made now, and why."""

    slot: str
    reason: str | None
    detail: str
    provider: str | None


class PlanReply(Reply):
    """What generating would do; slot ids by what was decided. It changed nothing."""

    phases: Sequence[str]
    reuse: Sequence[str]
    attach: Sequence[str]
    create: Sequence[str]
    regenerate: Sequence[str]
    wait: Sequence[Unmet]
    blocked: Sequence[Unmet]
    unresolved_hard: Sequence[str]
    waived_soft: Sequence[str]
    price: float | Literal["unknown"]

    @classmethod
    def of(cls, receipt: Receipt) -> "PlanReply":
        price = dollars(receipt.price_micros)
        return cls(
            phases=receipt.phases,
            reuse=receipt.reuse,
            attach=receipt.attach,
            create=receipt.create,
            regenerate=receipt.regenerate,
            wait=[_unmet(one) for one in receipt.wait],
            blocked=[_unmet(one) for one in receipt.blocked],
            unresolved_hard=receipt.unresolved_hard,
            waived_soft=receipt.waived_soft,
            price="unknown" if price is None else price,
        )


def _unmet(decision: Decision) -> Unmet:
    return Unmet(
        slot=decision.slot_id,
        reason=decision.reason,
        detail=decision.detail,
        provider=decision.provider,
    )


def project_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["projects"])

    @router.get("/projects", response_model=Page[ProjectReply])
    def list_projects(user: SignedIn, limit: Limit = 100, cursor: Cursor = None) -> Response:
        found = studio.overview.listing(user, after=cursor or "", limit=limit + 1)
        answers = [ProjectReply(**project_facts(one)) for one in found]
        return reply(page_of(answers, limit, lambda one: one.id))

    @router.get("/projects/{project}", response_model=ProjectReply)
    def get_project(user: SignedIn, project: str) -> Response:
        return reply(ProjectReply(**project_facts(studio.overview.get(user, project))))

    @router.get("/projects/{project}/board", response_model=BoardView)
    def get_board(user: SignedIn, project: str) -> Response:
        return reply(studio.viewing.board(user, project))

    @router.post("/projects/{project}/plan", response_model=PlanReply)
    def plan(user: SignedIn, project: str, wish: Wish | None = None) -> Response:
        wish = wish or Wish()
        receipt = studio.generation.plan(
            user, project, wish.scope, slots=wish.slots, shots=wish.shots
        )
        return reply(PlanReply.of(receipt))

    @router.post("/projects/{project}/generate", response_model=Asked, status_code=202)
    def generate(user: SignedIn, project: str, wish: Wish | None = None) -> Response:
        wish = wish or Wish()
        asked = studio.generation.generate(
            user, project, wish.scope, slots=wish.slots, shots=wish.shots
        )
        return reply(asked, 202)

    @router.post("/projects/{project}/retry-failed", response_model=Retried, status_code=202)
    def retry_failed(user: SignedIn, project: str) -> Response:
        return reply(studio.control.retry_failed(user, project), 202)

    @router.post("/projects/{project}/pause", response_model=ProjectReply, status_code=202)
    def pause_project(user: SignedIn, project: str) -> Response:
        """Nothing more begins; what has begun goes on to its end."""
        return change(user, project, paused=True)

    @router.post("/projects/{project}/resume", response_model=ProjectReply, status_code=202)
    def resume_project(user: SignedIn, project: str) -> Response:
        return change(user, project, paused=False)

    def change(user: User, project: str, *, paused: bool) -> Response:
        studio.pausing.production(user, project, paused=paused)
        return reply(ProjectReply(**project_facts(studio.overview.get(user, project))), 202)

    return router
