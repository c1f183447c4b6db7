"""Which SVG is taken, which is refused and why (R6, R67, P7, P32, P33)."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from domain.errors import Invalid, StudioError, TooLarge
from domain.media.staging import MediaType
from storage.formats import sniff
from storage.inspector import Inspector
from tests.storage.media_files import FAKE, MODEL, picture
from tests.storage.test_sandbox import busy_child_of, server_of

HEAD = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 40 20"'
)
BLUE = '<rect width="40" height="20" fill="blue"/>'
BIG = "<g>" * 10_000 + "</g>" * 10_000


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


def svg(inside: str = BLUE, *, head: str = HEAD, before: str = "") -> bytes:
    return f"{before}<svg {head}>{inside}</svg>".encode()


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(io.BytesIO(data))
    assert image.format == "WEBP"
    image.load()
    return image


def doubling(times: int) -> str:
    """A laugh without entities: each group draws the one before it twice."""
    groups = [
        f'<g id="l{at}"><use href="#l{at - 1}"/><use href="#l{at - 1}"/></g>'
        for at in range(1, times)
    ]
    return f'<defs><g id="l0">{BLUE}</g>{"".join(groups)}</defs><use href="#l{times - 1}"/>'


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('viewBox="0 0 40 20"', (40, 20)),
        ('viewBox="-5,-5,40.2,19.5" width="100%"', (41, 20)),
        ('viewBox="0 0 40 20" width="300mm" height="4px"', (40, 20)),
        ('width="40px" height="20"', (40, 20)),
    ],
)
def test_a_drawing_is_measured_by_its_view_box_r6(
    inspector: Inspector, head: str, size: tuple[int, int]
) -> None:
    found = inspector.inspect(svg(head=f'xmlns="http://www.w3.org/2000/svg" {head}'))
    assert (found.mime, found.extension) == ("image/svg+xml", "svg")
    assert (found.media_type, found.width, found.height) == (MediaType.VECTOR, *size)
    assert found.duration is None
    assert not found.marked_fake


def test_its_poster_is_drawn_as_wide_as_asked_and_not_too_high(inspector: Inspector) -> None:
    poster = opened(inspector.inspect(svg()).poster)
    assert poster.size == (640, 320)
    assert poster.getpixel((320, 160)) == pytest.approx((0, 0, 255), abs=6)
    assert opened(inspector.thumbnail(svg(), 160)).size == (160, 80)
    assert opened(inspector.thumbnail(svg("<g/>"), 160)).mode == "RGBA"
    thread = svg(head='xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 100"')
    assert opened(inspector.thumbnail(thread, 160)).size == (6, 600)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\ufeff \n",
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        "<?xml version='1.0' standalone='no'?><!-- drawn by hand -->\n",
    ],
)
def test_what_may_stand_before_it_may(inspector: Inspector, before: str) -> None:
    assert inspector.inspect(svg(before=before)).width == 40


@pytest.mark.parametrize(
    "inside",
    [
        (
            '<defs><linearGradient id="a"><stop offset="0" stop-color="rgb(1, 2, 3)"/>'
            '</linearGradient></defs><path d="M0 0L9-9z" fill="url(#a)" style="stroke: #123; "/>'
        ),
        '<clipPath id="c"><circle r="4"/></clipPath><g clip-path="url(\'#c\')">' + BLUE + "</g>",
        (
            '<filter id="f"><feGaussianBlur in="SourceGraphic" stdDeviation="2"/></filter>'
            '<use xlink:href="#g" filter="url(#f)"/><g id="g" transform="translate(2 3)"/>'
        ),
        '<title>a &lt;script&gt; of a play</title><g aria-label="x: y" data-part="(sword)"/>',
        (
            '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<r:Description r:about=""/></r:RDF></metadata>'
        ),
    ],
)
def test_what_a_drawing_needs_is_taken(inspector: Inspector, inside: str) -> None:
    assert inspector.inspect(svg(inside)).poster


HOSTILE = {
    "script": ("<script>alert(1)</script>", "<script>"),
    "script by another name": (
        '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
        "<script>",
    ),
    "html": ('<b xmlns="http://www.w3.org/1999/xhtml">x</b>', "<b>"),
    "handler": ('<rect onload="alert(1)"/>', "onload"),
    "javascript": ('<use href="javascript:alert(1)"/>', "outside"),
    "link": ('<a href="https://example.org">x</a>', "<a>"),
    "foreign object": ("<foreignObject/>", "<foreignObject>"),
    "image": ('<image href="https://example.org/x.png"/>', "<image>"),
    "file": ('<image href="/etc/passwd"/>', "<image>"),
    "data": ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
    "picture in a filter": ('<filter id="f"><feImage href="#x"/></filter>', "<feImage>"),
    "use of another host": ('<use xlink:href="https://example.org/x.svg#a"/>', "outside"),
    "use of a file": ('<use href="/etc/passwd#a"/>', "outside"),
    "paint of another host": ('<rect fill="url(https://example.org/#a)"/>', "fill"),
    "paint in a style": ('<rect style="fill: url(//example.org/#a)"/>', "fill"),
    "import": ("<style>@import 'https://example.org/x.css'</style>", "<style>"),
    "escape in a style": (r'<rect style="fill: \75rl(//x)"/>', "fill"),
    "style of a page": ('<rect style="position: fixed"/>', "position"),
    "animate": ('<animate attributeName="href" to="javascript:alert(1)"/>', "<animate>"),
    "set": ('<set attributeName="onmouseover" to="alert(1)"/>', "<set>"),
    "letters": ('<text x="1">Mira</text>', "paths"),
    "loose letters": ("<g>alert(1)</g>", "letters"),
    "base": ('<g xml:base="https://example.org/"/>', "base"),
    "namespace of its own": ('<x:g xmlns:x="urn:x"/>', "<g>"),
    "script in metadata": (
        '<metadata><script xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        "metadata",
    ),
    "handler in metadata": (
        '<metadata><r:a xmlns:r="http://purl.org/dc/elements/1.1/" onload="x"/></metadata>',
        "onload",
    ),
    "cdata": ("<title><![CDATA[<script>alert(1)</script>]]></title>", "CDATA"),
    "comment a page would end early": ("<!--><script>alert(1)</script>-->", "comment"),
    "instruction": ('<?xml-stylesheet href="https://example.org/x.css"?>', "stylesheet"),
    "draws itself": ('<g id="a"><use href="#a"/></g>', "itself"),
    "draws each other": ('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>', "itself"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_on_no_list_is_refused_by_its_name_p33(inspector: Inspector, name: str) -> None:
    inside, said = HOSTILE[name]
    with pytest.raises(Invalid, match="not taken") as refusal:
        inspector.inspect(svg(inside))
    assert said in refusal.value.message
    assert refusal.value.code == "unsafe_svg"
    assert len(refusal.value.message) < 200


@pytest.mark.parametrize(
    "name",
    [
        "a",
        "animate",
        "animateMotion",
        "animateTransform",
        "discard",
        "feImage",
        "feTurbulence",
        "font",
        "foreignObject",
        "handler",
        "iframe",
        "image",
        "link",
        "listener",
        "pattern",
        "script",
        "set",
        "style",
        "switch",
        "text",
        "textPath",
        "tspan",
        "video",
        "view",
    ],
)
def test_what_can_act_load_or_grow_is_on_no_list_p33(inspector: Inspector, name: str) -> None:
    with pytest.raises(Invalid, match=f"<{name}> is on no list"):
        inspector.inspect(svg(f"<{name}/>"))


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10 if at else "ha"}">' for at in range(10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE svg>",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "https://example.org/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        f"<!DOCTYPE svg [{LAUGHS}]>",
    ],
)
def test_a_doctype_is_refused_before_what_it_declares_is_read_p33(
    inspector: Inspector, doctype: str
) -> None:
    for inside in ("<title>&x;</title>", "<title>&l9;</title>"):
        with pytest.raises(Invalid, match="DOCTYPE"):
            inspector.inspect(svg(inside, before=doctype))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(svg(BIG), "nested", id="depth"),
        pytest.param(svg("<g/>" * 30_000), "20,000", id="elements"),
        pytest.param(svg(doubling(40)), "100,000", id="doubling"),
        pytest.param(svg(" " * 2_000_001), "2 MB", id="bytes"),
        pytest.param(
            svg(head='xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e6 1e6"'),
            "megapixels",
            id="size",
        ),
        pytest.param(
            svg(head='xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 101"'), "100", id="thin"
        ),
    ],
)
def test_too_much_of_anything_is_refused(inspector: Inspector, data: bytes, said: str) -> None:
    with pytest.raises(TooLarge, match=said):
        inspector.inspect(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(svg()[:-9], "damaged", id="cut off"),
        pytest.param(svg("&nbsp;"), "damaged", id="an entity of nobody's"),
        pytest.param(svg(head='xmlns="http://www.w3.org/2000/svg"'), "viewBox", id="no size"),
        pytest.param(
            svg(head='xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 4"'), "size", id="0"
        ),
        pytest.param(svg(head='viewBox="0 0 4 4"'), "no list", id="no namespace"),
        pytest.param(svg(before='<?xml version="1.0" encoding="UTF-7"?>'), "UTF", id="utf-7"),
        pytest.param(svg("<title>\xe9</title>").replace(b"\xc3", b""), "UTF-8", id="latin-1"),
    ],
)
def test_what_can_not_be_read_is_invalid(inspector: Inspector, data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        inspector.inspect(data)


def test_what_only_says_svg_is_not_sniffed_as_one() -> None:
    for text in (b"svg", b"<svgx/>", b"<html><svg>", b"<!-- <svg> -->", b"<?xml ?><b/>", b"<?" * 9):
        with pytest.raises(StudioError, match="no media"):
            sniff(text)


def test_the_mark_of_a_fake_is_found_in_its_metadata_p7(inspector: Inspector) -> None:
    def marked(source: str) -> bytes:
        return svg(
            '<metadata><x:xmpmeta xmlns:x="adobe:ns:meta/" '
            'xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
            f'i:DigitalSourceType="{source}"/></metadata>'
        )

    found = inspector.inspect(marked(FAKE))
    assert found.marked_fake
    assert found.poster is not None
    assert inspector.inspect(found.poster).marked_fake
    assert not inspector.inspect(marked(MODEL)).marked_fake


def test_its_child_can_open_no_file_whatever_the_lists_say_p32(inspector: Inspector) -> None:
    blurred = '<g filter="url(#f)">' + BLUE
    slow = '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>' + blurred * 40 + "</g>" * 40
    inspector.warm()
    with ThreadPoolExecutor(1) as thread:
        future = thread.submit(inspector.inspect, svg(slow))
        child = busy_child_of(server_of(os.getpid()))
        limits = Path(f"/proc/{child}/limits").read_text()
        future.result()
    assert re.search(r"Max open files\s+0\s+0\s", limits)


def test_the_renderer_alone_would_draw_a_file_and_under_that_limit_does_not_p32(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    script = """
import resource, resvg_py, sys
text = sys.stdin.read()
first = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
print(first != resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True))
"""
    inside = f'<image href="{tmp_path / "secret.png"}" width="40" height="20"/>'
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], input=svg(inside), capture_output=True, check=True
    )
    assert ran.stdout == b"True\n"
