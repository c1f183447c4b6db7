"""``Idempotency-Key``: sent twice, done once."""

import asyncio
from typing import Any

import httpx
import pytest

from domain.access import OWNER
from domain.errors import Conflict
from domain.usecases.idempotency import Request
from tests.ui.api.conftest import OpenHouse
from tests.ui.api.house import (
    API,
    LIGHTHOUSE,
    SCRIPT,
    YAML,
    House,
    create,
    refused,
    script_of,
    slots_of,
    told,
)


async def further(client: httpx.AsyncClient, key: str, **wish: Any) -> httpx.Response:
    [slot] = (await slots_of(client)).values()
    return await client.post(
        f"{API}/slots/{slot['id']}/generate", json=wish or None, headers={"Idempotency-Key": key}
    )


async def test_the_first_answer_is_given_again_and_nothing_done_twice(house: House) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        first = await further(client, "a", seed=1)
        again = await further(client, "a", seed=1)
        assert first.status_code == again.status_code == 202
        assert first.content == again.content
        assert again.headers["content-type"] == "application/json"
        other = await further(client, "b", seed=2)
        assert other.json() != first.json()
        assert len(told(await client.get(f"{API}/jobs"))["items"]) == 2


async def test_without_a_key_everything_is_done_each_time(house: House) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        [slot] = (await slots_of(client)).values()
        for seed in (1, 2):
            told(await client.post(f"{API}/slots/{slot['id']}/generate", json={"seed": seed}))
        assert len(told(await client.get(f"{API}/jobs"))["items"]) == 2


async def test_it_is_remembered_over_a_restart(house: House, open_house: OpenHouse) -> None:
    headers = {**YAML, "Idempotency-Key": "once"}
    async with house.client() as client:
        first = await client.post(f"{API}/projects", content=SCRIPT, headers=headers)
    house.close()
    async with open_house().client() as client:
        again = await client.post(f"{API}/projects", content=SCRIPT, headers=headers)
        assert again.status_code == 201
        assert again.content == first.content
        assert again.headers["location"] == LIGHTHOUSE


@pytest.mark.parametrize("changed", [{"seed": 2}, {"seed": 1, "count": 2}, {}])
async def test_another_body_under_the_same_key_is_422(
    house: House, changed: dict[str, Any]
) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        told(await further(client, "a", seed=1))
        assert refused(await further(client, "a", **changed), 422) == "idempotency_key_reuse"


async def test_another_query_is_another_request(house: House) -> None:
    headers = {**YAML, "Idempotency-Key": "a"}
    async with house.client() as client:
        for key, status in (("x", 201), ("y", 422)):
            answer = await client.post(
                f"{API}/projects",
                content="blocks: [{id: A}]",
                headers=headers,
                params={"id": key},
            )
            assert answer.status_code == status


async def test_a_key_belongs_to_its_path(house: House) -> None:
    headers = {"Idempotency-Key": "a"}
    async with house.client() as client:
        await create(client, script_of("ok"))
        plan = told(await client.post(f"{LIGHTHOUSE}/plan", headers=headers))
        asked = told(await client.post(f"{LIGHTHOUSE}/generate", headers=headers))
        assert plan["create"]
        assert asked["jobs"]


async def test_an_error_is_not_kept(house: House) -> None:
    headers = {**YAML, "Idempotency-Key": "a"}
    async with house.client() as client:
        bad = await client.post(f"{API}/projects", content="blocks: 7", headers=headers)
        assert bad.status_code == 422
        good = await client.post(f"{API}/projects", content=SCRIPT, headers=headers)
        assert good.status_code == 201


async def test_a_crash_is_not_kept_either(house: House) -> None:
    headers = {**YAML, "Idempotency-Key": "a"}
    rename = "ALTER TABLE {} RENAME TO {}"
    async with house.client() as client:
        with house.engine.begin() as connection:
            connection.exec_driver_sql(rename.format("scene", "gone"))
        answer = await client.post(f"{API}/projects", content=SCRIPT, headers=headers)
        assert refused(answer, 500) == "internal"
        with house.engine.begin() as connection:
            connection.exec_driver_sql(rename.format("gone", "scene"))
        told(await client.post(f"{API}/projects", content=SCRIPT, headers=headers))


async def test_while_the_first_one_runs_the_second_is_409(house: House) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        house.studio.idempotency.begin(OWNER, f"{LIGHTHOUSE}/generate", "a", b"\n")
        answer = await client.post(f"{LIGHTHOUSE}/generate", headers={"Idempotency-Key": "a"})
        assert refused(answer, 409) == "in_progress"


async def test_of_many_at_once_one_is_done(house: House) -> None:
    await many_at_once(house)


@pytest.mark.services
async def test_of_many_at_once_one_is_done_on_postgresql(
    open_house: OpenHouse, postgres_database: str
) -> None:
    await many_at_once(open_house(database=postgres_database))


async def many_at_once(house: House) -> None:
    headers = {**YAML, "Idempotency-Key": "a"}
    async with house.client() as client:
        answers = await asyncio.gather(
            *(client.post(f"{API}/projects", content=SCRIPT, headers=headers) for _ in range(12))
        )
        codes = sorted(one.status_code for one in answers)
        assert set(codes) <= {201, 409}
        assert 201 in codes
        assert len({one.content for one in answers if one.status_code == 201}) == 1
        assert all(refused(one, 409) == "in_progress" for one in answers if one.status_code == 409)


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
async def test_a_key_has_1_to_255_characters(house: House, key: str) -> None:
    async with house.client() as client:
        answer = await client.post(f"{LIGHTHOUSE}/generate", headers={"Idempotency-Key": key})
        assert refused(answer, 422) == "bad_idempotency_key"


async def test_a_key_means_nothing_to_other_methods(house: House) -> None:
    headers = {"Idempotency-Key": "a"}
    async with house.client() as client:
        await create(client)
        before = told(await client.get(f"{API}/projects", headers=headers))
        told(
            await client.put(
                f"{LIGHTHOUSE}/script", content="blocks: [{id: A}]", headers={**headers, **YAML}
            )
        )
        assert told(await client.get(f"{API}/projects", headers=headers)) != before


def test_a_key_belongs_to_its_user(house: House) -> None:
    other = OWNER.evolve(name="somebody")
    keys = house.studio.idempotency
    assert isinstance(keys.begin(OWNER, "/p", "a", b"1"), Request)
    assert isinstance(keys.begin(other, "/p", "a", b"2"), Request)
    with pytest.raises(Conflict):
        keys.begin(other, "/p", "a", b"2")
