"""A laptop without a key: lines, music, dolls and clips by the providers of the house."""

import io
from collections.abc import Iterator, Sequence
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import av
import pytest

from domain.access import OWNER
from domain.events import Event
from domain.media.kind import ProviderKind
from domain.media.tag import MediaTag
from domain.usecases.library import Brought
from domain.work.blocking import Reason
from domain.work.take import Take
from domain.work.views import SlotView
from jobs.pool import Pool
from jobs.providers.bed import BedProvider
from jobs.providers.camera_move import CameraMoveProvider
from jobs.providers.espeak import EspeakProvider
from jobs.providers.fake import FakeProvider
from jobs.providers.paperdoll import PaperdollProvider
from storage.clock import SystemClock
from tests.jobs.workshop import Workshop
from tests.storage.media_files import picture, still

SCRIPT = """\
project: {id: laptop, fps: 12, aspect: "4:3", providers: {image: fake}}
concepts:
  - id: mira
    type: character
    attributes: {voice: {name: f3, language: en-us, pace: quick}}
blocks:
  - id: A
    content: The lamp goes out.
    duration: 1.5s
    camera: {movement: pan left}
    media:
      - media_id: frame
        media_role: narrative_im
        media_spec: {type: stable_diffusion, prompt: a lamp, width: 128, height: 96}
      - media_id: clip
        media_role: video_cutscene
        media_spec: {type: video, from: frame}
      - media_id: line
        media_role: dialog_vo
        media_spec: {type: tts, text: "It went out.", voice: mira}
      - media_id: tune
        media_role: ambient_music
        media_spec: {type: music, prompt: calm sea, seconds: 1}
      - media_id: doll
        media_role: anim_sprite
        media_spec: {type: svg_paperdoll, body_type: child}
"""


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    pool = Pool(1)
    fake = FakeProvider(pool, SystemClock(), speed=0, art="plain")
    local = PaperdollProvider(), EspeakProvider(), CameraMoveProvider(), BedProvider()
    with Workshop(tmp_path, [fake, *local]) as workshop:
        yield workshop
    pool.close()


def kept(workshop: Workshop, slot: SlotView) -> tuple[Take, MediaTag]:
    with workshop.works(reading=True) as work:
        take = work.takes.get(slot.take or "")
        assert take is not None
        [tag] = work.media.many([take.tag_id])
    return take, tag


def opened(workshop: Workshop, tag: MediaTag) -> Any:
    return av.open(io.BytesIO(workshop.store.read(tag.file)))


def test_without_a_name_the_houses_own_make_all_but_pictures_r79(workshop: Workshop) -> None:
    slots = workshop.make(SCRIPT, "laptop")
    made = {
        name: (slot.state, slot.provider_kind, kept(workshop, slot)[1].origin)
        for name, slot in slots.items()
        if name != "A/clip"
    }
    assert made == {
        "A/frame": ("succeeded", "fake", "fake"),
        "A/line": ("succeeded", "local", "espeak"),
        "A/tune": ("succeeded", "local", "bed"),
        "A/doll": ("succeeded", "local", "paperdoll"),
    }
    with workshop.works(reading=True) as work:
        providers = {
            one.media_id: one.provider for one in work.slots.many([s.id for s in slots.values()])
        }
    assert providers["line"] == "espeak"
    take, _ = kept(workshop, slots["A/line"])
    assert take.realised["spoken_by"] == "en-us+f3"
    assert [word["text"] for word in take.realised["words"]] == ["It", "went", "out."]


