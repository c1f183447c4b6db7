"""The providers file: which servers there are, what they are asked for and what they charge.

Its tables add to the built-in ones, override them key by key, and come first in the order. It
never holds a secret: a key is named by its variable.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from domain.entity import Entity
from domain.errors import Misconfigured
from domain.media.staging import MediaType
from domain.work.price import Prices
from jobs.providers.wire.redaction import HIDDEN, Redactor

Adapter = Literal["openai", "automatic1111"]
Dialect = Literal[
    "any_size", "seed", "negative_prompt", "steps", "guidance_scale", "response_format", "sd_cpp"
]
"""What a compatible server takes beyond OpenAI's own words; ``sd_cpp``: all of it, in the
prompt, as stable-diffusion.cpp reads it.
"""
MAKES: Mapping[Adapter, frozenset[MediaType]] = {
    "openai": frozenset({MediaType.IMAGE, MediaType.VOICE}),
    "automatic1111": frozenset({MediaType.IMAGE}),
}
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
HOST = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9][a-z0-9-]{0,62}")
SECRET_KEYS = frozenset({"key", "api_key", "apikey", "token", "secret", "password", "auth"})

Text = Annotated[str, Field(min_length=1, max_length=300)]


class LiveSettings(Entity):
    """One live provider, settled."""

    name: str
    adapter: Adapter
    base_url: str | None = None
    models: dict[MediaType, str] = {}
    key_env: str | None = None
    key_required: bool = False
    concurrency: int = 4
    per_minute: int | None = None
    prices: Prices = Prices()
    allow_hosts: tuple[str, ...] = ()
    dialect: frozenset[Dialect] = frozenset()

    @property
    def is_billable(self) -> bool:
        """Whether asking may cost: a server that wants no key and has no price is one's own."""
        priced = any(one is not None for name, one in self.prices if name != "currency")
        return self.key_required or priced


BUILT_IN: tuple[LiveSettings, ...] = (
    LiveSettings(
        name="openai",
        adapter="openai",
        base_url="https://api.openai.com/v1",
        models={MediaType.IMAGE: "gpt-image-2", MediaType.VOICE: "gpt-4o-mini-tts"},
        key_env="OPENAI_API_KEY",
        key_required=True,
    ),
    LiveSettings(
        name="automatic1111",
        adapter="automatic1111",
        key_env="AUTOMATIC1111_AUTH",
        concurrency=1,
    ),
)


class Configuration(Entity):
    """``order`` names what the file lists, in its order; the rest of the house follows."""

    live: tuple[LiveSettings, ...] = BUILT_IN
    order: tuple[str, ...] = ()


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Limits(_Strict):
    concurrency: Annotated[int, Field(ge=1, le=1000)] | None = None
    per_minute: Annotated[int, Field(ge=1, le=100_000)] | None = None


class _Prices(_Strict):
    image: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    voice_1k: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    video_s: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None
    music_s: Annotated[Decimal, Field(ge=0, le=1_000_000)] | None = None


class _Table(_Strict):
    adapter: Adapter | None = None
    base_url: Text | None = None
    models: dict[Literal["image", "voice", "video", "music", "vector"], Text] | None = None
    key_env: Text | None = None
    key_required: bool | None = None
    limits: _Limits | None = None
    prices: _Prices | None = None
    allow_hosts: list[Text] | None = None
    dialect: list[Dialect] | None = None

    @field_validator("key_env")
    @classmethod
    def _is_a_name(cls, name: str | None) -> str | None:
        if name is not None and not VARIABLE.fullmatch(name):
            raise ValueError("write the variable's name, as OPENAI_API_KEY, never the key itself")
        return name

    @field_validator("allow_hosts")
    @classmethod
    def _are_hosts(cls, hosts: list[str] | None) -> list[str] | None:
        for one in hosts or ():
            if not HOST.fullmatch(one.lower()):
                raise ValueError("write host names, as cdn.example.net or *.example.net")
        return hosts

    @field_validator("base_url")
    @classmethod
    def _is_an_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise ValueError("write an address, as http://127.0.0.1:7860") from error
        if url.userinfo:
            raise ValueError("a name and password stay out of it; write key_env")
        if url.scheme not in ("http", "https") or not url.host or url.query or url.fragment:
            raise ValueError("write an address, as http://127.0.0.1:7860")
        return address.rstrip("/")


