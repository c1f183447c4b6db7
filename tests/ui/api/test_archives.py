"""A zip of a script and its assets, and what a zip may not do."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pytest
from PIL import Image

from tests.ui.api.house import API, LIGHTHOUSE, House, refused, settled, slots_of, told

ZIP = {"Content-Type": "application/zip"}
SCRIPT = """\
project: {id: lighthouse, providers: {image: fake}}
blocks:
  - id: A
    content: x
    media: [{media_id: sky, media_role: narrative_im, media_path: assets/sky.png,
             hard_requirement: true}]
"""


def picture(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


def packed(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


GOOD: dict[str, bytes | str] = {"story.yaml": SCRIPT, "assets/sky.png": picture()}


async def test_a_script_comes_with_its_assets(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=packed(GOOD), headers=ZIP)
        assert answer.status_code == 201
        assert answer.json()["diagnostics"] == []
        asked = told(await client.post(f"{LIGHTHOUSE}/generate"))
        [slot] = (await settled(client)).values()
        assert asked["attached"] == [slot["id"]]
        assert slot["provider_kind"] == "file"
        assert (slot["media"]["width"], slot["media"]["mime_type"]) == (64, "image/png")


async def test_the_scripts_name_is_the_productions_without_another(house: House) -> None:
    content = packed({"The Keeper.yml": "blocks: [{id: A}]", "notes/other.yaml": "x: 1"})
    async with house.client() as client:
        made = told(await client.post(f"{API}/projects", content=content, headers=ZIP))
        assert made["id"] == "The-Keeper"


async def test_what_desktops_put_beside_is_passed_over(house: House) -> None:
    beside: dict[str, bytes | str] = {
        "__MACOSX/._story.yaml": b"\x00",
        ".DS_Store": b"\x00",
        "assets/.DS_Store": b"\x00",
    }
    async with house.client() as client:
        told(await client.post(f"{API}/projects", content=packed({**beside, **GOOD}), headers=ZIP))


async def test_an_edit_adds_and_replaces_assets_and_keeps_those_of_before(house: House) -> None:
    second = SCRIPT + (
        "  - {id: B, content: x, media: [{media_id: sea, media_role: narrative_im,"
        " media_path: assets/sea.png}]}\n"
    )
    async with house.client() as client:
        told(await client.post(f"{API}/projects", content=packed(GOOD), headers=ZIP))
        content = packed({"story.yaml": second, "assets/sea.png": picture("teal")})
        report = told(await client.put(f"{LIGHTHOUSE}/script", content=content, headers=ZIP))
        assert report["added"] == ["B"]
        asked = told(await client.post(f"{LIGHTHOUSE}/generate"))
        assert len(asked["attached"]) == 2
        assert {one["state"] for one in (await slots_of(client)).values()} == {"succeeded"}


async def test_a_plain_script_keeps_the_assets_of_before(house: House) -> None:
    async with house.client() as client:
        told(await client.post(f"{API}/projects", content=packed(GOOD), headers=ZIP))
        told(
            await client.put(
                f"{LIGHTHOUSE}/script",
                content=SCRIPT.replace("content: x", "content: y"),
                headers={"Content-Type": "application/yaml"},
            )
        )
        asked = told(await client.post(f"{LIGHTHOUSE}/generate"))
        assert len(asked["attached"]) == 1


async def test_a_file_that_is_missing_is_told(house: House) -> None:
    async with house.client() as client:
        answer = await client.post(
            f"{API}/projects", content=packed({"story.yaml": SCRIPT}), headers=ZIP
        )
        assert refused(answer, 422) == "script_refused"
        [found] = answer.json()["diagnostics"]
        assert found["code"] == "missing_file"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"assets/a.png": b"x"},
        {"folder/story.yaml": SCRIPT},
        {"a.yaml": SCRIPT, "b.yml": SCRIPT},
        {"story.YAML": SCRIPT, "b.yaml": SCRIPT},
    ],
)
async def test_one_script_at_the_root_and_no_other(
    house: House, files: dict[str, bytes | str]
) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=packed(files), headers=ZIP)
        assert refused(answer, 422) == "no_script"


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.png", "/etc/evil.png", "assets/../../evil.png", "C:/evil.png", "a\\b.png"),
        *("con.png", "a/nul", "~/x.png", "a//../x", "x\u202egnp.png", "a\u2215b.png", "a" * 1100),
    ],
)
async def test_a_name_that_leaves_the_folder_is_refused(house: House, name: str) -> None:
    async with house.client() as client:
        content = packed({**GOOD, name: b"x"})
        answer = await client.post(f"{API}/projects", content=content, headers=ZIP)
        assert refused(answer, 422) == "unsafe_path"
        assert told(await client.get(f"{API}/projects"))["items"] == []


async def test_a_link_is_refused(house: House) -> None:
    out = io.BytesIO(packed(GOOD))
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("assets/passwd.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=out.getvalue(), headers=ZIP)
        assert refused(answer, 422) == "unsafe_path"


@pytest.mark.parametrize("name", ["assets/sky.png", "story.yaml"])
async def test_a_name_that_is_there_twice_is_refused(house: House, name: str) -> None:
    out = io.BytesIO(packed(GOOD))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(name, "x")
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=out.getvalue(), headers=ZIP)
        assert refused(answer, 422) == "bad_zip"


async def test_a_bomb_is_refused_before_it_is_unpacked(house: House) -> None:
    bomb = packed({"story.yaml": SCRIPT, "assets/a.png": bytes(300_000_000)})
    assert len(bomb) < 1_000_000
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=bomb, headers=ZIP)
        assert refused(answer, 413) == "too_large_unpacked"


async def test_a_bomb_that_lies_about_its_size_is_refused(house: House) -> None:
    bomb = bytearray(packed({"story.yaml": "blocks: [{id: A}]", "a.png": bytes(50_000_000)}))
    at = bomb.rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = struct.pack("<I", 100)  # the directory's word for the size
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=bytes(bomb), headers=ZIP)
        assert refused(answer, 422) == "bad_zip"


async def test_too_many_files_are_refused_by_the_directory_alone(house: House) -> None:
    many = packed({"story.yaml": SCRIPT, **{f"{n}.txt": b"" for n in range(2_001)}})
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=many, headers=ZIP)
        assert refused(answer, 413) == "too_many_files"


async def test_what_the_directory_says_of_itself_is_refused_unread(house: House) -> None:
    many = bytearray(packed(GOOD))
    at = many.rfind(b"PK\x05\x06")
    many[at + 10 : at + 12] = struct.pack("<H", 5_000)
    large = bytearray(packed(GOOD))
    large[at + 12 : at + 16] = struct.pack("<I", 50_000_000)
    hidden = bytearray(packed(GOOD))
    hidden[at:at] = b"PK\x06\x07" + bytes(16)  # a 64-bit directory, whose numbers would count
    async with house.client() as client:
        for data, status, code in (
            (many, 413, "too_many_files"),
            (large, 413, "too_many_files"),
            (hidden, 422, "bad_zip"),
        ):
            answer = await client.post(f"{API}/projects", content=bytes(data), headers=ZIP)
            assert refused(answer, status) == code
            assert ("64-bit" in answer.json()["detail"]) is (data is hidden)


async def test_a_script_beyond_its_own_limit_is_refused_in_a_zip_too(house: House) -> None:
    content = packed({"story.yaml": "# " + "x" * 5_000_001})
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=content, headers=ZIP)
        assert refused(answer, 422) == "script_refused"


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    broken = bytearray(data)
    broken[45] ^= 0xFF
    return bytes(broken)


def encrypted(data: bytes) -> bytes:
    marked = bytearray(data)
    marked[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"PK\x05\x06",
        b"PK\x05\x06" + b"\0" * 17,
        b"x" * 1000,
        SCRIPT.encode(),
        cut(packed(GOOD)),
        flipped(packed(GOOD)),
        encrypted(packed(GOOD)),
        packed(GOOD, zipfile.ZIP_BZIP2),
        packed(GOOD, zipfile.ZIP_LZMA),
        zlib.compress(b"x"),
    ],
    ids=range(12),
)
async def test_what_is_no_such_zip_is_422(house: House, content: bytes) -> None:
    async with house.client() as client:
        answer = await client.post(f"{API}/projects", content=content, headers=ZIP)
        assert refused(answer, 422) == "bad_zip"


async def test_every_broken_byte_of_a_zip_is_survived(house: House) -> None:
    good = packed({"s.yaml": "blocks: [{id: A}]", "a.txt": "hello"})
    async with house.client() as client:
        for at in range(len(good)):
            broken = bytearray(good)
            broken[at] ^= 0x55
            answer = await client.put(f"{LIGHTHOUSE}/script", content=bytes(broken), headers=ZIP)
            assert answer.status_code < 500, at
