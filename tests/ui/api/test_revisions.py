"""A script edited in place over HTTP, and its revisions."""

from typing import Any

import httpx
import pytest

from tests.ui.api.house import (
    API,
    LIGHTHOUSE,
    SCRIPT,
    YAML,
    House,
    create,
    refused,
    settled,
    slots_of,
    told,
)

PROMPT = {
    "op": "set",
    "shot": "sc010_SH0020",
    "media": "frame",
    "field": "media_spec.prompt",
    "value": "The lamp at dusk",
}


async def patch(
    client: httpx.AsyncClient, *edits: dict[str, Any], revision: int = 1, **query: str
) -> httpx.Response:
    body = {"edits": edits, "revision": revision}
    return await client.patch(f"{LIGHTHOUSE}/script", json=body, params=query)


async def text(client: httpx.AsyncClient) -> str:
    return (await client.get(f"{LIGHTHOUSE}/script")).text


async def test_a_script_is_edited_in_place(house: House) -> None:
    written = SCRIPT.replace("duration: 3s", "duration:   3s   # short")
    async with house.client() as client:
        await create(client, written)
        report = told(await patch(client, PROMPT))
        assert (report["changed"], report["revision"]) == (["sc010_SH0020"], 2)
        changed = written.replace("prompt: The lamp,", "prompt: The lamp at dusk,")
        assert await text(client) == changed
        answer = await client.get(f"{LIGHTHOUSE}/script")
        assert answer.headers["etag"] == '"2"'
        assert told(await client.get(f"{LIGHTHOUSE}/board"))["revision"] == 2


async def test_a_preview_of_an_edit_changes_nothing(house: House) -> None:
    async with house.client() as client:
        await create(client)
        report = told(await patch(client, PROMPT, preview="true"))
        assert (report["changed"], report["revision"]) == (["sc010_SH0020"], 1)
        assert await text(client) == SCRIPT


async def test_shots_are_named_by_their_id_too_and_a_copy_is_a_new_shot(house: House) -> None:
    async with house.client() as client:
        await create(client)
        [first, second] = told(await client.get(f"{LIGHTHOUSE}/board"))["shots"]
        edits = (
            {"op": "duplicate", "shot": first["id"]},
            {"op": "move", "shot": second["id"], "before": first["code"]},
        )
        report = told(await patch(client, *edits))
        assert (report["added"], report["moved"]) == (["sc010_SH0010_2"], ["sc010_SH0020"])
        board = told(await client.get(f"{LIGHTHOUSE}/board"))
        assert [one["id"] for one in board["shots"]][:2] == [second["id"], first["id"]]


async def test_an_edit_of_another_revision_is_409_and_tells_which_it_is(house: House) -> None:
    async with house.client() as client:
        await create(client)
        told(await patch(client, PROMPT))
        answer = await patch(client, PROMPT | {"value": "mine"})
        assert refused(answer, 409) == "stale_revision"
        assert answer.json()["revision"] == 2
        answer = await client.put(
            f"{LIGHTHOUSE}/script", content=SCRIPT, headers=YAML, params={"revision": 1}
        )
        assert refused(answer, 409) == "stale_revision"
        assert "dusk" in await text(client)


async def test_an_edit_that_makes_errors_is_422_with_its_lines_and_changes_nothing(
    house: House,
) -> None:
    async with house.client() as client:
        await create(client)
        wrong = {"op": "set", "shot": "sc010_SH0010", "field": "cast", "value": ["tom"]}
        answer = await patch(client, PROMPT, wrong)
        assert refused(answer, 422) == "script_refused"
        [found] = answer.json()["diagnostics"]
        assert (found["code"], found["line"]) == ("unknown_cast", 11)
        assert await text(client) == SCRIPT