def read(text: str, *, local: Sequence[str] = (), secrets: Sequence[str] = ()) -> Configuration:
    """What the file says; raises Misconfigured with one line that names table and key.

    ``local`` are the built-in providers without settings: their tables are empty and only order
    them. ``secrets`` are the keys there are: none of them may be in it.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"is no TOML: {error}") from None
    _refuse_secrets(tables, Redactor(lambda: secrets))
    currency = tables.pop("currency", "USD")
    if not (isinstance(currency, str) and re.fullmatch("[A-Z]{3}", currency)):
        raise _wrong('currency: write a code of three letters, as "USD"')
    built_in = {one.name: one for one in BUILT_IN}
    found: dict[str, LiveSettings] = {}
    for name, table in tables.items():
        if not isinstance(table, dict):
            if name in (*built_in, *local):
                raise _wrong(f"{name}: it is a table; write [{name}]")
            raise _unknown(name, ("currency", *built_in))
        if name in local:
            if table:
                raise _wrong(
                    f"[{name}] {next(iter(table))}: it takes no settings; its table is empty"
                )
        else:
            found[name] = _settled(name, _checked(name, table), built_in.get(name), currency)
    rest = tuple(
        one.evolve(prices=one.prices.evolve(currency=currency))
        for name, one in built_in.items()
        if name not in found
    )
    return Configuration(live=(*found.values(), *rest), order=tuple(tables))


def _checked(name: str, table: Mapping[str, Any]) -> _Table:
    if not NAME.fullmatch(name):
        raise _wrong(f"[{name[:40]}]: a name is of small letters, digits, - and _")
    try:
        return _Table.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part != "[key]")
        if first["type"] == "extra_forbidden":
            within: dict[str, type[BaseModel]] = {"limits": _Limits, "prices": _Prices}
            known = within.get(str(first["loc"][0]), _Table)
            raise _unknown(f"[{name}] {where}", tuple(known.__pydantic_fields__)) from None
        told = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
        raise _wrong(f"[{name}] {where}: {told}") from None


def _settled(
    name: str, table: _Table, built_in: LiveSettings | None, currency: str
) -> LiveSettings:
    adapter = table.adapter or (built_in.adapter if built_in else None)
    if adapter is None:
        known = " or ".join(f'adapter = "{one}"' for one in MAKES)
        raise _wrong(f"[{name}] adapter: write {known}")
    start = next(one for one in BUILT_IN if one.adapter == adapter)
    if built_in is None:
        # Another server of the same kind: what it is told is its own alone, address and key first.
        start = start.evolve(base_url=None, key_env=None)
        if table.base_url is None:
            raise _wrong(f'[{name}] base_url: write its address, as "http://127.0.0.1:8081/v1"')
        if table.key_required is None:
            start = start.evolve(key_required=table.key_env is not None)
    changes = {
        key: value
        for key in ("base_url", "models", "key_env", "key_required")
        if (value := getattr(table, key)) is not None
    }
    if "models" in changes:
        changes["models"] = {MediaType(one): model for one, model in changes["models"].items()}
        foreign = [one for one in changes["models"] if one not in MAKES[adapter]]
        if foreign:
            makes = " and ".join(sorted(MAKES[adapter]))
            raise _wrong(f"[{name}] models.{foreign[0]}: {adapter} makes {makes}")
    if table.prices is not None and adapter == "automatic1111":
        raise _wrong(f"[{name}] prices: a server of its own takes no money")
    if table.limits is not None:
        changes |= table.limits.model_dump(exclude_none=True)
    given = table.prices.model_dump() if table.prices else {}
    is_foreign = table.base_url is not None and table.base_url != start.base_url
    return start.evolve(
        name=name,
        prices=Prices(currency=currency, **given),
        allow_hosts=tuple(table.allow_hosts or ()),
        dialect=frozenset(table.dialect or (("any_size",) if is_foreign else ())),
        **changes,
    )


def _refuse_secrets(value: Any, redactor: Redactor, path: tuple[str, ...] = ()) -> None:
    """A key in a file that is copied and shared is a key lost."""
    match value:
        case Mapping():
            for name, one in value.items():
                _refuse_secrets(one, redactor, (*path, name))
        case list():
            for one in value:
                _refuse_secrets(one, redactor, path)
        case str() if path[-1].lower() in SECRET_KEYS or HIDDEN in redactor.text(value):
            where = f"[{path[0]}] {'.'.join(path[1:])}" if path[1:] else path[0]
            raise _wrong(f"{where}: it holds no secret; write key_env, its variable's name")


def _unknown(what: str, known: Sequence[str]) -> Misconfigured:
    word = re.split(r"[ .]", what)[-1]
    near = get_close_matches(word, known, n=1)
    instead = near[0] if near else ", ".join(known)
    return _wrong(f"{what}: there is no such key; write {instead}")


def _wrong(message: str) -> Misconfigured:
    return Misconfigured(f"FRAMEWRIGHT_PROVIDERS: {message}.")
