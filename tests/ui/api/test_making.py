"""Slots, takes and jobs over HTTP, with a worker that makes them."""

from typing import Any

import httpx
import pytest

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


async def made(client: httpx.AsyncClient, *demos: str, header: str = "") -> list[Any]:
    """The slots of a production once its media were asked for and all has ended."""
    await create(client, script_of(*demos, header=header))
    told(await client.post(f"{LIGHTHOUSE}/generate"))
    return list((await settled(client)).values())


async def say(client: httpx.AsyncClient, take: str, verb: str, **wish: str) -> Any:
    return told(await client.post(f"{API}/takes/{take}/{verb}", json=wish or None))


async def test_further_takes_stay_beside_the_old_ones(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "ok")
        answer = await client.post(
            f"{API}/slots/{slot['id']}/generate", json={"prompt": "a storm", "seed": 7, "count": 2}
        )
        assert answer.status_code == 202
        jobs = answer.json()["jobs"]
        await settled(client)
        takes = told(await client.get(f"{API}/slots/{slot['id']}/takes"))["items"]
        assert [one["number"] for one in takes] == [3, 2, 1]
        assert {one["job"] for one in takes[:2]} == set(jobs)
        assert takes[0]["realised"]["prompt"] == "a storm"
        assert takes[0]["media"]["provider_kind"] == "fake"
        first = told(await client.get(f"{API}/slots/{slot['id']}/takes", params={"limit": "2"}))
        rest = told(
            await client.get(f"{API}/slots/{slot['id']}/takes", params={"cursor": first["next"]})
        )
        assert [*first["items"], *rest["items"]] == takes
        assert rest["next"] is None


async def test_a_take_is_used_released_selected_and_unselected(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "ok")
        first = slot["take"]
        told(await client.post(f"{API}/slots/{slot['id']}/generate"))
        [later] = (await settled(client)).values()
        assert later["take"] != first
        used = await say(client, first, "use")
        assert (used["picked"], used["take"]) == (first, first)
        assert used["newer"] == later["take"]
        assert used["version"] > later["version"]
        assert (await say(client, first, "release"))["take"] == later["take"]
        chosen = await say(client, first, "select")
        assert (chosen["selected"], chosen["picked"]) == (first, first)
        assert (await say(client, first, "unselect"))["selected"] is None
        again = await client.post(f"{API}/takes/{first}/unselect")
        assert refused(again, 409) == "not_selected"
        other = await client.post(f"{API}/takes/{later['take']}/release")
        assert refused(other, 409) == "not_picked"


async def test_only_a_picture_of_a_shot_is_selected_for_video(making: House) -> None:
    """P26."""
    script = """\
project: {id: lighthouse, providers: {voice: fake}}
blocks:
  - {id: A, content: x, media: [{media_id: line, media_role: dialog_vo,
     media_spec: {type: tts, text: It went out.}}]}
"""
    async with making.client() as client:
        await create(client, script)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [slot] = (await settled(client)).values()
        assert "select" not in slot["actions"]
        answer = await client.post(f"{API}/takes/{slot['take']}/select")
        assert refused(answer, 409) == "not_a_frame"
        assert told(await client.get(f"{API}/slots/{slot['id']}"))["version"] == slot["version"]


async def test_a_review_stays_with_its_take(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "ok")
        said = await say(client, slot["take"], "review", status="retake", note="Too dark: größer.")
        assert (said["review"], said["review_note"]) == ("retake", "Too dark: größer.")
        assert (await say(client, slot["take"], "review", status="approved"))["review_note"] == ""
        for wish in ({"status": "great"}, {}, {"status": "wip", "note": "x" * 2001}):
            answer = await client.post(f"{API}/takes/{slot['take']}/review", json=wish)
            assert refused(answer, 422) == "invalid_request"


@pytest.mark.parametrize(
    "wish",
    [
        {"count": 0},
        {"count": 9},
        {"seed": -1},
        {"seed": 2**60},
        {"prompt": ""},
        {"spec": {"width": 1}},
        {"spec": {"type": "nothing"}},
        {"spec": {"type": "tts", "text": "x"}},
        {"spec": {"unknown": 1}},
        {"spec": {"prompt": 7}},
        {"spec": {"prompt": "a\0b"}},
        {"prompt": "a\0b"},
        {"spec": {"a\0b": 1}},
        {"spec": {"seed": 0.5}},
        {"spec": {"demo": 7}},
    ],
    ids=str,
)
async def test_a_wish_that_does_not_fit_is_422(house: House, wish: dict[str, Any]) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        [slot] = (await slots_of(client)).values()
        answer = await client.post(f"{API}/slots/{slot['id']}/generate", json=wish)
        assert refused(answer, 422) in ("invalid", "invalid_request")
        assert told(await client.get(f"{API}/jobs"))["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        r'{"spec": {"prompt": "\ud800"}}',
        r'{"prompt": "\udfff"}',
        '{"spec": {"width": 1e400}}',
        '{"spec": {"width": NaN}}',
        '{"seed": -Infinity}',
        '{"spec": ' + '{"a":' * 500 + "1" + "}" * 501,
    ],
    ids=range(6),
)
async def test_what_json_may_say_and_nobody_can_keep_is_422(house: House, body: str) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        [slot] = (await slots_of(client)).values()
        answer = await client.post(
            f"{API}/slots/{slot['id']}/generate",
            content=body,
            headers={"Content-Type": "application/json"},
        )
        assert refused(answer, 422) in ("invalid", "invalid_request")


