"""The script's ``project`` table."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Literal, cast

from domain.media import sizes
from domain.media.staging import MediaType
from domain.story.board import Budget, Gates, Header
from domain.story.durations import frame_rate
from domain.story.fields import Fields
from domain.story.findings import Findings, Path
from domain.story.nodes import Node

KEYS = ("id", "title", "fps", "aspect", "style", "budget", "gates", "providers")
EXAMPLE = "{id: lighthouse, fps: 24}"
MADE = ("image", "video", "voice", "music", "vector")
MOST_MONEY = Decimal(1_000_000_000)
LONGEST_CURRENCY = 3


def read_header(node: Node | None, findings: Findings, key: str) -> tuple[str, Header]:
    """The project's id and header; ``key`` is the id where the table gives none."""
    if node is None:
        return key, Header(title=key)
    known_fields = Fields.of(node, ("project",), findings, known=KEYS, what="project", hint=EXAMPLE)
    if known_fields is None:
        return key, Header(title=key)
    fields = known_fields
    key = fields.id("id") or key
    return key, Header(
        title=fields.text("title") or key,
        fps=_checked(fields, "fps", "bad_fps", frame_rate) or "24",
        aspect=_checked(fields, "aspect", "bad_aspect", sizes.ratio) or "16:9",
        style=fields.text("style") or "",
        budget=_budget(_table(fields, "budget", ("currency", "cap"), "{currency: USD, cap: 5}")),
        gates=_gates(_table(fields, "gates", ("look", "video"), "{look: none, video: selected}")),
        providers=_providers(_table(fields, "providers", MADE, "{image: openai}")),
    )


def _checked(fields: Fields, name: str, code: str, check: Callable[[str], object]) -> str | None:
    text = fields.text(name)
    if text is None:
        return None
    try:
        check(text)
    except ValueError as problem:
        fields.error(code, str(problem), name)
        return None
    return text.strip()


def _table(fields: Fields, name: str, known: tuple[str, ...], hint: str) -> Fields | None:
    node = fields.get(name)
    if node is None:
        return None
    path: Path = (*fields.path, name)
    example = f"{name}: {hint}"
    return Fields.of(node, path, fields.findings, known=known, what=name, hint=example)


def _budget(fields: Fields | None) -> Budget | None:
    if fields is None:
        return None
    currency = (fields.text("currency") or "USD").strip().upper()
    if len(currency) != LONGEST_CURRENCY or not (currency.isascii() and currency.isalpha()):
        fields.error("bad_value", "currency must be a code of three letters, as USD", "currency")
        return None
    text = fields.text("cap")
    if text is None:
        fields.error("missing_field", "budget needs its cap; write cap: 5.00")
        return None
    try:
        cap = Decimal(text.strip())
    except InvalidOperation:
        cap = Decimal(-1)
    if not (cap.is_finite() and 0 <= cap <= MOST_MONEY):
        fields.error("bad_value", "cap must be an amount of money; write cap: 5.00", "cap")
        return None
    return Budget(currency=currency, cap_micros=int(cap * 1_000_000))


def _gates(fields: Fields | None) -> Gates:
    if fields is None:
        return Gates()
    look = _one_of(fields, "look", ("none", "approved"))
    video = _one_of(fields, "video", ("selected", "newest"))
    return Gates(
        look=cast("Literal['none', 'approved']", look),
        video=cast("Literal['selected', 'newest']", video),
    )


def _one_of(fields: Fields, name: str, known: tuple[str, ...]) -> str:
    text = fields.text(name)
    if text is None or text in known:
        return text or known[0]
    fields.error("bad_value", f"{name} must be {' or '.join(known)}, not {text[:40]!r}", name)
    return known[0]


def _providers(fields: Fields | None) -> dict[MediaType, str]:
    if fields is None:
        return {}
    named = {made: fields.text(made) for made in MADE}
    return {MediaType(made): name.strip() for made, name in named.items() if name}
