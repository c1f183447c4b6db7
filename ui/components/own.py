"""A place for a person's own picture, sound or clip: choose one, or drop it there."""

from collections.abc import Callable
from typing import Any

from ui.components.node import Node

MOST = 64_000_000
"""Bytes; what the door lets in, and what is told beyond it."""
BESIDE = 10_000
"""Bytes of a form that are not the file's."""
SEND = f"""(event) => {{
  event.preventDefault();
  const tile = event.currentTarget.closest('.own');
  const [file] = (event.dataTransfer || event.target).files;
  if (!file || tile.dataset.share) return;
  const over = file.size > {MOST - BESIDE};
  if (over) return emit(`${{file.name}} has ${{Math.ceil(file.size / 1e6)}} MB; at most 64 are taken.`);
  const form = new FormData();
  form.append('file', file, file.name);
  const call = new XMLHttpRequest();
  const done = (words) => {{
    delete tile.dataset.share;
    tile.querySelector('input').value = '';
    emit(words);
  }};
  tile.dataset.share = '0 %';
  call.upload.onprogress = (at) => {{
    tile.dataset.share = at.loaded < at.total ? `${{Math.floor(100 * at.loaded / at.total)}} %` : 'looked into';
  }};
  call.onload = () => {{
    if (call.status < 300) return done('');
    try {{ done(JSON.parse(call.responseText).detail); }} catch {{ done('It was not taken.'); }}
  }};
  call.onerror = () => done('The line is cut; nothing was taken.');
  call.open('POST', `${{window.path_prefix || ''}}/api/v1/slots/${{tile.dataset.into}}/takes`);
  call.send(form);
}}"""  # noqa: E501
"""By the API's own route, so a page takes just what a program may send."""
OVER = "(event) => event.preventDefault()"


class Own:
    """``on_told`` hears what came of it: nothing where it was taken, else why not."""

    def __init__(self, on_told: Callable[[str], Any]) -> None:
        with Node("label", "take own") as self.element:
            Node("span", text="Add your own")
            chooser = Node("input", type="file", accept="image/*,audio/*,video/*,.svg")

        def hear(event: Any) -> Any:
            return on_told(str(event.args or ""))

        chooser.on("change", hear, js_handler=SEND)
        self.element.on("drop", hear, js_handler=SEND)
        self.element.on("dragover", js_handler=OVER)

    def paint(self, slot_id: str) -> None:
        self.element.patch(data_into=slot_id)
