"""A card is painted in place: the same elements, no more updates than changes, no older news."""

from typing import Any

import pytest

from domain.work.blocking import Reason
from ui.components.card import Card
from ui.components.deck import Deck
from ui.components.node import Node
from ui.components.scene import Scene
from ui.pages.gallery_fixtures import FPS, SCENE, clip, job, problem, shot, shown
from ui.pages.gallery_shots import every_flag


def said(client: Any) -> set[int]:
    """The elements that would be sent now; asking forgets them."""
    ids = set(client.outbox.updates)
    client.outbox.updates.clear()
    return ids


def grown(view: Any, version: int) -> Any:
    """The same shot, later."""
    slots = tuple(one.evolve(version=version) for one in view.slots)
    return view.evolve(slots=slots, version=version)


async def test_a_card_goes_through_all_states_with_the_same_elements(client: Any) -> None:
    with client.layout:
        shots = every_flag(0)
        card = Card(shots[0], fps=FPS)
        first = now = [one.id for one in card.element.descendants(include_self=True)]
        for version, other in enumerate(shots, start=2):
            same = other.evolve(id=shots[0].id, code=shots[0].code)
            card.paint(grown(same, version))
            now = [one.id for one in card.element.descendants(include_self=True)]
            assert now[: len(first)] == first
            assert card.element.get("data-version") == version
            assert card.element.get("data-state") == other.state
        assert len(now) - len(first) <= 3  # progress, fix and clock: made once, kept


async def test_older_news_is_dropped(client: Any) -> None:
    with client.layout:
        view = grown(shot("SH0010", "Now.", shown(1, 0)), 5)
        card = Card(view, fps=FPS)
        card.paint(grown(shot("SH0010", "Now.", {"state": "failed"}), 4))
        assert card.element.get("data-flag") == "done"


async def test_painting_the_same_again_sends_nothing(client: Any) -> None:
    with client.layout:
        view = shot("SH0010", "Still.", shown(1, 0), clip())
        card = Card(view, fps=FPS)
        said(client)
        card.paint(view.model_copy())
        assert said(client) == set()


async def test_progress_sends_the_bar_and_the_word_and_no_more(client: Any) -> None:
    with client.layout:

        def at(share: float) -> Any:
            return shot("SH0010", "Made.", {"state": "running", "job": job(progress=share)})

        card = Card(at(0.1), fps=FPS)
        said(client)
        card.paint(at(0.2))
        assert len(said(client)) == 2


async def test_a_running_clock_is_not_set_back_by_a_repaint(client: Any) -> None:
    with client.layout:
        facts = {"state": "running", "job": job(started_at=100.0)}
        card = Card(shot("SH0010", "Made.", facts), fps=FPS, clock=lambda: 142.0)
        said(client)
        card.paint(grown(shot("SH0010", "Made.", facts), 2))
        assert said(client) == {card.element.id}


async def test_the_one_fix_reports_its_verb_once(client: Any) -> None:
    with client.layout:
        view = shot("SH0010", "Bad.", problem(Reason.TIMEOUT, "retry", "Retry", state="failed"))
        asked: list[tuple[str, str]] = []
        deck = Deck(fps=FPS, on_open=print, on_verb=lambda *told: asked.append(told))
        deck.add([view])
        card = deck.cards[view.code]
        assert card.mend() == ("retry", view.primary)
        assert card.mend() is None  # busy until it is painted
        card.paint(grown(view, 2))
        assert card.mend() == ("retry", view.primary)


async def test_a_scene_builds_its_cards_from_what_is_known_then(client: Any) -> None:
    with client.layout:
        shots = every_flag(0)
        scene = Scene(SCENE, shots, fps=FPS, on_open=print, on_verb=print)
        assert scene.cards == {}
        later = grown(shots[0].evolve(content="Rewritten."), 9)
        scene.paint([later])
        scene.build()
        assert scene.cards[later.code].shot == later
        assert scene.element.get("data-n") == len(shots)


async def test_a_filter_hides_cards_and_gives_up_their_room(client: Any) -> None:
    with client.layout:
        shots = every_flag(0)
        scene = Scene(SCENE, shots, fps=FPS, on_open=print, on_verb=print, now=True)
        scene.filter([shots[1].code])
        assert scene.element.get("data-n") == 1
        scene.filter(None)
        assert scene.element.get("data-n") == len(shots)


async def test_an_edit_of_the_script_keeps_the_cards_that_remain(client: Any) -> None:
    with client.layout:
        shots = every_flag(0)
        scene = Scene(SCENE, shots[:4], fps=FPS, on_open=print, on_verb=print, now=True)
        kept = scene.cards[shots[2].code]
        scene.arrange(SCENE, [shots[5], shots[2], shots[0]])
        assert list(scene.cards) == [shots[5].code, shots[2].code, shots[0].code]
        assert scene.cards[shots[2].code] is kept
        assert not kept.element.is_deleted


async def test_what_nodes_share_is_never_changed_by_one_of_them(client: Any) -> None:
    with client.layout:
        one, other = Node("div", "card"), Node("div", "card")
        one.toggle("is-out", on=True)
        one.dress({"p": 0.5})
        assert "is-out" not in other.classes
        assert dict(other.style) == {}
        with pytest.raises(TypeError):
            other.classes("wild")
