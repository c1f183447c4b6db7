"""Casting: who a prompt puts before the camera, and in what."""

import hashlib
import re

from jobs.art import wardrobe
from jobs.art.colour import hexed
from jobs.art.look import Kind, Look

_KINDS = {
    Kind.GIRL: r"\bgirl\b|\bdaughter\b|\bchild\b|\bkids?\b|\bschoolgirl|\bsister\b",
    Kind.BOY: r"\bboy\b|\bson\b|\bbrother\b",
    Kind.WOMAN: r"\bwom[ae]n\b|\bmother\b|\bshe\b|\bher\b|\blady\b|\bqueen\b|\bgrandmother"
    r"|\bherself\b",
    Kind.MAN: r"\bm[ae]n\b|\bkeeper\b(?!'s)|\bfather\b(?!'s)"
    r"|\bhe\b|\bhis\b|\bhim\b|\bcaptain(?!'s)|\bsailors?\b"
    r"|\bfisherm[ae]n(?!'s)|\bdetective|\btravell?er|\bgrandfather|\bastronaut|\brider\b|\bking\b"
    r"|\bdoctor|\bharbou?r ?master",
}
_SOMEBODY = (
    r"\bfigures?\b|\bperson\b|\bhero(?:ine)?\b|\bsilhouette|\bpeople\b|\bfriends?\b|\bcouple\b"
    r"|\bstands\b|\bwalks\b"
)
_NOBODY = r"\bempty\b|nobody|no one|no people|deserted|without people"
_PAIR = (
    r"\btwo (?!boats?|ships?|hours?|lamps?|towers?)|\bcouple\b|\bfriends\b|\bthey\b|\btogether\b"
    r"|two.?shot|\bboth\b"
)
_OLD = (
    r"\bold\b(?! (?:lighthouse|tower|boat|lamp|lens|house|stone|iron))|\baged\b|elderly"
    r"|grandfather|grandmother|(?:grey|gray|white).(?:haired|beard)"
)
_WALKS = r"\bwalk|\bruns?\b|running|follow|travel|approach|climb|hurr|cross"
_NO_NAMES = """The Last Keeper Wide Medium Close Closeup Low High Over Interior Exterior Int Ext
Shot Storm
    Night Day Dawn Dusk Morning Evening Sea Lighthouse Harbour Harbor Village Boat Portrait Concept
    Character Look Inside Outside Insert Detail Aerial Extreme Establishing From Rain Lamp Stairs
    Kitchen Camera Style Two She They Her His Demo Demonstration Full Master Black Framewright
    Location Prop Costume North South East West God Film Scene Waves Wind Hands View Cinematic
    Keepers Light Rooftop Mountain Pine Forest Desert City Dutch Slow Angle Quiet Apartment Beach
    Golden First Great Street Low-angle Page Logbook Tight Macro Old Young Room Deck Dark And But
    With Warm Cold Then Soft Empty Fog Mist Snow Iron Spiral Looking Drone Their Behind Under Above
    Through Two-shot Wide-shot Panorama Action Camera Mood Lens Lantern Tower Cliff Ship Notes
"""
"""Capitalised words that are no names."""


def looks(prompt: str) -> tuple[Look, ...]:
    """Everybody the prompt puts before the camera, at most two."""
    text = prompt.lower()
    names, kinds = _names(prompt), _kinds(text)
    nobody = not names and not kinds and not re.search(_SOMEBODY, text)
    if nobody or re.search(_NOBODY, text):
        return ()
    if len(names) == 1 and len(kinds) == 1 and _stranger(text, names[0], kinds[0]):
        kinds = [_guess(names[0]), *kinds]
    first = kinds[0] if kinds else _guess(names[0] if names else "")
    name = names[0] if names else first.value
    if not names[1:] and not kinds[1:] and not re.search(_PAIR, text):
        return (_look(text, first, name),)
    second = kinds[1] if kinds[1:] else _guess(names[1] if names[1:] else "")
    other = names[1] if names[1:] else f"other {second}"
    # Somebody with a name is told of by it; somebody without, by what they are.
    mine, theirs = _told(
        text,
        name.lower() if names else _KINDS[first],
        other.lower() if names[1:] else _KINDS[second],
    )
    if names[1:]:
        first, second = (
            next(iter(_kinds(told)), _guess(called))
            for told, called in zip((mine, theirs), names, strict=True)
        )
    return _look(mine, first, name), _look(theirs, second, other)


