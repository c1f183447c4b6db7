"""The voices that eSpeak NG has: read from its files, without loading it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

USUAL = "en"
PACES = {
    "very slow": 105,
    "slow": 130,
    "calm": 145,
    "normal": 165,
    "medium": 165,
    "quick": 195,
    "fast": 210,
    "very fast": 250,
}
"""Words a minute."""
SLOWEST, FASTEST = 80, 400
NEAR = 5


class UnknownVoice(Exception):
    """``args[0]`` says for a person which one, and what there is instead."""


@dataclass(frozen=True, slots=True)
class Voices:
    """``languages``: by every name one goes by, lower case, the name the library knows it by."""

    languages: Mapping[str, str]
    variants: Mapping[str, str]

    def choose(self, voice: str | None, language: str | None) -> str:
        """The library's name of a voice such as ``en-gb``, ``f3`` or ``en-us+f3``.

        A variant speaks the language; a voice that is a language needs none. Raises UnknownVoice.
        """
        base, plus, variant = _plain(voice or "").partition("+")
        if base in self.variants and not plus:
            base, variant = "", base
        spoken = base or _plain(language or "") or USUAL
        if spoken not in self.languages:
            raise UnknownVoice(self._lack(spoken))
        if variant and variant not in self.variants:
            raise UnknownVoice(self._lack(variant))
        name = self.languages[spoken]
        return f"{name}+{self.variants[variant]}" if variant else name

    def _lack(self, name: str) -> str:
        known = sorted({*self.languages, *self.variants})
        near = get_close_matches(name, known, n=NEAR, cutoff=0.5)
        family = [one for one in known if one.startswith(name[:2])]
        offered = list(dict.fromkeys([*near, *family, "en-gb", "en-us", "f3", "m3"]))[:NEAR]
        return f"espeak has no voice {name[:60]!r}. Near it: {', '.join(offered)}."


def words_a_minute(pace: str | float | None) -> int:
    """Of a pace in words, or times the usual one. Raises ValueError for another word."""
    if isinstance(pace, str):
        word = " ".join(pace.lower().split())
        if word not in PACES:
            raise ValueError(f"no pace {pace[:40]!r}; write {', '.join(PACES)} or a number")
        return PACES[word]
    usual = PACES["normal"]
    return usual if pace is None else round(min(FASTEST, max(SLOWEST, usual * pace)))


@cache
def installed(data: Path) -> Voices:
    """The voices in a folder of eSpeak NG's data."""
    found: list[tuple[int, str, str]] = []
    for file in sorted((data / "lang").glob("*/*")):
        name = file.name.lower()
        found.append((0, name, file.name))
        text = file.read_text(encoding="utf-8", errors="replace")
        for tag, rank in re.findall(r"^language\s+(\S+)(?:\s+(\d+))?", text, re.MULTILINE):
            found.append((int(rank or 5), tag.lower(), file.name))
    languages: dict[str, str] = {}
    for _, alias, name in sorted(found):
        languages.setdefault(alias, name.lower())
    variants = {_plain(one.name): one.name for one in (data / "voices" / "!v").iterdir()}
    return Voices(languages=languages, variants=variants)


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-")
