"""How much an SVG draws once every reference in it is followed: the guard against its bombs."""

from domain.errors import Invalid, TooLarge

DRAWN = 100_000
"""Elements, counted as often as they are drawn."""


class Cost:
    """Fed with elements as they open and close; `check` at the end."""

    def __init__(self) -> None:
        self._children: list[list[int]] = []
        self._targets: list[list[str]] = []
        self._by_id: dict[str, int] = {}
        self._open: list[int] = []

    def begin(self, name: str | None, targets: list[str]) -> None:
        """``targets``: the ids this element refers to."""
        node = len(self._children)
        self._children.append([])
        self._targets.append(targets)
        if self._open:
            self._children[self._open[-1]].append(node)
        if name is not None:
            self._by_id.setdefault(name, node)
        self._open.append(node)

    def end(self) -> None:
        self._open.pop()

    def check(self) -> None:
        """Raises Invalid where it draws itself, TooLarge where it draws too much."""
        costs: dict[int, int] = {}
        under_way: set[int] = set()
        todo = [0] if self._children else []
        while todo:
            node = todo[-1]
            if node in costs:
                todo.pop()
                continue
            inner = self._inner(node)
            missing = [one for one in inner if one not in costs]
            if not missing:
                costs[node] = 1 + sum(costs[one] for one in inner)
                if costs[node] > DRAWN:
                    raise TooLarge(f"An SVG may draw {DRAWN:,} elements, repeated ones included.")
                under_way.discard(node)
                todo.pop()
                continue
            under_way.add(node)
            if under_way & set(missing):
                raise Invalid("This SVG is not taken: it draws itself.", code="unsafe_svg")
            todo += missing

    def _inner(self, node: int) -> list[int]:
        named = (self._by_id.get(target) for target in self._targets[node])
        return [*self._children[node], *(one for one in named if one is not None)]