def _stranger(text: str, name: str, kind: Kind) -> bool:
    """The one kind told of is not who the one name is: "Mira and the fisherman"."""
    same = re.search(rf"{name.lower()},? (?:an?|the|\d+)\b", text)
    hers = kind in {Kind.WOMAN, Kind.GIRL}
    spoken = re.search(r"\b(?:he|his|him)\b", text) is not None and not hers
    return not same and not spoken and hers != (_guess(name) is Kind.WOMAN)


def _told(text: str, one: str, two: str) -> tuple[str, str]:
    """Share a text out between two people: each clause goes to whoever it last mentions."""
    told: tuple[list[str], list[str]] = ([], [])
    whose = 0
    for clause in re.split(r"(?<=[,.;:])|\b(?=and |with her|with his|her |his )", text):
        here = [bool(re.search(sign, clause)) for sign in (one, two)]
        if here[0] != here[1]:
            whose = int(here[1])
        told[whose].append(clause)
    return "".join(told[0]), "".join(told[1])


def _kinds(text: str) -> list[Kind]:
    """Kinds in order of mention; "she" after "girl" is the same person, as "he" after "boy"."""
    found = {kind: hit.start() for kind, like in _KINDS.items() if (hit := re.search(like, text))}
    if Kind.GIRL in found and not re.search(r"\bwom[ae]n\b|\bmother\b", text):
        found.pop(Kind.WOMAN, None)
    if Kind.BOY in found and not re.search(r"\bm[ae]n\b|\bfather\b|\bkeeper\b", text):
        found.pop(Kind.MAN, None)
    if Kind.MAN in found and not re.search(r"wom[ae]n|mother|\bshe\b|lady|queen", text):
        her = Kind.WOMAN in found and not re.search(r"\bher (?:father|grandfather)", text)
        if her and re.search(r"detective|captain|travell?er|sailor|doctor|rider|keeper", text):
            found.pop(Kind.MAN)  # "the detective ... behind her" is one woman
    return sorted(found, key=found.__getitem__)[:2]


def _names(prompt: str) -> list[str]:
    """Capitalised words that are no title, place or camera word, in order of mention."""
    letters = re.findall(r"[A-Za-z]+", prompt)
    if sum(word[0].isupper() for word in letters) * 3 > len(letters) * 2 and letters[2:]:
        return []  # all in capitals, or a title: capitals tell nothing
    known = _NO_NAMES.split()
    like = r"(?<!\bin )(?<!\bat )(?<!\bto )\b([A-Z][a-zé]{2,})\b(?!'s (?:boat|house|coat))"
    named = [name for name in re.findall(like, prompt) if name not in known]
    return list(dict.fromkeys(named))[:2]


def _guess(name: str) -> Kind:
    return Kind.WOMAN if not name or name[-1] in "aeiy" else Kind.MAN


def _look(text: str, kind: Kind, name: str) -> Look:
    """Use the words that describe, else a dress that follows from the name."""
    draw = hashlib.sha256(name.encode()).digest()
    old = re.search(_OLD, text) is not None and kind in {Kind.MAN, Kind.WOMAN}
    scarf = wardrobe.dye(text, wardrobe.SCARF)
    if scarf is None and ("scarf" in text or draw[1] % 2):
        scarf = wardrobe.hexes(wardrobe.SCARVES, draw[2])
    yellow = hexed("d9a527") if re.search(wardrobe.OILSKIN, text) else None
    coat = wardrobe.dye(text, wardrobe.COAT) or yellow
    hair = hexed("c4bbab") if old else wardrobe.dye(text, wardrobe.HAIR)
    hat = wardrobe.hat(text)
    return Look(
        kind=kind,
        coat=coat or wardrobe.hexes(wardrobe.COATS, draw[0]),
        hair=hair or wardrobe.hexes(wardrobe.HAIRS, draw[3]),
        skin=wardrobe.hexes(wardrobe.SKINS, draw[4]),
        scarf=scarf,
        hat=hat,
        hat_colour=wardrobe.hat_colour(text, hat),
        beard=kind is Kind.MAN and "beard" in text,
        old=old,
        lantern=re.search(r"lantern|torch|flashlight", text) is not None,
        walks=re.search(_WALKS, text) is not None,
    )
