"""Who comes in: hosts, sign-in, origin and size, decided before a body is read."""

from ui.session.door import Door, guard
from ui.session.hosts import Hosts
from ui.session.judge import Judge
from ui.session.login import mount_login
from ui.session.user import SignedIn, current_user, still_signed_in

__all__ = [
    "Door",
    "Hosts",
    "Judge",
    "SignedIn",
    "current_user",
    "guard",
    "mount_login",
    "still_signed_in",
]
