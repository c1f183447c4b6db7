"""The story over HTTP: from the examples' YAML to what each client gets (R53-R69, R82, R84)."""

import hashlib
import io
import json
import struct
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from jobs.providers.paperdoll import PaperdollProvider
from tests.storage.media_files import audio, picture, still
from tests.ui.api.conftest import OpenHouse
from tests.ui.api.house import API, LIGHTHOUSE, House, create, refused, settled, slots_of, told

EXAMPLES = Path(__file__).parents[2] / "scripts"
NAMES = sorted(file.stem for file in EXAMPLES.glob("*.yaml"))
CLIENTS = ("web", "mobile", "desktop")
BYTES: dict[str, Callable[[], bytes]] = {"png": picture, "ogg": partial(audio, "ogg", "libopus")}
WAYS = {"url", "data", "path", "xml"}
STORY = """\
project: {id: lighthouse, providers: {image: fake}}
blocks:
  - id: A
    content: The lamp is dark.
    media:
      - {media_id: small, media_role: narrative_im, media_path: small.png}
      - {media_id: large, media_role: narrative_im, media_path: large.png}
    choices: [{text: Light it, to: B}]
  - {id: B, content: It burns.}
"""


def png(size: int) -> bytes:
    """A picture of just so many bytes: filled up with a chunk that says nothing."""
    plain = picture(image=still(8, 8))
    body = bytes(size - len(plain) - 12)
    spare = struct.pack(">I", len(body)) + b"prVt" + body
    spare += struct.pack(">I", zlib.crc32(b"prVt" + body))
    whole = plain[:-12] + spare + plain[-12:]
    assert len(whole) == size
    return whole


def read(path: str) -> bytes:
    return Path(path).read_bytes()


