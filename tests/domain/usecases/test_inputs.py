"""What is made from other media: gates, bases that follow the inputs, and the taint."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from domain.access import OWNER
from domain.errors import Conflict
from domain.media.kind import ProviderKind
from domain.media.staging import MediaType
from domain.usecases.generation import Further
from domain.usecases.library import Brought, Library
from domain.usecases.progress import OFTEN
from domain.usecases.submitting import refuse_fake
from domain.work.blocking import Reason
from domain.work.job import JobState
from domain.work.limits import MAX_CRASHES
from domain.work.provider import Ask, Input, ProviderError, Readiness, Update
from domain.work.take import Review, Take
from domain.work.views import SlotView
from tests.domain.usecases.conftest import OpenWorkshop
from tests.domain.usecases.workshop import Workshop
from tests.fakes import Killed, ScriptedProvider

KEY = "film"
PICTURES, VOICES, CLIPS = [MediaType.IMAGE], [MediaType.VOICE], [MediaType.VIDEO]
SCRIPT = """\
project: {id: film, providers: {image: IMAGE, voice: VOICE, video: VIDEO}, gates: {video: GATE}}
blocks:
  - id: A
    content: The lamp goes out.
    duration: 4s
    media:
      - {media_id: frame, media_role: narrative_im, media_spec: {type: stable_diffusion, prompt: P}}
      - {media_id: line, media_role: dialog_vo, media_spec: {type: tts, text: It went out.}}
      - {media_id: clip, media_role: video_cutscene, media_spec: {type: video, from: FRAME}}