@pytest.mark.parametrize(
    ("edit", "status", "code"),
    [
        ({"op": "delete", "shot": "nope"}, 404, "not_found"),
        ({"op": "set", "shot": "sc010_SH0010", "field": "id.x", "value": 1}, 422, "bad_field"),
        ({"op": "paint", "shot": "sc010_SH0010"}, 422, "invalid_request"),
        ({"op": "move", "shot": "sc010_SH0010"}, 422, "invalid_request"),
        ({"op": "set", "field": "title", "value": "a\x00b"}, 422, "invalid_request"),
    ],
)
async def test_an_edit_that_can_not_be_done_says_why(
    house: House, edit: dict[str, Any], status: int, code: str
) -> None:
    async with house.client() as client:
        await create(client)
        assert refused(await patch(client, edit), status) == code
        assert await text(client) == SCRIPT


async def test_every_revision_is_listed_and_comes_back(house: House) -> None:
    async with house.client() as client:
        await create(client)
        told(await patch(client, PROMPT))
        told(await client.put(f"{LIGHTHOUSE}/script", content=SCRIPT + "#\n", headers=YAML))
        report = told(await client.post(f"{LIGHTHOUSE}/script/revisions/2/restore"))
        assert (report["changed"], report["revision"]) == (["sc010_SH0020"], 4)
        assert "dusk" in await text(client)
        page = told(await client.get(f"{LIGHTHOUSE}/script/revisions", params={"limit": 3}))
        assert [(one["revision"], one["by"], one["restored"]) for one in page["items"]] == [
            (4, "owner", 2),
            (3, "owner", None),
            (2, "owner", None),
        ]
        assert page["items"][1]["changed"] == ["sc010_SH0020"]
        query = {"cursor": page["next"]}
        rest = told(await client.get(f"{LIGHTHOUSE}/script/revisions", params=query))
        assert [one["revision"] for one in rest["items"]] == [1]
        assert rest["next"] is None
        assert (await client.get(f"{LIGHTHOUSE}/script/revisions/1")).text == SCRIPT
        gone = await client.get(f"{LIGHTHOUSE}/script/revisions/9")
        assert refused(gone, 404) == "not_found"
        gone = await client.post(f"{LIGHTHOUSE}/script/revisions/9/restore")
        assert refused(gone, 404) == "not_found"


async def test_a_removed_shot_comes_back_with_its_take_and_no_job(making: House) -> None:
    async with making.client() as client:
        await create(client)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        before = await settled(client)
        told(await patch(client, {"op": "delete", "shot": "sc010_SH0020"}))
        assert list(await slots_of(client)) == ["sc010_SH0010/frame"]
        report = told(await client.post(f"{LIGHTHOUSE}/script/revisions/1/restore"))
        assert (report["added"], report["kept_takes"]) == (["sc010_SH0020"], 2)
        after = await slots_of(client)
        lamp, was = after["sc010_SH0020/frame"], before["sc010_SH0020/frame"]
        assert (lamp["id"], lamp["take"], lamp["currency"]) == (was["id"], was["take"], "current")
        assert len(told(await client.get(f"{API}/jobs"))["items"]) == 2


async def test_going_back_to_the_old_text_is_current_again_without_a_job(making: House) -> None:
    async with making.client() as client:
        await create(client)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        was = (await settled(client))["sc010_SH0020/frame"]
        told(await patch(client, PROMPT))
        stale = await slots_of(client)
        assert {name: one["currency"] for name, one in stale.items()} == {
            "sc010_SH0010/frame": "current",
            "sc010_SH0020/frame": "stale",
        }
        told(await client.post(f"{LIGHTHOUSE}/generate", json={"scope": "stale"}))
        assert (await settled(client))["sc010_SH0020/frame"]["currency"] == "current"
        told(await client.post(f"{LIGHTHOUSE}/script/revisions/1/restore"))
        back = (await slots_of(client))["sc010_SH0020/frame"]
        assert (back["take"], back["currency"], back["takes"]) == (was["take"], "current", 2)
        assert len(told(await client.get(f"{API}/jobs"))["items"]) == 3
