"""What people bring in, and what there is: uploads, one's own takes, the registry over HTTP."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from domain.access import OWNER
from domain.media.tag import Scope
from domain.usecases.library import Brought, Library
from tests.builders import a_tag
from tests.storage.media_files import audio, clip, huge_png, marked_png, picture, sound
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

MEDIA = f"{LIGHTHOUSE}/media"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"><circle r="9"/></svg>'


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def png(colour: str = "navy", size: tuple[int, int] = (64, 32)) -> bytes:
    return picture(image=Image.new("RGB", size, colour))


async def upload(
    client: httpx.AsyncClient,
    data: bytes,
    name: str = "a.png",
    mime: str = "image/png",
    **words: str,
) -> httpx.Response:
    return await client.post(MEDIA, files={"file": (name, data, mime)}, data=words)


async def own_take(
    client: httpx.AsyncClient, slot: str, data: bytes, name: str = "a.png", mime: str = ""
) -> httpx.Response:
    mime = mime or "application/octet-stream"
    return await client.post(f"{API}/slots/{slot}/takes", files={"file": (name, data, mime)})


def a_script(media: str, more: str = "") -> str:
    """One block with one media item."""
    return (
        f"project: {{id: lighthouse}}\nblocks:\n  - {{id: A, content: x, media: [{media}]}}\n{more}"
    )


# Uploads


async def test_an_upload_is_a_tag_with_what_its_bytes_are_r1_r2_r5_r6(house: House) -> None:
    data = png()
    async with house.client() as client:
        await create(client)
        answer = await upload(client, data, alias="tavern_bg")
        assert answer.status_code == 201
        tag = answer.json()
        assert (tag["media_type"], tag["mime_type"]) == ("image", "image/png")
        assert (tag["width"], tag["height"], tag["size"]) == (64, 32, len(data))
        assert tag["hash"] == sha256(data)
        assert (tag["origin"], tag["aliases"]) == ("a.png", ["tavern_bg"])
        assert (tag["kind"], tag["scope"], tag["available"]) == ("upload", "project", True)
        assert house.tools.store.read(f"{tag['hash']}.png") == data
        other = told(await upload(client, png("red")))
        assert other["hash"] != tag["hash"]
        assert other["id"] != tag["id"]


@pytest.mark.parametrize(
    ("data", "name", "mime", "facts"),
    [
        (picture("JPEG"), "a.JPEG", "image/jpeg", ("image", "image/jpeg", 64, 32)),
        (SVG, "a.svg", "image/svg+xml", ("vector", "image/svg+xml", 30, 20)),
        (audio("mp3", "mp3"), "a.mp3", "audio/mpeg", ("voice", "audio/mpeg", None, None)),
        (sound(), "a.wav", "audio/x-wav", ("voice", "audio/wav", None, None)),
        (clip(), "a.mp4", "video/mp4", ("video", "video/mp4", 64, 48)),
        (png(), "no_ending", "application/octet-stream", ("image", "image/png", 64, 32)),
    ],
    ids=["jpeg", "svg", "mp3", "wav", "mp4", "undeclared"],
)
async def test_each_kind_of_media_is_told_by_its_bytes_r6(
    house: House, data: bytes, name: str, mime: str, facts: tuple[Any, ...]
) -> None:
    async with house.client() as client:
        await create(client)
        tag = told(await upload(client, data, name, mime))
        assert (tag["media_type"], tag["mime_type"], tag["width"], tag["height"]) == facts
        assert (tag["duration"] is not None) == (facts[0] in ("voice", "video"))


async def test_a_tag_says_nothing_of_addresses_or_use_r8(house: House) -> None:
    async with house.client() as client:
        await create(client)
        tag = told(await upload(client, png()))
    assert not {"url", "data", "path", "role", "media_role", "hints", "staging_hints"} & set(tag)
    assert "http" not in str(tag)


async def test_the_same_bytes_are_stored_once_and_go_by_both_names_r12_r13_r15(
    house: House,
) -> None:
    data = png()
    async with house.client() as client:
        await create(client)
        first = told(await upload(client, data, alias="tavern_bg"))
        again = told(await upload(client, data, "b.png", alias="inn"))
        assert again["id"] == first["id"]
        assert again["aliases"] == ["inn", "tavern_bg"]
        [listed] = told(await client.get(MEDIA))["items"]
        assert listed == again
        record = told(await client.get(f"{MEDIA}/{first['hash']}"))
        assert record["tags"] == [again]
        assert refused(await client.get(f"{MEDIA}/{'0' * 64}"), 404) == "not_found"


async def test_every_upload_leaves_a_row_that_says_who_r17(house: House) -> None:
    async with house.client() as client:
        await create(client)
        tag = told(await upload(client, png(), alias="tavern_bg"))
        told(await upload(client, png(), "b.png"))
        audit = told(await client.get(f"{MEDIA}/{tag['hash']}"))["audit"]
    facts = [(one["action"], one["actor"], one["origin"], one["aliases"]) for one in audit]
    assert facts == [
        ("registered", "owner", "a.png", ["tavern_bg"]),
        ("merged", "owner", "b.png", []),
    ]


async def test_a_made_picture_leaves_a_row_too_and_is_found_by_its_ask_r14_r17_r40(
    making: House,
) -> None:
    async with making.client() as client:
        await create(client, script_of("ok"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        await settled(client)
        [tag] = told(await client.get(MEDIA))["items"]
        audit = told(await client.get(f"{MEDIA}/{tag['hash']}"))["audit"]
    assert [(one["action"], one["actor"]) for one in audit] == [("registered", None)]
    assert (tag["kind"], tag["origin"]) == ("fake", "fake")
    assert tag["adapted"]["prompt"] == "p0"
    assert isinstance(tag["realised"]["seed"], int)
    with making.works(reading=True) as work:
        project = work.boards.find("lighthouse")
        assert project is not None
        [found] = work.media.by_reuse_key(tag["reuse_key"], project.id)
    assert found.id == tag["id"]


async def test_media_whose_bytes_are_gone_is_not_available_r7(house: House) -> None:
    async with house.client() as client:
        await create(client)
        tag = told(await upload(client, png()))
        house.tools.store.delete(f"{tag['hash']}.png")
        [listed] = told(await client.get(MEDIA))["items"]
        assert listed["available"] is False
        slot = (await slots_of(client))["sc010_SH0010/frame"]["id"]
        answer = await client.post(f"{API}/slots/{slot}/takes", json={"media": tag["hash"]})
        assert refused(answer, 404) == "not_available"


async def test_what_the_library_has_every_project_sees_r16(house: House) -> None:
    async with house.client() as client:
        await create(client)
        await create(client, script_of("ok", key="other"))
        own = told(await upload(client, png("red")))
        shared = told(await upload(client, png("blue"), scope="library", alias="tavern_bg"))
        with house.works() as work:
            came = work.media.add(a_tag(None, built_in=True), ["tavern_bg"])
            work.commit()
        theirs = told(await client.get(f"{API}/projects/other/media"))["items"]
        assert {one["id"] for one in theirs} == {shared["id"], came.id}
        assert shared["scope"] == "library"
        for scope, tag in ((Scope.PROJECT, own["id"]), (Scope.BUILT_IN, came.id)):
            [one] = told(await client.get(MEDIA, params={"scope": scope.value}))["items"]
            assert one["id"] == tag
        page = told(await client.get(MEDIA, params={"limit": "2"}))
        rest = told(await client.get(MEDIA, params={"cursor": page["next"]}))
        assert len({one["id"] for one in (*page["items"], *rest["items"])}) == 3
        assert refused(await upload(client, png(), scope="built_in"), 422) == "invalid_request"


@pytest.mark.parametrize(
    "name",
    [
        "../a.png",
        "../../../../etc/passwd",
        "/etc/a.png",
        "C:a.png",
        "..\\a.png",
        "con.png",
        "LPT1.png",
        "a.png ",
        "a\u202egnp.png",
        "a\u2215b.png",
        "%2e%2e%2fa.png",
        "file:///a.png",
        "a\u200b.png",
        "x" * 300 + ".png",
    ],
)
async def test_a_name_that_leads_elsewhere_is_refused_p31(
    house: House, tmp_path: Path, name: str
) -> None:
    async with house.client() as client:
        await create(client)
        assert refused(await upload(client, png(), name), 422) == "unsafe_path"
        assert told(await client.get(MEDIA))["items"] == []
    assert not [one for one in (tmp_path / "media").rglob("*") if one.is_file()]


async def test_a_nul_in_a_name_is_refused_p31(house: House) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0.png"\r\n\r\n'
    body = head + png() + b"\r\n--x--\r\n"
    async with house.client() as client:
        await create(client)
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        answer = await client.post(MEDIA, content=body, headers=headers)
        assert refused(answer, 422) in ("unsafe_path", "bad_form")


@pytest.mark.parametrize("alias", ["../x", "/x", "a\\b", "library:x", "nul", "x" * 201, "a\tb"])
async def test_an_alias_is_a_name_that_a_script_can_write(house: House, alias: str) -> None:
    async with house.client() as client:
        await create(client)
        assert refused(await upload(client, png(), alias=alias), 422) == "bad_alias"


@pytest.mark.parametrize(
    ("data", "name", "mime", "refusal"),
    [
        (png(), "a.jpg", "image/png", (415, "type_mismatch")),
        (png(), "a.png", "image/jpeg", (415, "type_mismatch")),
        (png(), "a.png", "audio/mpeg", (415, "type_mismatch")),
        (png(), "a.exe", "image/png", (415, "type_mismatch")),
        (sound(), "a.png", "", (415, "type_mismatch")),
        (b"MZ" + bytes(100), "a.png", "image/png", (415, "unsupported_type")),
        (b"<html><script>alert(1)</script></html>", "a.svg", "image/svg+xml", (415, None)),
        (b"", "a.png", "image/png", (422, "empty_file")),
        (png()[:60], "a.png", "image/png", (422, None)),
        (huge_png(30_000, 30_000), "a.png", "image/png", (413, None)),
    ],
)
async def test_what_is_not_what_it_says_is_refused_and_not_kept_r9_p33(
    house: House, *, tmp_path: Path, data: bytes, name: str, mime: str, refusal: tuple[int, Any]
) -> None:
    status, code = refusal
    async with house.client() as client:
        await create(client)
        said = refused(await upload(client, data, name, mime), status)
        assert code is None or said == code
        assert told(await client.get(MEDIA))["items"] == []
    assert not [one for one in (tmp_path / "media").rglob("*") if one.is_file()]


async def test_more_than_a_form_may_bring_is_413_p33(house: House) -> None:
    async with house.client() as client:
        await create(client)
        answer = await upload(client, bytes(70_000_000))
        assert answer.status_code == 413


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "", 415),
        (b"nonsense", "multipart/form-data; boundary=x", 422),
        (b"nonsense", "multipart/form-data", 422),
        (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\na\r\n--x--\r\n', None, 422),
        (b'--x\r\nContent-Disposition: form-data; name="more"\r\n\r\na\r\n--x--\r\n', None, 422),
    ],
)
async def test_what_is_no_form_with_a_file_is_refused(
    house: House, body: bytes, kind: str | None, status: int
) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x" if kind is None else kind}
    async with house.client() as client:
        await create(client)
        refused(await client.post(MEDIA, content=body, headers=headers), status)


# One's own takes


async def test_ones_own_picture_is_a_take_picked_at_once_with_todays_basis(making: House) -> None:
    async with making.client() as client:
        await create(client, script_of("ok"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [before] = (await settled(client)).values()
        answer = await own_take(client, before["id"], png())
        assert answer.status_code == 201
        take = answer.json()
        assert (take["number"], take["kind"], take["origin"]) == (2, "upload", "upload")
        assert take["current"] is True
        [slot] = (await slots_of(client)).values()
        assert (slot["take"], slot["picked"], slot["takes"]) == (take["id"], take["id"], 2)
        assert (slot["state"], slot["currency"]) == ("succeeded", "current")
        assert slot["provider_kind"] == "upload"
        assert slot["version"] == before["version"] + 1
        asked = told(await client.post(f"{LIGHTHOUSE}/generate", json={"scope": "all"}))
        assert asked["jobs"] == []
        told(await client.post(f"{API}/takes/{before['take']}/use"))


async def test_ones_own_picture_ends_the_slots_blocked_job(house: House) -> None:
    item = "{media_id: frame, media_spec: {type: stable_diffusion, prompt: x, provider: none}}"
    async with house.client() as client:
        await create(client, a_script(item))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [slot] = (await slots_of(client)).values()
        assert slot["state"] == "blocked"
        job = slot["job"]["id"]
        told(await own_take(client, slot["id"], png()))
        assert told(await client.get(f"{API}/jobs/{job}"))["state"] == "cancelled"
        [slot] = (await slots_of(client)).values()
        assert slot["state"] == "succeeded"


async def test_media_that_is_there_becomes_a_take_by_its_hash(house: House) -> None:
    async with house.client() as client:
        await create(client)
        tag = told(await upload(client, png(), scope="library"))
        slot = (await slots_of(client))["sc010_SH0010/frame"]["id"]
        take = told(await client.post(f"{API}/slots/{slot}/takes", json={"media": tag["hash"]}))
        assert (take["sha256"], take["kind"]) == (tag["hash"], "upload")
        bodies: list[Any] = [
            {"media": "x"},
            {},
            {"media": tag["hash"], "more": 1},
            [],
            {"media": 7},
        ]
        for body in bodies:
            answer = await client.post(f"{API}/slots/{slot}/takes", json=body)
            assert refused(answer, 422) == "invalid_request"
        answer = await client.post(f"{API}/slots/{slot}/takes", json={"media": "0" * 64})
        assert refused(answer, 404) == "not_found"


async def test_a_marked_upload_is_fake_and_so_is_what_is_known_as_fake(making: House) -> None:
    async with making.client() as client:
        await create(client, script_of("ok", "ok"))
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        slots = list((await settled(client)).values())
        [first, *_] = told(await client.get(f"{API}/slots/{slots[0]['id']}/takes"))["items"]
        [made] = [
            one for one in told(await client.get(MEDIA))["items"] if one["hash"] == first["sha256"]
        ]
        ending = made["mime_type"].partition("/")[2]
        stored = making.tools.store.read(f"{made['hash']}.{'jpg' if ending == 'jpeg' else ending}")
        for data, name in ((marked_png(), "mine.png"), (stored, f"mine.{ending}")):
            take = told(await own_take(client, slots[1]["id"], data, name))
            assert (take["kind"], take["origin"]) == ("fake", "upload")


async def test_bytes_known_as_fake_stay_fake_without_a_mark(house: House) -> None:
    data = png()
    async with house.client() as client:
        await create(client)
        with house.works() as work:
            work.media.add(a_tag("elsewhere", sha256=sha256(data)))
            work.commit()
        assert told(await upload(client, data))["kind"] == "fake"


async def test_only_what_can_stand_there_becomes_a_take(house: House) -> None:
    async with house.client() as client:
        await create(client)
        slot = (await slots_of(client))["sc010_SH0010/frame"]["id"]
        for data, name in ((sound(), "a.wav"), (clip(), "a.mp4")):
            assert refused(await own_take(client, slot, data, name), 415) == "wrong_media_type"
        tag = told(await upload(client, sound(), "a.wav", "audio/wav"))
        answer = await client.post(f"{API}/slots/{slot}/takes", json={"media": tag["hash"]})
        assert refused(answer, 415) == "wrong_media_type"
        told(await own_take(client, slot, SVG, "a.svg"))


async def test_a_sound_is_music_where_music_is_wanted(house: House) -> None:
    item = "{media_id: wind, media_role: ambient_music, media_path: wind.wav}"
    async with house.client() as client:
        await create(client, a_script(item))
        [slot] = (await slots_of(client)).values()
        take = told(await own_take(client, slot["id"], sound(), "x.wav"))
        assert take["media"]["media_type"] == "music"


async def test_an_upload_that_is_sent_twice_is_one_take(house: House) -> None:
    async with house.client() as client:
        await create(client)
        slot = (await slots_of(client))["sc010_SH0010/frame"]["id"]
        request = client.build_request(
            "POST",
            f"{API}/slots/{slot}/takes",
            files={"file": ("a.png", png(), "image/png")},
            headers={"Idempotency-Key": "once"},
        )
        body = b"".join([part async for part in request.stream])  # type: ignore[union-attr]
        answers = [
            await client.post(request.url, content=body, headers=request.headers) for _ in range(2)
        ]
        assert answers[0].json() == answers[1].json()
        takes = told(await client.get(f"{API}/slots/{slot}/takes"))["items"]
        assert len(takes) == 1


async def test_a_hook_may_tell_a_tag_better_before_it_counts_r17(house: House) -> None:
    hooks = (lambda _: None, lambda tag: tag.evolve(origin=f"{tag.origin}, indexed"))
    library = Library(replace(house.tools, on_index=hooks))
    async with house.client() as client:
        await create(client)
        tag = library.upload(OWNER, "lighthouse", Brought(data=png(), name="a.png"))
        [listed] = told(await client.get(MEDIA))["items"]
    assert tag.origin == listed["origin"] == "a.png, indexed"


async def test_a_hook_may_not_say_that_it_is_other_media_r17(house: House) -> None:
    library = Library(replace(house.tools, on_index=(lambda tag: tag.evolve(kind="live"),)))
    async with house.client() as client:
        await create(client)
        with pytest.raises(ValueError, match="changed kind"):
            library.upload(OWNER, "lighthouse", Brought(data=png(), name="a.png"))
        assert told(await client.get(MEDIA))["items"] == []