@pytest.mark.parametrize("wish", [{"provider": "nobody"}, {"spec": {"provider": "nobody"}}])
async def test_an_unknown_provider_is_409(house: House, wish: dict[str, Any]) -> None:
    async with house.client() as client:
        await create(client, script_of("ok"))
        [slot] = (await slots_of(client)).values()
        answer = await client.post(f"{API}/slots/{slot['id']}/generate", json=wish)
        assert refused(answer, 409) == "no_provider"


async def test_a_take_of_another_type_is_refused(house: House) -> None:
    script = """\
project: {id: lighthouse, providers: {music: fake}}
blocks:
  - {id: A, content: x, media: [{media_id: bed, media_role: ambient_music,
     media_spec: {type: music, prompt: waves}}]}
"""
    async with house.client() as client:
        await create(client, script)
        [slot] = (await slots_of(client)).values()
        wish = {"spec": {"type": "stable_diffusion"}}
        answer = await client.post(f"{API}/slots/{slot['id']}/generate", json=wish)
        assert refused(answer, 422) == "invalid"


async def test_a_single_request_at_a_gate_is_409(house: House) -> None:
    script = """\
project: {id: lighthouse, providers: {image: fake}, gates: {look: approved}}
concepts:
  - id: mira
    type: character
    media: [{media_id: look, media_role: concept_image,
             media_spec: {type: stable_diffusion, prompt: Mira}}]
blocks:
  - id: A
    content: x
    cast: [mira]
    media: [{media_id: frame, media_role: narrative_im,
             media_spec: {type: stable_diffusion, prompt: stairs}}]
"""
    async with house.client() as client:
        await create(client, script)
        slot = (await slots_of(client))["A/frame"]
        answer = await client.post(f"{API}/slots/{slot['id']}/generate")
        assert refused(answer, 409) == "look_not_approved"
        asked = told(await client.post(f"{LIGHTHOUSE}/generate"))
        assert asked["waiting"] == [slot["id"]]
        waiting = told(await client.get(f"{API}/slots/{slot['id']}"))
        assert (waiting["state"], waiting["reason"]["code"]) == ("blocked", "look_not_approved")
        told(await client.post(f"{API}/slots/{slot['id']}/cancel"))
        assert told(await client.get(f"{API}/slots/{slot['id']}"))["state"] == "empty"


async def test_a_job_tells_all_that_happened_to_it(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "transient, ok")
        job = told(await client.get(f"{API}/jobs/{slot['job']['id']}"))
        assert (job["state"], job["fails"], job["slots"]) == ("succeeded", 1, [slot["id"]])
        assert job["project"] == "lighthouse"
        first, second = job["submissions"]
        assert (first["state"], second["state"]) == ("rejected", "done")
        assert first["error"]
        assert second["provider_job_id"]
        actions = [one["action"] for one in job["audit"]]
        assert actions[0] == "asked"
        assert "retries" in actions
        assert actions[-1] == "succeeded"
        assert job["audit"][0]["actor"] == "owner"
        assert job["audit"][-1]["actor"] is None
        numbers = [one["seq"] for one in job["audit"]]
        assert numbers == sorted(set(numbers))


async def test_jobs_are_listed_newest_first_and_in_parts(making: House) -> None:
    async with making.client() as client:
        slots = await made(client, "ok", "content_policy", "ok")
        everything = told(await client.get(f"{API}/jobs"))["items"]
        assert len(everything) == 3
        assert [one["created_at"] for one in everything] == sorted(
            (one["created_at"] for one in everything), reverse=True
        )
        first = told(await client.get(f"{API}/jobs", params={"limit": "2"}))
        rest = told(await client.get(f"{API}/jobs", params={"cursor": first["next"]}))
        assert [*first["items"], *rest["items"]] == everything
        assert rest["next"] is None
        [failed] = told(await client.get(f"{API}/jobs", params={"state": "failed"}))["items"]
        assert failed["reason"] == "content_policy"
        assert failed["id"] == slots[1]["job"]["id"]
        mine = told(await client.get(f"{API}/jobs", params={"project": "lighthouse"}))["items"]
        assert mine == everything
        refused(await client.get(f"{API}/jobs", params={"project": "nope"}), 404)
        refused(await client.get(f"{API}/jobs", params={"state": "lost"}), 422)
        answer = await client.get(f"{API}/jobs", params={"cursor": "nope"})
        assert refused(answer, 422) == "bad_cursor"


