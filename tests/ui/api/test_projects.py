"""Productions over HTTP: made, listed, looked at, changed."""

import asyncio

import pytest

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
    settled,
    slots_of,
    told,
)

SHOTS = ["sc010_SH0010", "sc010_SH0020"]


async def test_a_script_makes_a_production(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=SCRIPT, headers=YAML)
        assert answer.status_code == 201
        assert answer.headers["location"] == LIGHTHOUSE
        made = answer.json()
        assert made["id"] == "lighthouse"
        assert made["added"] == ["mira", *SHOTS]
        assert made["diagnostics"] == []
        one = told(await client.get(answer.headers["location"]))
        assert one["running_time"] == 7.5
        assert one["duration"] == 180
        assert one["counts"]["empty"] == 2
        assert sum(one["counts"].values()) == 2
        assert one["money"] == {
            "currency": None,
            "spent": 0,
            "reserved": 0,
            "uncertain": 0.0,
            "unpriced": 0,
            "cap": None,
        }
        assert told(await client.get(f"{API}/projects"))["items"] == [one]


async def test_the_cap_is_told_in_its_currency(house: House) -> None:
    script = script_of("ok", header=", budget: {currency: USD, cap: 5.25}")
    async with house.client() as client:
        await create(client, script)
        money = told(await client.get(LIGHTHOUSE))["money"]
    assert money == {
        "currency": "USD",
        "spent": 0,
        "reserved": 0,
        "uncertain": 0.0,
        "unpriced": 0,
        "cap": 5.25,
    }


async def test_the_id_comes_from_the_script_then_from_the_query(house: House) -> None:
    async with house.client() as client:
        assert (await create(client, SCRIPT, id="other"))["id"] == "lighthouse"
        assert (await create(client, "blocks: [{id: A}]", id="other"))["id"] == "other"
        assert (await create(client, "blocks: [{id: A}]", id="Über"))["id"] == "Über"
        assert told(await client.get(f"{API}/projects/Über"))["shots"] == 1


@pytest.mark.parametrize("key", ["", " ", "a/b", "../x", "a" * 200, "a b", "<script>"])
async def test_an_id_that_is_none_is_refused(house: House, key: str) -> None:
    async with house.client() as client:
        answer = await client.post(
            f"{API}/projects", content="blocks: [{id: A}]", headers=YAML, params={"id": key}
        )
        assert refused(answer, 422) in ("bad_id", "script_refused")
        assert told(await client.get(f"{API}/projects"))["items"] == []


async def test_a_second_one_of_the_same_id_is_409(house: House) -> None:
    async with house.client() as client:
        await create(client)
        again = await client.post(f"{API}/projects", content=SCRIPT, headers=YAML)
        assert refused(again, 409) == "exists"


@pytest.mark.services
async def test_of_many_of_one_id_at_once_one_is_made(
    open_house: OpenHouse, postgres_database: str
) -> None:
    async with open_house(database=postgres_database).client() as client:
        answers = await asyncio.gather(
            *(client.post(f"{API}/projects", content=SCRIPT, headers=YAML) for _ in range(8))
        )
        assert sorted(one.status_code for one in answers) == [201, *[409] * 7]
        edits = await asyncio.gather(
            *(
                client.put(
                    f"{LIGHTHOUSE}/script",
                    content=SCRIPT.replace("duration: 3s", f"duration: {at + 4}s"),
                    headers=YAML,
                )
                for at in range(8)
            )
        )
        assert {one.status_code for one in edits} <= {200, 409}
        asked = await asyncio.gather(*(client.post(f"{LIGHTHOUSE}/generate") for _ in range(8)))
        assert {one.status_code for one in asked} <= {202, 409}
        assert len(told(await client.get(f"{API}/jobs"))["items"]) == 2


async def test_a_wrong_script_changes_nothing_and_says_all_that_is_wrong(house: House) -> None:
    wrong = "blocks:\n  - {id: A, colour: red}\n  - {id: A, duration: soon}\n"
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=wrong, headers=YAML)
        assert refused(answer, 422) == "script_refused"
        found = answer.json()["diagnostics"]
        assert {one["line"] for one in found} == {2, 3}
        assert all(one["message"] and one["code"] and one["column"] for one in found)
        assert told(await client.get(f"{API}/projects"))["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"a: \x00",
        "\ufeffblocks: [{id: A, colour: red}]".encode(),
        b"blocks: &a [*a]",
        b"a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]",
        b"# " + b"x" * 5_000_001,
        b"{" * 63 + b"}" * 63,
        b"- 1\n- 2",
        b"7",
        b"blocks: 7",
    ],
    ids=range(12),
)
async def test_whatever_comes_is_422_with_a_line(house: House, body: bytes) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=body, headers=YAML)
        assert refused(answer, 422) == "script_refused"
        assert all(one["line"] >= 1 for one in answer.json()["diagnostics"])


async def test_a_byte_order_mark_is_no_part_of_the_script(house: House) -> None:
    async with house.client() as client:
        await create(client, f"\ufeff{SCRIPT}".encode())
        assert SCRIPT in (await client.get(f"{LIGHTHOUSE}/script")).text


@pytest.mark.parametrize("kind", [None, "application/json", "text/plain", "multipart/form-data"])
async def test_another_type_is_415(house: House, kind: str | None) -> None:
    headers = {"Content-Type": kind} if kind else {}
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=SCRIPT, headers=headers)
        assert refused(answer, 415) == "unsupported_type"
        await create(client)
        answer = await client.put(f"{LIGHTHOUSE}/script", content=SCRIPT, headers=headers)
        assert refused(answer, 415) == "unsupported_type"


