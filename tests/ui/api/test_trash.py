"""Deleting over HTTP: asked twice, undone, purged, and every step told to who looks on."""

from pathlib import Path
from typing import Any

import httpx

from tests.ui.api.house import (
    API,
    LIGHTHOUSE,
    House,
    create,
    refused,
    script_of,
    settled,
    slots_of,
    told,
)


async def made(client: httpx.AsyncClient) -> Any:
    await create(client, script_of("ok"))
    told(await client.post(f"{LIGHTHOUSE}/generate"))
    [slot] = (await settled(client)).values()
    return slot


def file_of(folder: Path, sha256: str) -> str:
    [file] = folder.glob(f"media/*/{sha256}.*")
    return file.name


async def delete(client: httpx.AsyncClient, path: str) -> Any:
    asked = await client.delete(f"{API}{path}")
    assert refused(asked, 428) == "needs_confirmation"
    assert asked.json()["impact"]
    confirm = {"confirm": asked.json()["confirm"]}
    assert refused(await client.delete(f"{API}{path}", params={"confirm": "no"}), 428)
    answer = told(await client.delete(f"{API}{path}", params=confirm))
    assert list(answer) == ["trash"]
    return answer["trash"]


async def test_a_take_goes_to_the_trash_comes_back_and_is_purged_p28(making: House) -> None:
    async with making.client() as client:
        slot = await made(client)
        assert "delete" in slot["actions"]
        entry = await delete(client, f"/takes/{slot['take']}")
        [gone] = (await slots_of(client)).values()
        assert (gone["state"], gone["take"], gone["version"] > slot["version"]) == (
            "empty",
            None,
            True,
        )
        [listed] = told(await client.get(f"{API}/trash"))["items"]
        assert (listed["id"], listed["kind"], listed["title"]) == (
            entry,
            "take",
            "Take 1 of A, frame",
        )
        told(await client.post(f"{API}/trash/{entry}/restore"))
        [back] = (await slots_of(client)).values()
        assert (back["take"], back["state"]) == (slot["take"], "succeeded")
        entry = await delete(client, f"/takes/{slot['take']}")
        await delete(client, f"/trash/{entry}")
        assert told(await client.get(f"{API}/trash"))["items"] == []
        assert refused(await client.post(f"{API}/trash/{entry}/restore"), 404)


async def test_media_and_a_production_are_deleted_by_hash_and_by_id(
    making: House, tmp_path: Path
) -> None:
    async with making.client() as client:
        slot = await made(client)
        [take] = told(await client.get(f"{API}/slots/{slot['id']}/takes"))["items"]
        file = file_of(tmp_path, take["sha256"])
        assert making.tools.store.has(file)
        entry = await delete(client, f"/media/{take['sha256']}")
        assert told(await client.get(f"{LIGHTHOUSE}/media"))["items"] == []
        await delete(client, f"/trash/{entry}")
        assert not making.tools.store.has(file)
        await delete(client, "/projects/lighthouse")
        assert refused(await client.get(f"{LIGHTHOUSE}/board"), 404)
        jobs = told(await client.get(f"{API}/jobs"))["items"]
        assert [one["project"] for one in jobs] == [None]
        await create(client, script_of("ok"))
