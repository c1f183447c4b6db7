"""Who comes in: hosts, sign-in, origin and size, decided before a body is read."""

from ui.session.door import Door, guard
from ui.session.hosts import Hosts
from ui.session.login import mount_login
from ui.session.user import SignedIn, current_user

__all__ = ["Door", "Hosts", "SignedIn", "current_user", "guard", "mount_login"]
