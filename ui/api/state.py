"""``/projects/{project}/state``: the story as a client reads it, one shot at a time."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from domain.media.delivery import Client, client_named
from domain.studio import Studio
from domain.work.state import State
from ui.api.replies import reply
from ui.session import SignedIn

CLIENTS = (
    "Who asks, which decides how media come. `web` (the default): a signed `url`, whatever the "
    "size. `mobile`: `data` in base64 below 100 000 bytes, else `url`. `desktop`: an absolute "
    "`path`; for the owner on this machine alone, on a server that listens on loopback, with "
    "nobody between: else 403."
)
Cursor = Annotated[
    str | None, Query(description="A shot's code or id; without it the first shot of the script.")
]
Named = Annotated[
    str | None,
    Query(alias="client", description=CLIENTS, json_schema_extra={"enum": list(Client)}),
]
Told = Annotated[
    str | None, Header(alias="X-Client-Type", description="`client`, where the query has none.")
]
Inline = Annotated[
    Literal["svg"] | None,
    Query(
        description="`svg`: drawings below 100 000 bytes come as markup, `xml`, whoever asks. "
        "All of it is on the allow-list of drawings, so it can be set into a page."
    ),
]


def client_of(named: Named = None, told: Told = None) -> Client:
    """Raises Invalid for one that is not known."""
    return client_named(named or told or Client.WEB)


Asking = Annotated[Client, Depends(client_of)]


def state_routes(studio: Studio) -> APIRouter:
    router = APIRouter(tags=["story"])

    @router.get("/projects/{project}/state", response_model=State)
    def get_state(
        user: SignedIn, project: str, client: Asking, cursor: Cursor = None, inline: Inline = None
    ) -> Response:
        """One step of the story: its fragments in the order they are read, and its choices.

        Prose; the shot's media as authored; each concept in the shot (its cast, then its place)
        followed by its media; choices last. A slot without media gives its `fallback_text` as
        prose, or nothing, and is listed under `missing` with its state: `empty`, `pending`,
        `running`, `failed`, `blocked`, `cancelled`, or `unavailable` where its bytes can't be
        read now. A choice to a shot that lacks hard media is there, disabled, with the reason.
        A script of concepts alone is one step without a cursor.
        """
        found = studio.playback.state(
            user, project, cursor or None, client=client, inline_svg=inline is not None
        )
        return reply(found, Vary="X-Client-Type")

    return router
