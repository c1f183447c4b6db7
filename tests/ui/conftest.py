"""A page without a browser."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from nicegui import Client, core
from nicegui.page import page


@pytest.fixture
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """One in which elements can be built; nobody is connected to it."""
    monkeypatch.setattr(core, "loop", asyncio.get_running_loop())
    viewer = Client(page("/trial"), request=None)
    yield viewer
    viewer.delete()
    await asyncio.sleep(0)
