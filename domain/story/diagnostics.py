"""What the compiler has to say about a script, each with its place and what to write instead."""

from typing import Literal

from domain.entity import Entity


class Diagnostic(Entity):
    """One finding. ``line`` and ``column`` count from 1; ``path`` is like ``scenes[0].id``."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    line: int
    column: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.severity} {self.code} {self.message}"
