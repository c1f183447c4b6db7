"""Productions of any size: their scripts, their pictures, and takes as if all were made."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import uuid4

from domain.access import OWNER
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.media.tag import Inspected, MediaTag
from domain.usecases.base import Tools
from domain.usecases.productions import Productions
from domain.usecases.registering import POSTER_WIDTH
from domain.work.take import Take
from jobs.art.ask import PictureAsk
from jobs.art.plain import plain
from storage.inspector import Inspector

SCENE = 25
"""Shots in a scene."""
BARE = 10
"""Each tenth shot has no picture yet."""
WIDTH, HEIGHT = 1280, 720


def script(key: str, shots: int, *, voiced: bool = False) -> str:
    """A script of so many shots with one picture each, and a voice line where ``voiced``."""
    return "\n".join(_lines(key, shots, voiced=voiced)) + "\n"


def _lines(key: str, shots: int, *, voiced: bool) -> Iterator[str]:
    yield f"project: {{id: {key}, title: Bench of {shots}, fps: 24, providers: {{image: fake}}}}"
    yield "episodes:"
    yield "  - id: ep01"
    yield "    scenes:"
    for at in range(shots):
        if at % SCENE == 0:
            scene = at // SCENE + 1
            yield f"      - id: {scene_id(scene)}"
            yield f"        title: INT. ROOM {scene} OF THE TOWER - NIGHT"
            yield "        shots:"
        yield f"          - id: SH{at + 1:05d}"
        yield f"            content: Shot {at + 1} of the bench, told in a line of common length."
        yield "            duration: 4s"
        yield "            media:"
        yield "              - media_id: frame"
        yield "                media_role: narrative_im"
        yield "                media_spec:"
        yield "                  type: stable_diffusion"
        yield f'                  prompt: "shot {at + 1}, a lamp in the dark, iron stairs"'
        if voiced:
            yield "              - media_id: line"
            yield "                media_role: dialog_vo"
            yield f'                media_spec: {{type: tts, text: "It went out {at + 1} times."}}'


def scene_id(number: int) -> str:
    return f"sc{number:03d}"


def code(number: int) -> str:
    """The code of the nth shot, from 1."""
    return f"{scene_id((number - 1) // SCENE + 1)}_SH{number:05d}"


def draw(folder: Path, count: int) -> None:
    """Pictures and their posters, for the house and for the bare page alike."""
    folder.mkdir(parents=True, exist_ok=True)
    inspector = Inspector()
    try:
        for at in range(count):
            data = plain(PictureAsk(prompt=f"{at}", seed=at, width=WIDTH, height=HEIGHT))
            poster = inspector.inspect(data).poster
            assert poster is not None
            (folder / f"{at}.jpg").write_bytes(data)
            (folder / f"{at}.webp").write_bytes(poster)
    finally:
        inspector.close()


def create(tools: Tools, key: str, shots: int, pictures: Path) -> None:
    """A production with a picture in all slots but each tenth."""
    Productions(tools).create(OWNER, script(key, shots).encode(), key=key)
    finish(tools, key, _stored(tools, pictures), leave=BARE)


def finish(tools: Tools, key: str, tags: Sequence[MediaTag] = (), *, leave: int = 0) -> None:
    """Give each slot a take, as if it had been made; ``leave`` each so manieth without."""
    with tools.works() as work:
        project = work.boards.find(key)
        assert project is not None
        kept = [
            work.media.add(tag.evolve(project_id=project.id))
            for tag in tags or [a_tag(tools, "0" * 64, PICTURE, 1)]
        ]
        for at, slot in enumerate(work.boards.load(project.id).slots):
            if leave and at % leave == leave - 1:
                continue
            tag = kept[at % len(kept)]
            work.takes.add(a_take(tools, slot.id, project.id, slot.basis, tag))
            work.slots.touch(slot.id, "succeeded")
        work.commit()


def a_take(tools: Tools, slot_id: str, project_id: str, basis: str, tag: MediaTag) -> Take:
    return Take(
        id=uuid4().hex,
        slot_id=slot_id,
        project_id=project_id,
        number=0,
        tag_id=tag.id,
        kind=tag.kind,
        origin="made",
        basis=basis,
        slot_version=0,
        created_at=tools.clock.now(),
    )


def a_tag(tools: Tools, sha256: str, found: Inspected, size: int) -> MediaTag:
    return MediaTag(
        id=uuid4().hex,
        sha256=sha256,
        extension=found.extension,
        mime=found.mime,
        media_type=MediaType.IMAGE,
        size=size,
        width=found.width,
        height=found.height,
        kind=ProviderKind.FAKE,
        created_at=tools.clock.now(),
    )


PICTURE = Inspected(
    mime="image/jpeg",
    extension="jpg",
    media_type=MediaType.IMAGE,
    width=WIDTH,
    height=HEIGHT,
    marked_fake=True,
)


def _stored(tools: Tools, pictures: Path) -> Sequence[MediaTag]:
    tags = []
    for file in sorted(pictures.glob("*.jpg")):
        data = file.read_bytes()
        sha256 = tools.store.put(data, PICTURE.extension)
        poster = file.with_suffix(".webp").read_bytes()
        tools.store.put_derived(f"{sha256}.{PICTURE.extension}", POSTER_WIDTH, poster)
        tags.append(a_tag(tools, sha256, PICTURE, len(data)))
    return tags
