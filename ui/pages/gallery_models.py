"""Made-up inspectors and a made-up batch for the gallery."""

from domain.media.kind import ProviderKind
from domain.work.blocking import Fix
from domain.work.take import Review
from domain.work.views import ShotView
from ui.components.inspector_model import (
    Change,
    Fact,
    Happening,
    InspectorModel,
    Offer,
    ScriptLine,
    Step,
)
from ui.components.sheet import Line, Part, Purse, SheetModel
from ui.components.takes import TakeModel
from ui.pages.gallery_fixtures import picture

OPENAI = ("openai", "comfyui", "fake")

TAKES = (
    TakeModel(
        id="take3",
        number=3,
        kind=ProviderKind.LOCAL,
        provider="openai",
        seed=2210745,
        cost="$0.04",
        thumb=picture(310),
        is_new=True,
        actions=("use", "approve", "retake", "select", "delete"),
    ),
    TakeModel(
        id="take2",
        number=2,
        kind=ProviderKind.LOCAL,
        provider="openai",
        seed=8841203,
        cost="$0.04",
        thumb=picture(285),
        review=Review.APPROVED,
        is_shown=True,
    ),
    TakeModel(
        id="take1",
        number=1,
        kind=ProviderKind.FAKE,
        provider="fake",
        seed=3824746,
        cost="free",
        thumb=picture(40),
        review=Review.RETAKE,
        note="Lower angle, lose the lamp",
    ),
)


def inspector(shot: ShotView) -> InspectorModel:
    """A shot with a newer take beside the shown one, and inputs that changed since."""
    return InspectorModel(
        shot=shot.evolve(
            slots=tuple(
                one.evolve(actions=("use", "generate", "approve", "retake", "select", "delete"))
                for one in shot.slots
            )
        ),
        slot_id=shot.primary or "",
        where="Ext. Lighthouse point — dusk",
        timecode="00:12:12",
        script=(
            ScriptLine(kind="prose", text="The lantern room is dark. One pane is cracked."),
            ScriptLine(kind="who", text="Mira"),
            ScriptLine(kind="say", text="It went out."),
        ),
        takes=TAKES,
        opened="take3",
        changed_since="you approved take 2",
        changes=(
            Change(field="Camera", old="medium", new="close, low angle"),
            Change(field="Look of Mira", old="take 1", new="take 4"),
        ),
        steps=(
            Step(
                source="Script",
                words="“The lantern room is dark. One pane is cracked.”",
                where="line 41",
            ),
            Step(source="Project style", added="ink and wash, cold light", where="rev 1"),
            Step(
                source="Location", added="white tower, red bands, iron gallery", where="lamp_room"
            ),
            Step(source="Camera", removed="medium", added="close, low angle", where="rev 6"),
        ),
        prompt="Dark lantern room, one cracked pane; white tower, red bands, iron gallery; close, "
        "low angle; ink and wash, cold light",
        provenance=(
            Fact(name="Model", value="gpt-image-1"),
            Fact(name="Size", value="1536 x 864", is_code=True),
            Fact(name="Basis", value="9f3a 71c0", is_code=True),
            Fact(name="Media", value="c41e 08bd", is_code=True),
            Fact(name="Paid", value="$0.04", is_code=True),
        ),
        submissions=(
            Fact(name="openai", value="img_6c21f0", note="done, $0.04", is_code=True),
            Fact(name="openai", value="img_6c21c4", note="done, $0.04", is_code=True),
        ),
        history=(
            Happening(flag="new", words="Take 3 arrived", when="11:42:08"),
            Happening(flag="running", words="openai began, attempt 1", when="11:41:57"),
            Happening(flag="changed", words="Tomás changed camera.size", when="11:40:31"),
            Happening(flag="approved", words="Lena approved take 2", when="yesterday 17:20"),
        ),
        offer=Offer(
            providers=OPENAI,
            provider="openai",
            prompt="Dark lantern room at the top of a lighthouse, one cracked pane, last violet "
            "light behind it",
            price="$0.04",
            note="Take 2 stays shown",
        ),
    )


def bare_inspector(shot: ShotView, actions: tuple[str, ...], slot: int = 0) -> InspectorModel:
    """A shot about which little is known yet."""
    slots = tuple(one.evolve(actions=actions) for one in shot.slots)
    return InspectorModel(
        shot=shot.evolve(slots=slots),
        slot_id=slots[slot].id,
        where="Ext. Lighthouse point — dusk",
        timecode="00:24:00",
        script=(ScriptLine(kind="prose", text=shot.content),),
        history=(
            Happening(flag="failed", words="openai refused it", when="11:44:10"),
            Happening(flag="running", words="openai began, attempt 1", when="11:44:02"),
            Happening(flag="pending", words="Lena asked for it", when="11:43:58"),
        ),
        steps=(Step(source="Script", words=f"“{shot.content}”", where="line 44"),),
        offer=Offer(providers=OPENAI, provider="openai", prompt=shot.content, price="$0.04"),
    )


BATCH = SheetModel(
    title="Make what is missing",
    sentence="Nine new takes for $0.74. Nothing you have is replaced.",
    parts=(
        Part(flag="make", word="Make", number=9, note="2 frames, 4 clips, 2 voice lines, 1 bed"),
        Part(flag="reuse", word="Reuse", number=3, note="Same words, same seed: free"),
        Part(flag="pending", word="Wait", number=11, note="10 need a frame, 1 the look of Mira"),
        Part(flag="blocked", word="Blocked", number=2, note="One key and one price are missing"),
    ),
    lines=(
        Line(
            flag="blocked",
            word="Blocked",
            code="sc010_SH0070",
            slot_id="s1",
            slot="frame",
            reason="no key for fal",
            price="",
            fix=Fix(action="open_providers", label="Add key"),
        ),
        Line(
            flag="blocked",
            word="Blocked",
            code="sc030_SH0060",
            slot_id="s2",
            slot="clip",
            reason="runway tells no price",
            price="",
            thumb=picture(220),
            fix=Fix(action="set_price", label="Set a price"),
        ),
        Line(
            flag="make",
            word="Make",
            code="sc010_SH0080",
            slot_id="s3",
            slot="frame",
            reason="new picture, openai",
            price="$0.04",
        ),
        Line(
            flag="make",
            word="Make",
            code="sc010_SH0010",
            slot_id="s4",
            slot="clip",
            reason="push in, 5.0 s, from take 4",
            price="$0.16",
            thumb=picture(300),
        ),
        Line(
            flag="reuse",
            word="Reuse",
            code="sc020_SH0040",
            slot_id="s5",
            slot="line 1",
            reason="take of 12 March fits",
            price="free",
            thumb=picture(30),
        ),
        Line(
            flag="pending",
            word="Wait",
            code="sc040_SH0020",
            slot_id="s6",
            slot="clip",
            reason="frame is not selected",
            price="later",
            thumb=picture(130),
        ),
    ),
    purse=Purse(
        spent=36.8,
        reserved=6,
        now=14.8,
        words="$1.84 spent, $0.30 reserved, $0.74 now, $2.12 left of $5.00",
    ),
    go="Make 9 for $0.74",
)
