"""The stream of events: nothing missing, nothing twice, in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from domain.access import OWNER
from domain.events import Event
from tests.ui.api.conftest import OpenHouse
from tests.ui.api.house import (
    API,
    LIGHTHOUSE,
    OWNER_TOKEN,
    SCRIPT,
    YAML,
    House,
    create,
    refused,
    script_of,
    settled,
    slots_of,
    told,
)
from ui.api import streams as stream
from ui.api.wire import KEEP_ALIVE

EVENTS = f"{LIGHTHOUSE}/events"


def table(house: House) -> list[int]:
    """The numbers of all events."""
    with house.works(reading=True) as work:
        return [one.seq or 0 for one in work.events.after(0, project_id=None, limit=10_000)]


def slot_events(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in found if one["event"] is None and one["data"]["type"] == "slot"]


async def test_a_stream_tells_what_happens_from_now_on(house: House) -> None:
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS) as listening:
            assert listening.status == 200
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            first, second = await listening.events(2)
        slots = await slots_of(client)
        assert first["id"] < second["id"]
        slot = slots["sc010_SH0010/frame"]
        assert first["data"] == {
            "type": "slot",
            "slot": slot["id"],
            "shot": "sc010_SH0010",
            "job": slot["job"]["id"],
            "job_state": "queued",
            "state": "pending",
            "version": slot["version"],
        }


async def test_an_edit_of_the_script_is_one_more_event(house: House) -> None:
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS) as listening:
            changed = SCRIPT.replace("The lamp burns.", "It burns low.")
            told(await client.put(f"{LIGHTHOUSE}/script", content=changed, headers=YAML))
            [one] = await listening.events(1)
    assert (one["data"]["type"], one["data"]["slot"]) == ("script", None)


async def test_with_the_last_id_nothing_is_missing(making: House) -> None:
    async with making.client() as client:
        await create(client, script_of("ok", "transient, ok", "content_policy", "ok"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        await settled(client)
    everything = table(making)
    for last in (0, everything[2], everything[-1]):
        missed = [seq for seq in everything if seq > last]
        async with making.stream(EVENTS, **{"last-event-id": str(last)}) as listening:
            found = await listening.events(len(missed)) if missed else []
            making.streams.close()
            found += await listening.end()
        assert [one["id"] for one in found] == missed
        making.streams._closed = False  # noqa: SLF001 - the next round


async def over(client: httpx.AsyncClient) -> bool:
    return all(one["state"] == "succeeded" for one in (await slots_of(client)).values())


async def test_a_reader_who_comes_and_goes_gets_each_event_once(making: House) -> None:
    seen: list[int] = []
    async with making.client() as client:
        await create(client, script_of(*["transient, ok"] * 8))
        seen += [table(making)[-1]]
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        while not await over(client) or seen[-1] != table(making)[-1]:
            async with making.stream(EVENTS, **{"last-event-id": str(seen[-1])}) as listening:
                for _ in range(3):
                    [one] = await listening.events(1)
                    if one["id"] is not None:
                        seen.append(one["id"])
                    if seen[-1] == table(making)[-1]:
                        break
    assert seen == table(making)


async def test_many_writers_at_once_are_told_in_order(house: House) -> None:
    await many_writers(house)


@pytest.mark.services
async def test_many_writers_of_postgresql_are_told_in_order(
    open_house: OpenHouse, postgres_database: str
) -> None:
    """Numbers are taken before they are committed: none may come after a greater one."""
    await many_writers(open_house(database=postgres_database))


async def many_writers(house: House) -> None:
    async with house.client() as client:
        for key in ("lighthouse", "other"):
            await create(client, script_of(*["ok"] * 20, key=key))
        slots = [one["id"] for one in (await slots_of(client)).values()]
        others = [one["id"] for one in (await slots_of(client, "other")).values()]
        async with house.stream(EVENTS) as listening:
            await asyncio.gather(
                *(client.post(f"{API}/slots/{slot}/generate") for slot in [*slots, *others])
            )
            found = await listening.events(20)
    numbers = [one["id"] for one in found]
    assert numbers == sorted(set(numbers))
    assert {one["data"]["slot"] for one in found} == set(slots)


async def test_more_than_a_page_is_told_whole(house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(stream, "PAGE", 3)
    monkeypatch.setattr("domain.usecases.following.PAGE", 3)
    async with house.client() as client:
        await create(client, script_of(*["ok"] * 10))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        async with house.stream(EVENTS, **{"last-event-id": "0"}) as listening:
            found = await listening.events(11)
    assert [one["id"] for one in found] == table(house)


async def test_other_productions_are_not_told(house: House) -> None:
    async with house.client() as client:
        await create(client)
        await create(client, script_of("ok", key="other"))
        async with house.stream(EVENTS) as listening:
            told(await client.post(f"{API}/projects/other/generate"))
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            found = await listening.events(2)
    assert {one["data"]["shot"] for one in found} == {"sc010_SH0010", "sc010_SH0020"}


async def test_states_and_versions_are_those_of_the_board(making: House) -> None:
    async with making.client() as client:
        await create(client, script_of("ok", "transient, ok", "quota", "content_policy"))
        async with making.stream(EVENTS) as listening:
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            slots = await settled(client)
            last = table(making)[-1]
            found: list[dict[str, Any]] = []
            while not found or found[-1]["id"] != last:
                found += await listening.events(1)
        told_last = {one["data"]["slot"]: one["data"] for one in slot_events(found)}
        for slot in slots.values():
            one = told_last[slot["id"]]
            assert (one["state"], one["version"]) == (slot["state"], slot["version"])
            versions = [
                e["data"]["version"] for e in slot_events(found) if e["data"]["slot"] == slot["id"]
            ]
            assert versions == sorted(set(versions))


async def test_progress_comes_without_an_id(house: House) -> None:
    async with house.client() as client:
        await create(client)
        slot = next(iter((await slots_of(client)).values()))
        project = house.studio.productions.get(OWNER, "lighthouse")
        progress = Event(
            project_id=project.id,
            type="progress",
            slot_id=slot["id"],
            job_state="running",
            state="running",
            version=3,
            progress=0.25,
            at=house.tools.clock.now(),
        )
        async with house.stream(EVENTS) as listening:
            await listening.events(0)
            house.bus.publish([progress])
            [one] = await listening.events(1)
            assert (one["id"], one["event"]) == (None, "progress")
            assert one["data"]["progress"] == 0.25
            assert one["data"]["slot"] == slot["id"]
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            assert [one["id"] for one in await listening.events(2)] == table(house)[-2:]


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "9" * 30, "\u0661"])
async def test_an_id_that_is_no_number_is_422(house: House, last: str) -> None:
    async with house.client() as client:
        await create(client)
        answer = await client.get(EVENTS, headers={b"Last-Event-ID": last.encode()})
        assert refused(answer, 422) == "bad_event_id"


async def test_an_id_of_the_future_is_now(house: House) -> None:
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS, **{"last-event-id": "999999"}) as listening:
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            assert len(await listening.events(2)) == 2


async def test_a_quiet_line_is_kept_alive(house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE_S", 0.05)
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS) as listening:
            async with asyncio.timeout(5):
                while KEEP_ALIVE.decode() not in listening.heard:
                    await listening.more()


async def test_a_stream_ends_with_its_session(house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE_S", 0.05)
    cookie = house.studio.signing_in.open_door(OWNER_TOKEN)
    async with house.client() as client:
        await create(client)
        async with house.stream(
            EVENTS, authorization=None, cookie=f"framewright_8080={cookie}"
        ) as listening:
            await listening.more()
            house.studio.signing_in.sign_out(cookie)
            assert await listening.end() == []


async def test_whoever_leaves_is_forgotten(house: House) -> None:
    async with house.client() as client:
        await create(client)
        before = len(listeners(house))
        async with house.stream(EVENTS):
            assert len(listeners(house)) == before + 1
        assert len(listeners(house)) == before
        refused(await client.get(f"{API}/projects/nope/events"), 404)
        assert len(listeners(house)) == before
        assert not house.streams._open  # noqa: SLF001


def listeners(house: House) -> list[Any]:
    return house.bus.listeners._all  # noqa: SLF001


async def test_a_closing_server_ends_every_stream_and_opens_none(house: House) -> None:
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS) as one, house.stream(EVENTS) as other:
            await asyncio.to_thread(house.streams.close)
            assert await one.end() == []
            assert await other.end() == []
        answer = await client.get(EVENTS)
        assert refused(answer, 503) == "unavailable"


@asynccontextmanager
async def served(house: House) -> AsyncIterator[tuple[str, uvicorn.Server]]:
    """The house behind a real socket."""
    config = uvicorn.Config(
        house.app, port=0, log_level="warning", access_log=False, timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    task = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - it has no event
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", server
    finally:
        server.should_exit = True
        house.streams.close()
        await asyncio.wait_for(task, 8)


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_over_a_real_socket_streams_end_with_the_server(house: House) -> None:
    headers = {"Authorization": f"Bearer {OWNER_TOKEN}"}
    async with (
        served(house) as (address, server),
        httpx.AsyncClient(base_url=address, headers=headers, timeout=8) as client,
    ):
        await create(client)
        async with client.stream("GET", EVENTS) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.aiter_lines()
            assert (await anext(lines)).startswith(":")
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            while not (await anext(lines)).startswith("id: "):
                pass
            server.should_exit = True
            house.streams.close()
            # read to its proper end: httpx raises where a chunked answer is cut
            assert [line async for line in lines]


@pytest.mark.allow_hosts(["127.0.0.1"])
async def test_over_a_real_socket_whoever_hangs_up_is_forgotten(house: House) -> None:
    headers = {"Authorization": f"Bearer {OWNER_TOKEN}"}
    async with (
        served(house) as (address, _),
        httpx.AsyncClient(base_url=address, headers=headers, timeout=8) as client,
    ):
        await create(client)
        before = len(listeners(house))
        async with client.stream("GET", EVENTS) as answer:
            await anext(answer.aiter_lines())
            assert len(listeners(house)) == before + 1
        async with asyncio.timeout(5):
            while len(listeners(house)) != before:  # noqa: ASYNC110 - nor has it
                await asyncio.sleep(0.01)


async def test_a_restart_continues_where_the_reader_stood(
    house: House, open_house: OpenHouse
) -> None:
    async with house.client() as client:
        await create(client)
        async with house.stream(EVENTS) as listening:
            told(await client.post(f"{LIGHTHOUSE}/generate"))
            last = (await listening.events(2))[0]["id"]
    house.close()
    again = open_house()
    async with again.stream(EVENTS, **{"last-event-id": str(last)}) as listening:
        [one] = await listening.events(1)
        assert one["id"] == table(again)[-1]