def test_a_clip_lasts_as_its_shot_and_has_its_line_and_the_projects_pace_p3(
    workshop: Workshop,
) -> None:
    frame = workshop.make(SCRIPT, "laptop")["A/frame"]
    workshop.studio.reviewing.select(OWNER, frame.take or "")
    workshop.settle()
    clip = workshop.slots("laptop")["A/clip"]
    take, tag = kept(workshop, clip)
    assert (clip.provider_kind, take.kind, tag.kind) == ("fake", "fake", "fake")
    assert set(take.inputs) == {"frame", "line"}
    with opened(workshop, tag) as box:
        assert (box.streams.video[0].average_rate, len(list(box.decode(video=0)))) == (12, 18)
    assert (tag.width, tag.height) == (128, 96)
    assert tag.duration == pytest.approx(1.5, abs=0.1)
    with opened(workshop, tag) as box:
        assert max(abs(frame.to_ndarray()).max() for frame in box.decode(audio=0)) > 0.1
    assert workshop.store.derived(tag.file, 640)


def test_a_clip_of_a_persons_own_frame_is_local_and_bears_no_mark_p7(workshop: Workshop) -> None:
    frame = workshop.make(SCRIPT, "laptop")["A/frame"]
    own = workshop.studio.library.bring_take(
        OWNER, frame.id, Brought(data=picture("PNG", still(160, 120)))
    )
    workshop.studio.reviewing.select(OWNER, own.id)
    workshop.settle()
    take, tag = kept(workshop, workshop.slots("laptop")["A/clip"])
    assert (take.kind, tag.kind) == (ProviderKind.LOCAL, ProviderKind.LOCAL)
    assert b"algorithmicMedia" not in workshop.store.read(tag.file)


def test_a_voice_that_is_not_there_blocks_with_the_ones_near_it_until_the_script_names_one(
    workshop: Workshop,
) -> None:
    slot = workshop.make(SCRIPT.replace("name: f3", "name: f33"), "laptop")["A/line"]
    assert slot.reason is not None
    assert slot.fix is not None
    assert (slot.state, slot.reason.code) == ("blocked", Reason.MISSING_VOICE)
    assert "no voice 'f33'. Near it: f3" in slot.reason.message
    assert slot.fix.action == "open_script"
    workshop.studio.productions.change(OWNER, "laptop", SCRIPT.encode())
    workshop.studio.generation.generate(OWNER, "laptop")
    workshop.settle()
    assert workshop.slots("laptop")["A/line"].state == "succeeded"


def test_a_clip_that_is_cancelled_half_way_ends_with_its_child_p36(workshop: Workshop) -> None:
    long = SCRIPT.replace("from: frame", "from: frame, seconds: 300")
    frame = workshop.make(long, "laptop")["A/frame"]
    told: list[float] = []

    def cancel_once(events: Sequence[Event]) -> None:
        for one in events:
            if one.type == "progress" and one.job_id is not None:
                told.append(one.progress or 0)
                if len(told) == 2:
                    workshop.studio.control.cancel(OWNER, one.job_id)

    workshop.bus.subscribe(cancel_once)
    workshop.studio.reviewing.select(OWNER, frame.take or "")
    before = set(active_children())
    workshop.settle()
    clip = workshop.slots("laptop")["A/clip"]
    assert (clip.state, clip.takes) == ("cancelled", 0)
    assert len(told) == 2
    assert max(told) < 1
    assert set(active_children()) <= before


def test_a_child_that_hangs_is_a_timeout_that_is_tried_again_p35(tmp_path: Path) -> None:
    camera = CameraMoveProvider(limit_s=0.2)
    pool = Pool(1)
    fake = FakeProvider(pool, SystemClock(), speed=0, art="plain")
    with Workshop(tmp_path, [fake, EspeakProvider(), camera]) as workshop:
        long = SCRIPT.replace("from: frame", "from: frame, seconds: 300")
        frame = workshop.make(long, "laptop")["A/frame"]
        workshop.studio.reviewing.select(OWNER, frame.take or "")
        [job_id] = {one for one, _ in workshop.diary.hints}
        workshop.step(job_id)
        record = workshop.studio.control.get(OWNER, job_id)
        assert (record.job.state, record.job.fails) == ("queued", 1)
        assert record.job.reason == Reason.TIMEOUT
        assert [one.state for one in record.submissions] == ["rejected"]
    pool.close()