def packed(script: str, files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("script.yaml", script)
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


async def bring(client: httpx.AsyncClient, script: str, files: dict[str, bytes], key: str) -> None:
    """A production with its files, and all its media made."""
    zipped = {"Content-Type": "application/zip"}
    path = f"{API}/projects"
    told(await client.post(path, content=packed(script, files), headers=zipped, params={"id": key}))
    told(await client.post(f"{path}/{key}/generate"))
    await settled(client, key)


async def step(asking: httpx.AsyncClient, key: str = "lighthouse", **query: str) -> Any:
    return told(await asking.get(f"{API}/projects/{key}/state", params=query))


def media(state: Any) -> dict[str, Any]:
    found = [one for one in state["fragments"] if one["fragment_type"] == "media"]
    return {one["media_id"]: one for one in found}


@pytest.fixture
def stage(open_house: OpenHouse) -> House:
    return open_house(worker=True, providers=[PaperdollProvider()])


def authored(script: Any) -> Iterator[dict[str, Any]]:
    for owner in (*script.get("concepts", ()), *script.get("blocks", ())):
        yield from owner["media"]


@pytest.mark.parametrize("client_type", CLIENTS)
@pytest.mark.parametrize("name", NAMES)
async def test_an_example_runs_from_yaml_to_fragments_r82_r53_r54_r84(
    stage: House, name: str, client_type: str
) -> None:
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    items = {one["media_id"]: one for one in authored(yaml.safe_load(text))}
    paths = {one["media_path"] for one in items.values() if "media_path" in one}
    files = {path: BYTES[path.rpartition(".")[2]]() for path in paths}
    async with stage.client() as client:
        header = f"project: {{id: {name}, providers: {{image: fake}}}}\n"
        await bring(client, header + text, files, name)
        state = await step(client, name, client=client_type)
        found = media(state)
        assert list(found) == list(items)
        for media_id, item in items.items():
            one = found[media_id]
            assert one["media_role"] == item["media_role"]
            assert one["staging_hints"] == item["staging_hints"]
            assert len(WAYS & one.keys()) == 1
            await resolves(client, one)
        if name == "dragon_lair_entrance":
            kinds = [one["fragment_type"] for one in state["fragments"]]
            assert kinds == ["prose", "media", "media", "media"]


async def resolves(client: httpx.AsyncClient, one: Any) -> None:
    """A client can have the bytes, by whatever way they were handed over."""
    if "path" in one:
        assert Path(one["path"]).is_absolute()
        assert Path(one["path"]).stem == hashlib.sha256(read(one["path"])).hexdigest()
    elif "data" in one:
        assert b64decode(one["data"], validate=True)
    else:
        answer = await client.get(one["url"], headers={"Authorization": ""})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == one["mime_type"]
        assert hashlib.sha256(answer.content).hexdigest() in one["url"]


@pytest.fixture
async def reader(stage: House) -> Any:
    """A client of a story with one picture just below the limit and one at it."""
    async with stage.client() as client:
        files = {"small.png": png(99_999), "large.png": png(100_000)}
        await bring(client, STORY, files, "lighthouse")
        yield client


async def test_a_state_has_fragments_choices_and_the_cursor_r56_r57(reader: Any) -> None:
    state = await step(reader)
    assert state["cursor"] == "A"
    assert [one["fragment_type"] for one in state["fragments"]] == [
        *("prose", "media", "media", "choice")
    ]
    assert state["fragments"][0]["content"] == "The lamp is dark."
    [choice] = state["choices"]
    assert (choice["text"], choice["to"], choice["disabled"]) == ("Light it", "B", False)
    after = await step(reader, cursor=choice["to"])
    assert (after["cursor"], after["choices"]) == ("B", [])
    assert [one["content"] for one in after["fragments"]] == ["It burns."]


async def test_a_shot_that_is_not_there_is_404(reader: Any) -> None:
    answer = await reader.get(f"{LIGHTHOUSE}/state", params={"cursor": "Z"})
    assert refused(answer, 404) == "not_found"


async def test_the_limit_of_a_mobile_client_is_100_000_bytes_r60_r61(reader: Any) -> None:
    found = media(await step(reader, client="mobile"))
    assert WAYS & found["small"].keys() == {"data"}
    assert b64decode(found["small"]["data"], validate=True) == png(99_999)
    assert WAYS & found["large"].keys() == {"url"}
    await resolves(reader, found["large"])


async def test_the_header_names_the_client_and_the_query_beats_it_r58(reader: Any) -> None:
    async def way(header: str, **query: str) -> set[str]:
        answer = await reader.get(
            f"{LIGHTHOUSE}/state", params=query, headers={"X-Client-Type": header}
        )
        assert answer.headers["vary"] == "X-Client-Type"
        return WAYS & set(media(told(answer))["small"])

    assert await way("mobile") == {"data"}
    assert await way("web") == {"url"}
    assert await way("mobile", client="web") == {"url"}


@pytest.mark.parametrize("where", ["query", "header"])
async def test_an_unknown_client_is_told_the_known_ones_r58(reader: Any, where: str) -> None:
    query = {"client": "fridge"} if where == "query" else {}
    headers = {"X-Client-Type": "fridge"} if where == "header" else {}
    answer = await reader.get(f"{LIGHTHOUSE}/state", params=query, headers=headers)
    assert refused(answer, 422) == "unknown_client"
    assert "web, mobile, desktop" in answer.json()["detail"]


async def test_every_client_gets_type_size_and_hints_r65(reader: Any) -> None:
    for name in CLIENTS:
        one = media(await step(reader, client=name))["small"]
        assert {key: one[key] for key in one if key not in WAYS} == {
            "fragment_type": "media",
            "media_id": "small",
            "media_role": "narrative_im",
            "media_type": "image",
            "mime_type": "image/png",
            "width": 8,
            "height": 8,
            "duration": None,
            "staging_hints": {},
            "treatment": {"layout": "frame", "preload": True, "loop": False, "duck": False},
            "source_id": "A",
            "source_label": "A",
            "provider_kind": "file",
            "is_current": True,
        }


async def test_a_slot_shows_the_same_medium_as_the_story_r65(reader: Any) -> None:
    one = media(await step(reader))["small"]
    board = (await slots_of(reader))["A/small"]["media"]
    assert board == {name: one[name] for name in board}


async def test_paths_are_for_the_owner_on_this_machine_r62(
    stage: House, open_house: OpenHouse, reader: Any
) -> None:
    path = f"{LIGHTHOUSE}/state?client=desktop"
    [one, _] = media(told(await reader.get(path))).values()
    assert read(one["path"]) == png(99_999)
    forwarded = await reader.get(path, headers={"X-Forwarded-For": "127.0.0.1"})
    assert refused(forwarded, 403) == "desktop_is_local"
    async with stage.client(client=("192.0.2.7", 1)) as far:
        assert refused(await far.get(path), 403) == "desktop_is_local"
    open_to_all = open_house(bound="0.0.0.0")  # noqa: S104 - what is tested
    async with open_to_all.client() as near:
        assert refused(await near.get(path), 403) == "desktop_is_local"
        assert told(await near.get(f"{LIGHTHOUSE}/state"))["cursor"] == "A"


async def test_data_of_the_script_is_a_file_for_a_desktop_r63(stage: House) -> None:
    async with stage.client() as client:
        encoded = json.dumps(b64encode(picture()).decode())
        script = f"blocks: [{{id: A, content: x, media: [{{media_id: m, media_data: {encoded}}}]}}]"
        await bring(client, script, {}, "lighthouse")
        path = media(await step(client, client="desktop"))["m"]["path"]
    assert Path(path).name == f"{hashlib.sha256(picture()).hexdigest()}.png"
    assert read(path) == picture()


async def test_a_small_drawing_comes_as_markup_where_it_is_asked_for_r67(stage: House) -> None:
    text = (EXAMPLES / "player_avatar.yaml").read_text(encoding="utf-8")
    async with stage.client() as client:
        await bring(client, text, {}, "lighthouse")
        for name in CLIENTS:
            doll = media(await step(client, client=name, inline="svg"))["avatar_doll"]
            assert WAYS & doll.keys() == {"xml"}
            assert doll["xml"].startswith("<svg ")
            assert "<script" not in doll["xml"]
        answer = await client.get(f"{LIGHTHOUSE}/state", params={"inline": "html"})
        assert refused(answer, 422) == "invalid_request"


async def test_a_signed_address_can_not_be_bent_r59_r66(reader: Any) -> None:
    url = media(await step(reader))["large"]["url"]
    good = await reader.get(url)
    assert "immutable" in good.headers["cache-control"]
    again = await reader.get(url, headers={"If-None-Match": good.headers["etag"]})
    assert again.status_code == 304
    part = await reader.get(url, headers={"Range": "bytes=0-7"})
    assert (part.status_code, part.content) == (206, b"\x89PNG\r\n\x1a\n")
    flipped = url[:-1] + ("0" if url[-1] != "0" else "1")
    assert refused(await reader.get(flipped), 403) == "bad_signature"
    longer = url.replace("exp=", "exp=9")
    assert refused(await reader.get(longer), 403) == "bad_signature"


async def test_media_that_is_gone_is_told_and_never_500_r69(stage: House, reader: Any) -> None:
    store: Any = stage.tools.store
    for one in media(await step(reader, client="desktop")).values():
        store.delete(Path(one["path"]).name)
    for name in CLIENTS:
        state = await step(reader, client=name)
        assert media(state) == {}
        assert state["fragments"][0]["content"] == "The lamp is dark."
        assert [one["state"] for one in state["missing"]] == ["unavailable"] * 2


async def test_pending_media_is_told_by_its_state_r69(house: House) -> None:
    async with house.client() as client:
        await create(client)
        told(await client.post(f"{LIGHTHOUSE}/generate"))
        [one] = (await step(client))["missing"]
        assert (one["media_id"], one["state"]) == ("frame", "pending")


async def test_the_document_says_what_a_state_is_r58(house: House) -> None:
    async with house.client() as client:
        document = told(await client.get("/api/openapi.json"))
    operation = document["paths"][f"{API}/projects/{{project}}/state"]["get"]
    named = {one["name"]: one for one in operation["parameters"]}
    assert set(named) == {"project", "cursor", "client", "X-Client-Type", "inline"}
    assert all(one.get("description") for name, one in named.items() if name != "project")
    fields = document["components"]["schemas"]["Delivered"]["properties"]
    assert fields.keys() >= WAYS
    assert "Treatment" in document["components"]["schemas"]
