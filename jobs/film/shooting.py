"""The door of a filming child: light to import, since whoever asks imports it too."""

from jobs.film.ask import Film, FilmAsk
from jobs.serving import Say


def shoot(say: Say, wanted: FilmAsk) -> Film:
    """What is asked for, filmed and encoded; ``say`` gets how much of it is done."""
    from jobs.film.encode import film  # noqa: PLC0415 - a second of imports, for children alone

    return film(say, wanted)