async def test_the_list_is_read_in_parts(house: House) -> None:
    async with house.client() as client:
        for key in ("c", "a", "b"):
            await create(client, script_of("ok", key=key))
        found, cursor = [], None
        for _ in range(3):
            query = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
            page = told(await client.get(f"{API}/projects", params=query))
            found += [one["id"] for one in page["items"]]
            cursor = page["next"]
        assert found == ["a", "b", "c"]
        assert cursor is None


async def test_the_script_is_given_back_as_it_was_written(house: House) -> None:
    async with house.client() as client:
        await create(client, SCRIPT + "# größer\n")
        answer = await client.get(f"{LIGHTHOUSE}/script")
        assert answer.headers["content-type"] == "application/yaml; charset=utf-8"
        assert answer.text == SCRIPT + "# größer\n"


async def test_a_preview_tells_and_changes_nothing(house: House) -> None:
    changed = SCRIPT.replace("The lamp burns.", "The lamp burns low.")
    async with house.client() as client:
        await create(client)
        before = told(await client.get(f"{LIGHTHOUSE}/board"))
        report = told(
            await client.put(
                f"{LIGHTHOUSE}/script", content=changed, headers=YAML, params={"preview": "true"}
            )
        )
        assert report["changed"] == ["sc010_SH0020"]
        assert told(await client.get(f"{LIGHTHOUSE}/board")) == before
        assert (await client.get(f"{LIGHTHOUSE}/script")).text == SCRIPT


async def test_a_new_script_keeps_ids_and_takes(making: House) -> None:
    changed = SCRIPT.replace("prompt: The lamp", "prompt: The lamp at dusk")
    async with making.client() as client:
        await create(client)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        before = await settled(client)
        report = told(await client.put(f"{LIGHTHOUSE}/script", content=changed, headers=YAML))
        assert (report["changed"], report["kept_takes"]) == (["sc010_SH0020"], 2)
        after = await slots_of(client)
        lamp = after["sc010_SH0020/frame"]
        assert lamp["id"] == before["sc010_SH0020/frame"]["id"]
        assert (lamp["currency"], lamp["state"]) == ("stale", "succeeded")
        assert lamp["version"] > before["sc010_SH0020/frame"]["version"]
        assert after["sc010_SH0010/frame"] == before["sc010_SH0010/frame"]
        plan = told(await client.post(f"{LIGHTHOUSE}/plan", json={"scope": "stale"}))
        assert plan["regenerate"] == [lamp["id"]]


async def test_a_script_of_another_production_is_refused(house: House) -> None:
    async with house.client() as client:
        await create(client)
        other = SCRIPT.replace("id: lighthouse", "id: other")
        answer = await client.put(f"{LIGHTHOUSE}/script", content=other, headers=YAML)
        assert refused(answer, 409) == "other_project"


async def test_a_plan_has_no_effect_and_generating_has(house: House) -> None:
    async with house.client() as client:
        await create(client)
        slots = [one["id"] for one in (await slots_of(client)).values()]
        plan = told(await client.post(f"{LIGHTHOUSE}/plan", json={"scope": "missing"}))
        assert plan["create"] == slots
        assert plan["price"] == 0
        assert told(await client.get(f"{API}/jobs"))["items"] == []
        answer = await client.post(f"{LIGHTHOUSE}/generate", json={"scope": "missing"})
        assert answer.status_code == 202
        assert len(answer.json()["jobs"]) == 2
        again = told(await client.post(f"{LIGHTHOUSE}/generate", json={"scope": "missing"}))
        assert again["jobs"] == []
        assert {one["state"] for one in (await slots_of(client)).values()} == {"pending"}


async def test_a_shot_is_named_by_its_code_or_its_id(house: House) -> None:
    async with house.client() as client:
        await create(client)
        shots = told(await client.get(f"{LIGHTHOUSE}/board"))["shots"]
        for name in (shots[1]["code"], shots[1]["id"]):
            plan = told(await client.post(f"{LIGHTHOUSE}/plan", json={"shots": [name]}))
            assert plan["create"] == [shots[1]["primary"]]
        asked = told(await client.post(f"{LIGHTHOUSE}/generate", json={"shots": [SHOTS[1]]}))
        assert len(asked["jobs"]) == 1
        assert (await slots_of(client))["sc010_SH0010/frame"]["state"] == "empty"


@pytest.mark.parametrize("verb", ["plan", "generate"])
@pytest.mark.parametrize("wish", [{"slots": ["nope"]}, {"shots": ["SH0010"]}, {"shots": [""]}])
async def test_a_name_that_nothing_has_is_404(
    house: House, verb: str, wish: dict[str, list[str]]
) -> None:
    async with house.client() as client:
        await create(client)
        assert refused(await client.post(f"{LIGHTHOUSE}/{verb}", json=wish), 404) == "not_found"


async def test_what_no_provider_is_named_for_is_blocked_with_its_reason(house: House) -> None:
    script = SCRIPT.replace("image: fake", "voice: fake").replace(", voice: fake}}", "}}")
    async with house.client() as client:
        await create(client, script)
        plan = told(await client.post(f"{LIGHTHOUSE}/plan"))
        assert [one["reason"] for one in plan["blocked"]] == ["no_provider", "no_provider"]
        asked = told(await client.post(f"{LIGHTHOUSE}/generate"))
        assert len(asked["blocked"]) == 2
        [slot, _] = (await slots_of(client)).values()
        assert slot["state"] == "blocked"
        assert slot["reason"]["code"] == "no_provider"
        assert slot["fix"]


async def test_board_and_slot_tell_the_same(making: House) -> None:
    async with making.client() as client:
        await create(client)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        for slot in (await settled(client)).values():
            assert told(await client.get(f"{API}/slots/{slot['id']}")) == slot
            assert slot["state"] == "succeeded"
            assert slot["thumb"].startswith("/media/")