"""


class Film:
    """A production of one shot with a frame, a line and a clip."""

    def __init__(self, workshop: Workshop, **words: str) -> None:
        self.workshop = workshop
        workshop.inspector.marked_fake = None
        self.words = {
            "IMAGE": "fake",
            "VOICE": "say",
            "VIDEO": "film",
            "GATE": "selected",
            "FRAME": "frame",
        } | words
        workshop.productions.create(OWNER, self.script())

    def script(self, **words: str) -> bytes:
        text = SCRIPT
        for name, word in ({"P": "a lamp"} | self.words | words).items():
            text = text.replace(f"{name}}}", f"{word}}}").replace(f"{name},", f"{word},")
        return text.encode()

    def edit(self, **words: str) -> None:
        self.workshop.productions.change(OWNER, KEY, self.script(**words))

    def make(self) -> None:
        self.workshop.generation.generate(OWNER, KEY, "all")
        self.workshop.settle()

    def slots(self) -> dict[str, SlotView]:
        [shot] = self.workshop.viewing.board(OWNER, KEY).shots
        return {slot.media_id: slot for slot in shot.slots}

    def slot(self, name: str) -> SlotView:
        return self.slots()[name]

    def takes(self, name: str) -> Sequence[Take]:
        with self.workshop.database.works(reading=True) as work:
            return work.takes.of_slots([self.slot(name).id])

    def shown(self, name: str) -> str:
        take = self.slot(name).take
        assert take is not None
        return take

    def select(self, take: str | None = None) -> None:
        self.workshop.reviewing.select(OWNER, take or self.shown("frame"))
        self.workshop.settle()

    def further(self, name: str, **wish: object) -> None:
        wished = Further.model_validate(wish)
        self.workshop.generation.generate_slot(OWNER, self.slot(name).id, wished)
        self.workshop.settle()

    def upload(self, name: str, data: bytes) -> str:
        library = Library(self.workshop.tools)
        return library.bring_take(OWNER, self.slot(name).id, Brought(data=data)).id


@pytest.fixture
def camera() -> ScriptedProvider:
    return ScriptedProvider("film", kind=ProviderKind.LOCAL, makes=CLIPS, mixes_voice=True)


@pytest.fixture
def workshop(open_workshop: OpenWorkshop, camera: ScriptedProvider) -> Workshop:
    return open_workshop(
        ScriptedProvider("fake", makes=PICTURES),
        ScriptedProvider("paint", kind=ProviderKind.LOCAL, makes=PICTURES),
        ScriptedProvider("say", kind=ProviderKind.LOCAL, makes=VOICES),
        camera,
        ScriptedProvider("wire", kind=ProviderKind.LIVE, makes=CLIPS),
    )


# The gate


def test_a_clip_waits_until_a_person_selects_its_frame_and_is_then_made_p3(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    clip = film.slot("clip")
    assert clip.reason is not None
    assert (clip.state, clip.reason.code) == ("blocked", Reason.FRAME_NOT_SELECTED)
    assert camera.submitted == []
    film.select()
    assert film.slot("clip").state == "succeeded"
    assert len(camera.submitted) == 1
    [names] = camera.inputs
    assert [one.partition(":")[0] for one in names] == ["frame", "line"]
    assert "thumbnail of picture of" in names[0]


def test_a_clip_that_waits_is_asked_for_in_the_transaction_of_the_choice_p3(
    workshop: Workshop,
) -> None:
    film = Film(workshop)
    film.make()
    workshop.reviewing.select(OWNER, film.shown("frame"))
    assert film.slot("clip").state == "pending"


def test_a_single_request_without_a_selected_frame_is_refused_p3(workshop: Workshop) -> None:
    film = Film(workshop)
    film.make()
    with pytest.raises(Conflict) as refusal:
        film.further("clip")
    assert refusal.value.code == Reason.FRAME_NOT_SELECTED
    film.select()
    film.further("clip")
    assert film.slot("clip").takes == 2


def test_where_the_newest_serves_a_clip_is_asked_for_as_its_frame_arrives_p3(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop, GATE="newest")
    workshop.generation.generate(OWNER, KEY)
    assert film.slot("clip").state == "blocked"
    workshop.settle()
    assert film.slot("clip").state == "succeeded"
    assert film.slot("clip").currency == "current"


def test_a_clip_waits_for_a_line_that_is_being_made_and_goes_without_one_that_fails(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop, GATE="newest")
    say = workshop.providers[2]
    say.on_poll += [Update(phase="running"), Update(phase="running")]
    film.make()
    assert (film.slot("clip").currency, film.slot("clip").takes) == ("current", 1)
    assert [len(one) for one in camera.inputs] == [2]
    film.edit(P="a lighthouse")
    say.on_result.append(ProviderError(Reason.PROVIDER_FAILED, "No voice."))
    film.workshop.generation.generate(OWNER, KEY, "stale")
    film.further("line", seed=3)
    workshop.settle()
    assert (film.slot("clip").currency, film.slot("clip").takes) == ("stale", 1)
    film.make()
    assert (film.slot("clip").currency, film.slot("clip").takes) == ("current", 2)


@pytest.mark.parametrize("ending", ["fails", "is cancelled", "is blocked", "keeps stopping"])
def test_a_line_that_is_not_coming_any_more_keeps_no_clip_waiting(
    workshop: Workshop, camera: ScriptedProvider, ending: str
) -> None:
    film = Film(workshop)
    say = workshop.providers[2]
    workshop.generation.generate(OWNER, KEY, slots=[film.slot("frame").id])
    workshop.settle()
    workshop.generation.generate(OWNER, KEY, slots=[film.slot("line").id])
    workshop.reviewing.select(OWNER, film.shown("frame"))
    workshop.generation.generate(OWNER, KEY)
    clip = film.slot("clip")
    assert clip.reason is not None
    assert (clip.state, clip.reason.code) == ("blocked", Reason.LINE_COMING)
    assert clip.reason.message == "Waits for line"
    line = film.slot("line").job
    assert line is not None
    match ending:
        case "fails":
            say.on_result.append(ProviderError(Reason.PROVIDER_FAILED, "No voice."))
        case "is cancelled":
            workshop.control.cancel(OWNER, line.id)
        case "keeps stopping":
            say.on_poll += [Killed() for _ in range(MAX_CRASHES)]
        case _:
            say.readiness = Readiness(reason=Reason.MISSING_VOICE, detail="No voice.")
    workshop.settle()
    assert film.slot("clip").state == "succeeded"
    assert [len(one) for one in camera.inputs] == [1]


def test_a_batch_with_open_gates_makes_it_from_the_shown_frame_and_stays_current(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    workshop.generation.generate(OWNER, KEY, open_gates=True)
    workshop.settle()
    assert (film.slot("clip").state, film.slot("clip").currency) == ("succeeded", "current")
    assert film.slot("frame").selected is None


def test_a_failed_clip_of_an_open_gate_is_retried_with_its_frame(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    camera.on_result.append(ProviderError(Reason.PROVIDER_FAILED, "No."))
    workshop.generation.generate(OWNER, KEY, open_gates=True)
    workshop.settle()
    job = film.slot("clip").job
    assert job is not None
    assert film.slot("clip").state == "failed"
    workshop.control.retry(OWNER, job.id)
    workshop.settle()
    assert (film.slot("clip").state, film.slot("clip").currency) == ("succeeded", "current")


# Currency


def test_another_frame_makes_a_clip_stale_and_the_old_one_current_again(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    film.select()
    first = film.shown("frame")
    film.further("frame", seed=7)
    second = next(one.id for one in film.takes("frame") if one.id != first)
    film.select(second)
    assert film.slot("clip").currency == "stale"
    assert len(camera.submitted) == 1
    film.select(first)
    assert film.slot("clip").currency == "current"
    film.select(second)
    film.make()
    assert (film.slot("clip").currency, film.slot("clip").takes) == ("current", 2)
    film.select(first)
    film.make()
    assert film.slot("clip").takes == 2
    assert len(camera.submitted) == 2


def test_while_no_frame_is_selected_a_clip_is_judged_by_the_one_it_was_made_from(
    workshop: Workshop,
) -> None:
    film = Film(workshop)
    film.make()
    film.select()
    first = film.shown("frame")
    film.further("frame", seed=7)
    second = next(one.id for one in film.takes("frame") if one.id != first)
    film.select(second)
    assert film.slot("clip").currency == "stale"
    workshop.reviewing.unselect(OWNER, second)
    assert film.slot("clip").currency == "current"
    film.edit(P="a lighthouse")
    assert (film.slot("frame").currency, film.slot("clip").currency) == ("stale", "current")


def test_another_line_makes_a_clip_that_has_it_stale_and_no_other(workshop: Workshop) -> None:
    film = Film(workshop, IMAGE="paint")
    film.make()
    film.select()
    film.further("line", seed=3)
    first, second = (take.id for take in film.takes("line"))
    workshop.reviewing.use(OWNER, first)
    assert film.slot("clip").currency == "current"
    workshop.reviewing.use(OWNER, second)
    assert film.slot("clip").currency == "stale"
    film.edit(VIDEO="wire")
    film.further("clip")
    workshop.reviewing.use(OWNER, film.takes("clip")[-1].id)
    assert (film.slot("clip").currency, film.slot("clip").provider_kind) == ("current", "live")
    workshop.reviewing.use(OWNER, first)
    assert film.slot("clip").currency == "current"


def test_an_approval_that_changes_the_shown_frame_counts_where_the_newest_serves(
    workshop: Workshop,
) -> None:
    film = Film(workshop, GATE="newest")
    film.make()
    film.further("frame", seed=7)
    assert film.slot("clip").currency == "stale"
    workshop.reviewing.review(OWNER, film.takes("frame")[0].id, Review.APPROVED)
    assert film.slot("clip").currency == "current"


def test_a_script_that_opens_the_gate_frees_what_waits(workshop: Workshop) -> None:
    film = Film(workshop)
    film.make()
    film.edit(GATE="newest")
    assert film.slot("clip").state == "pending"


def test_a_persons_own_clip_is_current_until_its_frame_changes(workshop: Workshop) -> None:
    film = Film(workshop)
    film.make()
    film.select()
    film.upload("clip", b"clip of mine")
    assert (film.slot("clip").currency, film.slot("clip").provider_kind) == ("current", "upload")
    film.further("frame", seed=7)
    film.select(film.takes("frame")[-1].id)
    assert film.slot("clip").currency == "stale"


# Reuse


def test_two_clips_of_one_frame_and_spec_share_one_job(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop, VOICE="nobody")
    twin = film.script().decode()
    block = twin[twin.index("  - id: A") :]
    film.workshop.productions.change(OWNER, KEY, (twin + block.replace("id: A", "id: B")).encode())
    film.make()
    board = workshop.viewing.board(OWNER, KEY)
    frames = [slot for shot in board.shots for slot in shot.slots if slot.media_id == "frame"]
    for frame in frames:
        assert frame.take is not None
        workshop.reviewing.select(OWNER, frame.take)
    workshop.settle()
    clips = [
        slot
        for shot in workshop.viewing.board(OWNER, KEY).shots
        for slot in shot.slots
        if slot.media_id == "clip"
    ]
    assert [one.state for one in clips] == ["succeeded", "succeeded"]
    assert len(camera.submitted) == 1


def test_a_clip_of_another_frame_is_never_served_by_the_first_ones_though_the_seed_is_written(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop, FRAME="frame, seed: 0")
    film.make()
    film.select()
    film.further("frame", seed=7)
    film.select(film.takes("frame")[-1].id)
    film.make()
    assert len(camera.submitted) == 2
    film.select(film.takes("frame")[0].id)
    assert film.slot("clip").currency == "current"


# The taint


@pytest.mark.parametrize(("frame", "kind"), [("fake", "fake"), ("paint", "local")])
def test_a_clip_is_fake_where_its_frame_is_and_local_where_not_p7(
    workshop: Workshop, frame: str, kind: str
) -> None:
    film = Film(workshop, IMAGE=frame)
    film.make()
    film.select()
    assert film.slot("clip").provider_kind == kind


def test_a_persons_own_frame_makes_a_local_clip_and_a_fake_one_that_comes_back_does_not_p7(
    workshop: Workshop,
) -> None:
    film = Film(workshop)
    film.make()
    film.select(film.upload("frame", b"a photograph"))
    assert film.slot("clip").provider_kind == "local"
    with workshop.database.works(reading=True) as work:
        [made] = [one for one in work.takes.of_slots([film.slot("frame").id]) if one.job_id]
        [tag] = work.media.many([made.tag_id])
    film.select(film.upload("frame", workshop.store.read(tag.file)))
    film.make()
    assert film.slot("clip").provider_kind == "fake"


def test_a_clip_without_the_mark_of_its_fake_frame_is_refused_p7(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    camera.on_result.append(b"clip, and nobody says what it is")
    film.select()
    clip = film.slot("clip")
    assert clip.reason is not None
    assert (clip.state, clip.reason.code) == ("failed", Reason.BAD_OUTPUT)


def test_a_fake_frame_counts_as_none_for_a_live_clip_p7(workshop: Workshop) -> None:
    film = Film(workshop, VIDEO="wire")
    film.make()
    film.select()
    clip = film.slot("clip")
    assert clip.reason is not None
    assert clip.state == "blocked"
    assert clip.reason.message == "The frame is a demo picture, which wire never gets"
    with pytest.raises(Conflict):
        film.further("clip")
    film.select(film.upload("frame", b"a photograph"))
    assert (film.slot("clip").state, film.slot("clip").provider_kind) == ("succeeded", "live")


def test_nothing_of_the_demo_is_sent_to_a_live_provider_whatever_was_planned_p7() -> None:
    frame = Input(name="frame", file="a.png", media_type=MediaType.IMAGE, kind=ProviderKind.FAKE)
    own = frame.evolve(kind=ProviderKind.UPLOAD)
    live, local = (
        ScriptedProvider("wire", kind=kind, makes=CLIPS)
        for kind in (ProviderKind.LIVE, ProviderKind.LOCAL)
    )
    with pytest.raises(ProviderError, match="wire never gets a demo picture"):
        refuse_fake(live, (own, frame))
    refuse_fake(live, (own,))
    refuse_fake(local, (frame,))


def test_nothing_made_from_a_fake_frame_serves_another_p7(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    film.select()
    film.select(film.upload("frame", b"a photograph"))
    film.make()
    assert len(camera.submitted) == 2
    takes = film.takes("clip")
    assert [one.kind for one in takes] == ["fake", "local"]
    assert takes[0].reuse_key != takes[1].reuse_key


# While it goes on


def test_a_making_is_left_off_as_soon_as_it_is_cancelled_p36(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    workshop.reviewing.select(OWNER, film.shown("frame"))
    job = film.slot("clip").job
    assert job is not None
    ended = []

    def cancelled_half_way(ask: Ask) -> None:
        ask.tell(0.4)
        workshop.control.cancel(OWNER, job.id)
        workshop.clock.forward(OFTEN)
        ask.tell(0.5)
        ended.append("never")

    camera.on_result.append(cancelled_half_way)
    workshop.settle()
    assert film.slot("clip").state == "cancelled"
    assert film.slot("clip").takes == 0
    assert ended == []


def test_progress_is_told_five_times_a_second_and_no_more(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    workshop.reviewing.select(OWNER, film.shown("frame"))

    def tells_often(ask: Ask) -> None:
        for step in range(100):
            ask.tell(step / 100)
            workshop.clock.forward(timedelta(milliseconds=20))

    camera.on_result.append(tells_often)
    workshop.settle()
    told = [one.progress for one in workshop.database.diary.events if one.type == "progress"]
    assert told == [step / 100 for step in range(0, 100, 10)]


def test_a_making_that_is_left_off_as_the_worker_ends_goes_on_with_the_next(
    workshop: Workshop, camera: ScriptedProvider
) -> None:
    film = Film(workshop)
    film.make()
    workshop.reviewing.select(OWNER, film.shown("frame"))
    job = film.slot("clip").job
    assert job is not None

    def worker_ends(ask: Ask) -> None:
        workshop.worker.stop()
        ask.tell(0.5)

    camera.on_result.append(worker_ends)
    workshop.step(job.id)
    left = workshop.control.get(OWNER, job.id).job
    assert (left.state, left.fails, left.crashes) == (JobState.QUEUED, 0, 0)
    workshop.restart()
    workshop.settle()
    assert film.slot("clip").state == "succeeded"
    assert len(camera.submitted) == 2