async def test_a_refusal_is_not_asked_again(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "content_policy")
        answer = await client.post(f"{API}/jobs/{slot['job']['id']}/retry")
        assert refused(answer, 409) == "content_policy"
        again = told(await client.post(f"{LIGHTHOUSE}/retry-failed"))
        assert again == {"jobs": [], "skipped": [slot["job"]["id"]]}


@pytest.mark.parametrize(
    ("step", "code"), [("quota", "quota_exhausted"), ("auth", "invalid_credentials")]
)
async def test_a_block_that_the_script_asks_for_is_ended_by_retry(
    making: House, step: str, code: str
) -> None:
    async with making.client() as client:
        [slot] = await made(client, f"{step}, ok")
        assert (slot["state"], slot["reason"]["code"]) == ("blocked", code)
        # its provider is ready, so there is no key to mend
        assert slot["fix"] == {"action": "retry", "label": "Retry"}
        assert "only Retry ends it" in slot["reason"]["message"]
        answer = await client.post(f"{API}/jobs/{slot['job']['id']}/retry")
        assert answer.status_code == 202
        [after] = (await settled(client)).values()
        assert after["state"] == "succeeded"


@pytest.mark.parametrize("way", ["retry-failed", "generate"])
async def test_what_failed_for_a_passing_reason_is_made_again(making: House, way: str) -> None:
    async with making.client() as client:
        # five fails end a job; its retry goes on where the theatre stood
        [slot] = await made(client, "timeout@0s, timeout, timeout, timeout, timeout, ok")
        assert slot["state"] == "failed"
        wish = {"scope": "failed"} if way == "generate" else None
        answer = await client.post(f"{LIGHTHOUSE}/{way}", json=wish)
        assert answer.status_code == 202
        assert len(answer.json()["jobs"]) == 1
        [after] = (await settled(client)).values()
        assert after["state"] == "succeeded"


async def test_a_job_that_was_retried_already_is_not_bought_again(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "quota, ok")
        old = slot["job"]["id"]
        told(await client.post(f"{API}/jobs/{old}/retry"))
        await settled(client)
        assert refused(await client.post(f"{API}/jobs/{old}/retry"), 409) == "over"
        [after] = (await settled(client)).values()
        assert after["takes"] == 1


async def test_what_is_over_can_not_be_cancelled(making: House) -> None:
    async with making.client() as client:
        [slot] = await made(client, "ok")
        answer = await client.post(f"{API}/jobs/{slot['job']['id']}/cancel")
        assert refused(answer, 409) == "over"
        assert refused(await client.post(f"{API}/slots/{slot['id']}/cancel"), 409) == "over"
        answer = await client.post(f"{API}/jobs/{slot['job']['id']}/retry")
        assert refused(answer, 409) == "over"


@pytest.mark.parametrize("what", ["jobs", "slots"])
async def test_a_cancel_that_was_accepted_ends_cancelled(making: House, what: str) -> None:
    async with making.client() as client:
        await create(client, script_of("never"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [slot] = (await slots_of(client)).values()
        name = slot["job"]["id"] if what == "jobs" else slot["id"]
        answer = await client.post(f"{API}/{what}/{name}/cancel")
        assert answer.status_code == 202
        [after] = (await settled(client)).values()
        assert after["state"] == "cancelled"
        job = told(await client.get(f"{API}/jobs/{slot['job']['id']}"))
        assert job["state"] == "cancelled"


async def test_a_cancelled_job_can_be_made_again(making: House) -> None:
    async with making.client() as client:
        await create(client, script_of("never, ok"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [slot] = (await slots_of(client)).values()
        told(await client.post(f"{API}/slots/{slot['id']}/cancel"))
        await settled(client)
        new = told(await client.post(f"{API}/jobs/{slot['job']['id']}/retry"))
        assert new["id"] != slot["job"]["id"]
        assert new["retry_of"] == slot["job"]["id"]


async def test_what_the_script_no_longer_has_is_gone(making: House) -> None:
    async with making.client() as client:
        slots = await made(client, "ok", "ok")
        from tests.ui.api.house import YAML  # noqa: PLC0415

        told(await client.put(f"{LIGHTHOUSE}/script", content=script_of("ok"), headers=YAML))
        gone = slots[1]
        refused(await client.get(f"{API}/slots/{gone['id']}"), 404)
        refused(await client.get(f"{API}/slots/{gone['id']}/takes"), 404)
        refused(await client.post(f"{API}/slots/{gone['id']}/generate"), 404)
        refused(await client.post(f"{API}/takes/{gone['take']}/use"), 404)
