"""Live providers from their settings: client, key and redactor put together once, here."""

from collections.abc import Mapping

from domain.work.provider import Remote
from jobs.providers.automatic1111.provider import Automatic1111Provider
from jobs.providers.configuration import Adapter, LiveSettings
from jobs.providers.openai.provider import OpenAIProvider
from jobs.providers.wire.careful import Careful
from jobs.providers.wire.client import Client
from jobs.providers.wire.guard import Guard, Resolve, resolve
from jobs.providers.wire.keys import FindKey, KeyAuth
from jobs.providers.wire.redaction import Redactor

SCHEMES: Mapping[Adapter, str] = {"openai": "Bearer", "automatic1111": "Basic"}


def connect(
    settings: LiveSettings, find_key: FindKey, redactor: Redactor, *, look_up: Resolve = resolve
) -> Remote:
    """A provider that asks no network until it is asked itself."""
    client = None
    if settings.base_url is not None:
        guard = Guard(settings.base_url, settings.allow_hosts, look_up=look_up)
        auth = KeyAuth(
            lambda: find_key(settings.key_env) if settings.key_env else None,
            scheme=SCHEMES[settings.adapter],
        )
        client = Client(guard, auth)
    made: Remote
    match settings.adapter:
        case "openai":
            made = OpenAIProvider(settings, client, find_key)
        case "automatic1111":
            made = Automatic1111Provider(settings, client, find_key)
    return Careful(made, redactor)
