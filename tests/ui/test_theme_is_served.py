"""The sheet goes out once for ever, and small to whoever takes it so."""

import gzip

import httpx
import pytest
from fastapi import FastAPI

from ui import theme


@pytest.mark.parametrize("taken", ["gzip, br", "identity"])
async def test_it_is_the_same_sheet_whether_zipped_or_not(taken: str) -> None:
    app = FastAPI()
    theme.serve(app)
    transport = httpx.ASGITransport(app=app)
    wanted = {"Accept-Encoding": taken}
    async with (
        httpx.AsyncClient(transport=transport, base_url="http://studio") as client,
        client.stream("GET", theme.address(), headers=wanted) as answer,
    ):
        raw = b"".join([part async for part in answer.aiter_raw()])
    zipped = "gzip" in taken
    assert (answer.headers.get("Content-Encoding") == "gzip") is zipped
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]
    assert (gzip.decompress(raw) if zipped else raw).decode() == theme.stylesheet()
    assert len(raw) < len(theme.stylesheet()) / 3 or not zipped
