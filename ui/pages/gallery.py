from ui.components.node import Node


def gallery() -> None:
    Node("h1", text="Gallery")
