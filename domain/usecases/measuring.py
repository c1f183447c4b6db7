"""Figures for ``/metrics``: who may ask is decided at the door, and they bear no person's words."""

from domain.usecases.base import Tools
from domain.work.figures import Figures


class Measuring:
    """Reads; never changes anything."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def figures(self) -> Figures:
        with self._tools.works(reading=True) as work:
            return work.jobs.figures()
