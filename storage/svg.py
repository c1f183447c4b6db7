"""The SVG allow-list: what is not on it is refused, nothing is taken out or rewritten.

So the stored bytes are the ones that came in, and they mean the same to an XML parser and, set
into a page, to an HTML parser: no CDATA, no comment with a bracket in it, no default namespace
but SVG's. Runs in a decoding child alone.
"""

import math
import re
from typing import Any, NoReturn
from xml.parsers import expat

from domain.errors import Invalid, TooLarge
from storage import svg_words as words
from storage.svg_cost import Cost

NODES = 20_000
DEPTH = 64

_REFERENCE = re.compile(r"#([A-Za-z_][\w.:-]{0,200})", re.ASCII)
_PAINT = re.compile(r"url\(\s*(['\"]?)#([A-Za-z_][\w.:-]{0,200})\1\s*\)", re.ASCII)
_FUNCTION = re.compile(r"([A-Za-z-]+)\(", re.ASCII)
_PLAIN = re.compile(r"[\w\s.,%#+()/*-]*", re.ASCII)
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(?:px)?\s*")


def check(data: bytes) -> tuple[float, float]:
    """(width, height) of a drawing that may be taken; Invalid or TooLarge with what is wrong."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal("its letters are not UTF-8") from None
    if "<![CDATA[" in text:
        raise _refusal("it has a CDATA section")
    return _Reading().read(text)


def _refusal(what: str, advice: str = "") -> Invalid:
    return Invalid(f"This SVG is not taken: {what}.{advice}", code="unsafe_svg")


class _Reading:
    """One pass over the file, by expat with everything off that reaches beyond it."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.namespace_prefixes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.CommentHandler = self._comment
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.XmlDeclHandler = self._declaration
        self._open: list[str] = []
        self._nodes = 0
        self._cost = Cost()
        self._size: tuple[float, float] | None = None

    def read(self, text: str) -> tuple[float, float]:
        try:
            self._parser.Parse(text, True)  # noqa: FBT003 - its only way to say: that was all
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code) or "no XML"
            raise Invalid(f"The SVG is damaged: line {error.lineno}: {what}.") from None
        self._cost.check()
        if self._size is None:
            raise _refusal("it has no size", " Give the svg element a viewBox.")
        return self._size

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, local, prefix = _split(name)
        self._nodes += 1
        if self._nodes > NODES:
            raise TooLarge(f"An SVG may have {NODES:,} elements.")
        if len(self._open) >= DEPTH:
            raise TooLarge(f"An SVG may be nested {DEPTH} deep.")
        if "metadata" in self._open:
            if space not in words.METADATA or not prefix:
                raise _refusal(f"<{local}> stands in its metadata")
            for key in attributes:
                if _split(key)[0] not in words.METADATA:
                    raise _refusal(f"{_split(key)[1]} stands in its metadata")
        elif space != words.SVG or local not in words.ELEMENTS:
            raise _refusal(f"<{_shown(local)}> is on no list of ours", _advice(local))
        elif not self._open and local != "svg":
            raise _refusal(f"it begins with <{local}>")
        else:
            self._drawn(local, {_key(key): value for key, value in attributes.items()})
        self._open.append(local)

    def _drawn(self, local: str, attributes: dict[str, str]) -> None:
        targets: list[str] = []
        for key, value in attributes.items():
            targets += _targets(local, key, value)
        self._cost.begin(attributes.get("id"), targets)
        if not self._open:
            self._size = _size(attributes)

    def _end(self, _name: str) -> None:
        self._open.pop()
        if "metadata" not in self._open:
            self._cost.end()

    def _text(self, text: str) -> None:
        if not text.isspace() and not {*words.WORDS, "metadata"} & set(self._open):
            raise _refusal(f"there are letters in <{self._open[-1]}>")

    def _comment(self, text: str) -> None:
        if "<" in text or ">" in text:
            raise _refusal("a comment has a bracket in it")

    def _instruction(self, target: str, _data: str) -> NoReturn:
        raise _refusal(f"it has a <?{_shown(target)}?>")

    def _doctype(self, *_: Any) -> NoReturn:
        raise _refusal("it has a DOCTYPE", " Take that line out.")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise _refusal(f"its encoding is {_shown(encoding)}, not UTF-8")


def _split(name: str) -> tuple[str, str, str]:
    """(namespace, local name, prefix) of a name as expat gives it."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""  # noqa: PLR2004


def _key(name: str) -> str:
    space, local, _ = _split(name)
    return f"{space} {local}" if space else local


def _targets(element: str, key: str, value: str) -> list[str]:
    """Ids an attribute refers to; raises for an attribute or a value that is not taken."""
    if key.startswith(words.MEANINGLESS):
        return []
    if key not in words.ATTRIBUTES:
        raise _refusal(f"<{element}> has {_shown(key.rpartition(' ')[2])}")
    if key in words.REFERENCES:
        found = _REFERENCE.fullmatch(value.strip())
        if found is None:
            raise _refusal(f"<{element}> refers to something outside", " Only #id is taken.")
        return [found[1]]
    if key in words.FREE:
        return []
    if key == "style":
        return _styled(element, value)
    return _painted(element, key, value)


def _styled(element: str, style: str) -> list[str]:
    targets: list[str] = []
    for declaration in style.split(";"):
        if not declaration.strip():
            continue
        name, colon, value = (part.strip() for part in declaration.partition(":"))
        if not colon or name not in words.PROPERTIES:
            raise _refusal(f"the style of <{element}> has {_shown(name)}")
        targets += _painted(element, name, value)
    return targets


def _painted(element: str, key: str, value: str) -> list[str]:
    rest = _PAINT.sub(" ", value)
    if not _PLAIN.fullmatch(rest) or set(_FUNCTION.findall(rest)) - words.FUNCTIONS:
        raise _refusal(f"{_shown(key)} of <{element}> is {_shown(value)}")
    return [found[2] for found in _PAINT.finditer(value)]


def _size(attributes: dict[str, str]) -> tuple[float, float] | None:
    box = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
    if box is not None:
        size = float(box[1]), float(box[2])
    else:
        sides = [_LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
        if sides[0] is None or sides[1] is None:
            return None
        size = float(sides[0][1]), float(sides[1][1])
    return size if all(0 < side < math.inf for side in size) else None


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]


def _advice(element: str) -> str:
    if element in {"text", "tspan", "textPath", "font"}:
        return " Turn the text into paths: letters look different on every machine."
    if element == "style":
        return " Save it with presentation attributes."
    if element == "namedview":
        return " Save it as plain SVG."
    return ""
