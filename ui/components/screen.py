"""A screen: the pictures of one shot, laid over each other; or a slate where there is none."""

from ui.components.node import Node, boundary
from ui.components.showing import Layer, Showing

UNTOLD = "No picture yet"


class Screen:
    """Two of them take turns: one is looked at while the other gets its pictures."""

    def __init__(self) -> None:
        self.showing: Showing | None = None
        self._was_seen = False
        with boundary():
            self.element = Node("div", "screen", aria_hidden="true")

    def load(self, showing: Showing) -> None:
        """Fill it with a shot; one that waits there unseen already is left alone."""
        if showing == self.showing and not self._was_seen:
            return
        self.showing = showing
        self._was_seen = False
        self.element.clear()
        with self.element:
            if not showing.has_ground:
                self._build_slate(showing)
            for layer in showing.layers:
                self._build_layer(layer)
        self.element.patch(
            data_screen=showing.code,
            data_soft="" if showing.is_soft else None,
        )

    def turn(self, *, on: bool) -> None:
        """To the audience, or away from it."""
        self._was_seen |= on
        self.element.patch(data_now="" if on else None, aria_hidden=None if on else "true")

    @staticmethod
    def _build_layer(layer: Layer) -> None:
        staged = {
            "data_placement": layer.placement,
            "data_orientation": layer.orientation,
            "data_whole": "" if layer.whole else None,
        }
        if layer.moves:
            node = Node(
                "video",
                "layer",
                src=layer.address,
                preload="auto",
                playsinline=True,
                loop=layer.loop or None,
                muted=layer.muted,
                aria_label=layer.label,
                **staged,
            )
        else:
            node = Node("img", "layer", src=layer.address, alt=layer.label, **staged)
        width = None if layer.width is None else f"{layer.width:g}%"
        node.dress({"depth": layer.depth, "opacity": layer.opacity, "across": width})

    @staticmethod
    def _build_slate(showing: Showing) -> None:
        """The words take the picture's place, unless something else is there to look at."""
        words = showing.captions if showing.is_bare else ()
        bare = "" if showing.is_bare else None
        with Node("div", "slate corners", data_flag=showing.lacks, data_bare=bare):
            with Node("p", "why"):
                Node("span", "num", text=showing.code)
                if showing.lacks is not None:
                    Node("b", text=f"{UNTOLD}: {showing.lacks.word.lower()}")
            for line in words:
                with Node("p", "said" if line.speaker else "told"):
                    if line.speaker:
                        Node("b", text=line.speaker)
                    Node("span", text=line.text)
