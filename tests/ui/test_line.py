"""A page's line ends with its session: no act comes through, and the page loads itself again."""

from collections.abc import Iterable

import pytest
from starlette.types import Message

from ui.session.line import LOOK_S, RELOAD, Line

ACT = '42["event",{"client_id":"x"}]'
PONG = "3"


class Browser:
    """What a browser sends, and what it was sent."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = iter(texts)
        self.got: list[Message] = []

    async def receive(self) -> Message:
        return {"type": "websocket.receive", "text": next(self._texts)}

    async def send(self, message: Message) -> None:
        self.got.append(message)


class Session:
    """Whether it holds, each time it is asked; the last answer stays."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1] == "holds"


async def test_acts_come_through_while_the_session_holds() -> None:
    browser = Browser([ACT, ACT])
    line = Line(browser.receive, browser.send, still=Session("holds"))
    assert [(await line.receive())["text"], (await line.receive())["text"]] == [ACT, ACT]


async def test_the_first_act_after_its_end_is_dropped_and_the_page_told() -> None:
    browser = Browser([ACT, ACT])
    line = Line(browser.receive, browser.send, still=Session("holds", "over"))
    await line.receive()
    assert (await line.receive())["type"] == "websocket.disconnect"
    assert [one.get("text") for one in browser.got] == [RELOAD, None]
    assert browser.got[-1] == {"type": "websocket.close", "code": 1008}
    await line.send({"type": "websocket.send", "text": "a late update"})
    assert len(browser.got) == 2


@pytest.mark.parametrize("elapsed", [0.0, LOOK_S])
async def test_a_quiet_line_looks_once_in_a_while(elapsed: float) -> None:
    session, times = Session("over"), iter([100.0, 100.0 + elapsed, 100.0 + elapsed])
    browser = Browser([PONG])
    line = Line(browser.receive, browser.send, still=session, clock=lambda: next(times))
    message = await line.receive()
    assert session.asked == (1 if elapsed else 0)
    assert message["type"] == ("websocket.disconnect" if elapsed else "websocket.receive")
