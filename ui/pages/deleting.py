"""Deleting from a page: say what it does, do it when confirmed, offer to undo it."""

from collections.abc import Awaitable, Callable
from typing import Any

from domain.access import User
from domain.errors import NeedsConfirmation, StudioError
from domain.usecases.trashing import Binned
from ui.call import call
from ui.components.confirm import Confirm
from ui.shell import Scene

Act = Callable[[User, str, str | None], Binned]
Done = Callable[[], Awaitable[None]]

TO_TRASH = "It goes to the trash, where it can be brought back."
FOR_GOOD = "This can't be undone."


async def ask_and_delete(
    scene: Scene,
    confirm: Confirm,
    act: Act,
    subject: str,
    *,
    title: str,
    done: Done,
    for_good: bool = False,
) -> None:
    """``title`` names it, as in ``Take 3``; ``done`` is called after it, and after an undo."""
    try:
        await call(act, scene.user, subject, None)
    except NeedsConfirmation as error:
        _ask(scene, confirm, act, subject, error, title=title, done=done, for_good=for_good)
    except StudioError as error:
        scene.notice.alert(error.message)


def _ask(
    scene: Scene,
    confirm: Confirm,
    act: Act,
    subject: str,
    needed: NeedsConfirmation,
    *,
    title: str,
    done: Done,
    for_good: bool,
) -> None:
    async def go() -> None:
        confirm.close()
        try:
            binned = await call(act, scene.user, subject, needed.facts["confirm"])
        except NeedsConfirmation:
            # It does something else by now: that is for a person to see, not to be waved through.
            await ask_and_delete(
                scene, confirm, act, subject, title=title, done=done, for_good=for_good
            )
        except StudioError as error:
            scene.notice.alert(error.message)
        else:
            if for_good:
                scene.notice.say(f"{title} is gone.")
            else:
                scene.notice.say(
                    f"{title} is in the trash.", undo=undoing(scene, binned.trash, title, done)
                )
            await done()

    verb = "Delete for good" if for_good else "Delete"
    confirm.ask(
        f"{verb}: {title}?",
        needed.message,
        note=FOR_GOOD if for_good else TO_TRASH,
        go=verb,
        on_go=go,
    )


def undoing(scene: Scene, entry: str, title: str, done: Done) -> Callable[[], Any]:
    """Bring an entry of the trash back, and say so."""

    async def undo() -> None:
        try:
            await call(scene.studio.trashing.restore, scene.user, entry)
        except StudioError as error:
            scene.notice.alert(error.message)
            return
        scene.notice.say(f"{title} is back.")
        await done()

    return undo
