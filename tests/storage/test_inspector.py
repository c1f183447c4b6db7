"""What the MediaInspector takes, refuses and finds (P7, P33, R6)."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from domain.errors import Invalid, TooLarge, Unsupported
from domain.media.staging import MediaType
from storage.inspector import Inspector
from tests.storage.media_files import (
    FAKE,
    MODEL,
    audio,
    clip,
    huge_png,
    marked_png,
    picture,
    sound,
    still,
    xmp,
)


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    inspector = Inspector()
    yield inspector
    inspector.close()


def opened(data: bytes | None) -> Image.Image:
    assert data is not None
    image = Image.open(io.BytesIO(data))
    assert image.format == "WEBP"
    image.load()
    return image


@pytest.mark.parametrize(
    ("form", "mime", "extension"),
    [
        ("PNG", "image/png", "png"),
        ("JPEG", "image/jpeg", "jpg"),
        ("WEBP", "image/webp", "webp"),
        ("GIF", "image/gif", "gif"),
        ("AVIF", "image/avif", "avif"),
    ],
)
def test_a_picture_is_measured_by_its_bytes_r6(
    inspector: Inspector, form: str, mime: str, extension: str
) -> None:
    found = inspector.inspect(picture(form))
    assert (found.mime, found.extension) == (mime, extension)
    assert (found.media_type, found.width, found.height) == (MediaType.IMAGE, 64, 32)
    assert found.duration is None
    assert not found.marked_fake
    assert opened(found.poster).size == (64, 32)


@pytest.mark.parametrize(
    ("form", "codec", "mime", "extension"),
    [
        ("mp4", "libx264", "video/mp4", "mp4"),
        ("mov", "libx264", "video/quicktime", "mov"),
        ("webm", "libvpx-vp9", "video/webm", "webm"),
    ],
)
def test_a_clip_is_measured_and_has_a_poster(
    inspector: Inspector, form: str, codec: str, mime: str, extension: str
) -> None:
    found = inspector.inspect(clip(form, codec))
    assert (found.mime, found.extension) == (mime, extension)
    assert (found.media_type, found.width, found.height) == (MediaType.VIDEO, 64, 48)
    assert found.duration == pytest.approx(1.0, abs=0.01)
    assert opened(found.poster).size == (64, 48)


@pytest.mark.parametrize(
    ("make", "mime", "extension"),
    [
        (sound, "audio/wav", "wav"),
        (lambda: audio("mp3", "libmp3lame"), "audio/mpeg", "mp3"),
        (lambda: audio("ogg", "libopus"), "audio/ogg", "ogg"),
        (lambda: audio("flac", "flac"), "audio/flac", "flac"),
        (lambda: audio("ipod", "aac"), "audio/mp4", "m4a"),
        (lambda: audio("mp4", "aac"), "audio/mp4", "m4a"),
        (lambda: audio("webm", "libopus"), "audio/webm", "weba"),
    ],
)
def test_sound_has_a_length_and_no_picture(
    inspector: Inspector, make: Callable[[], bytes], mime: str, extension: str
) -> None:
    data = make()
    found = inspector.inspect(data)
    assert (found.mime, found.extension, found.media_type) == (mime, extension, MediaType.VOICE)
    assert (found.width, found.height, found.poster) == (None, None, None)
    assert found.duration == pytest.approx(1.0, abs=0.05)
    with pytest.raises(Unsupported):
        inspector.thumbnail(data, 160)


def test_a_streamed_wav_that_does_not_know_its_length_is_taken(inspector: Inspector) -> None:
    data = bytearray(sound())
    data[4:8] = data[40:44] = b"\xff" * 4
    assert inspector.inspect(bytes(data)).duration == 1.0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"just words", id="text"),
        pytest.param(b"<html><script>alert(1)</script>", id="html named png"),
        pytest.param(b"<html>" + marked_png(), id="html before a png"),
        pytest.param(b"#EXTM3U\nfile:///etc/passwd", id="a playlist"),
        pytest.param(b"ffconcat version 1.0\nfile /etc/passwd", id="a list of files"),
        pytest.param(clip("matroska"), id="matroska"),
        pytest.param(b"PK\x03\x04" + bytes(60), id="zip"),
        pytest.param(b"%PDF-1.7", id="pdf"),
    ],
)
def test_what_is_not_taken_is_unsupported_whatever_it_is_called_p33(
    inspector: Inspector, data: bytes
) -> None:
    with pytest.raises(Unsupported):
        inspector.inspect(data)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="a signature alone"),
        pytest.param(b"\x89PNG\r\n\x1a\n<script>", id="html behind a signature"),
        pytest.param(b"ID3" + b"junk" * 999, id="mp3"),
        pytest.param(b'<svg xmlns="http://www.w3.org/2000/svg"/>', id="svg without a size"),
        pytest.param(sound()[:9000], id="wav cut off"),
        pytest.param(clip()[:-400], id="mp4 without its index"),
        pytest.param(clip(frames=96, tune={"movflags": "+faststart"})[:-600], id="mp4 cut off"),
        pytest.param(clip("webm", "libvpx", frames=96)[:-2500], id="webm cut off"),
        pytest.param(audio("flac", "flac")[:-50], id="flac cut off"),
        *(
            pytest.param(picture(form, still(600, 400))[:-300], id=f"{form} cut off")
            for form in ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
        ),
    ],
)
def test_what_does_not_decode_to_its_end_is_invalid(inspector: Inspector, data: bytes) -> None:
    with pytest.raises(Invalid):
        inspector.inspect(data)


@pytest.mark.parametrize("side", [6400, 9_000, 50_000, 2**31 - 1])
def test_a_bomb_is_refused_by_its_declared_size(inspector: Inspector, side: int) -> None:
    with pytest.raises(TooLarge, match="40 megapixels"):
        inspector.inspect(huge_png(side, side))


def test_too_many_bytes_are_refused_before_a_child_sees_them(inspector: Inspector) -> None:
    with pytest.raises(TooLarge, match="40 MB"):
        inspector.inspect(picture() + bytes(40_000_000))


def test_sound_of_more_than_ten_minutes_is_refused(inspector: Inspector) -> None:
    with pytest.raises(TooLarge, match="10 minutes"):
        inspector.inspect(sound(601))


def test_what_hangs_behind_a_picture_does_not_change_what_it_is(inspector: Inspector) -> None:
    found = inspector.inspect(picture() + b"<script>alert(1)</script>PK\x03\x04")
    assert found.mime == "image/png"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(marked_png(), id="png"),
        pytest.param(marked_png(packed=True), id="png, packed"),
        pytest.param(picture("WEBP", xmp=xmp(FAKE)), id="webp"),
        pytest.param(picture("JPEG", xmp=xmp(FAKE)), id="jpeg"),
        pytest.param(sound(comment=FAKE), id="wav"),
        pytest.param(sound(comment="algorithmicMedia"), id="wav, in a word"),
        pytest.param(clip(comment=FAKE), id="mp4"),
        pytest.param(clip("webm", "libvpx", comment=FAKE), id="webm"),
    ],
)
def test_the_mark_of_a_fake_is_found_and_stays_on_its_poster_p7(
    inspector: Inspector, data: bytes
) -> None:
    found = inspector.inspect(data)
    assert found.marked_fake
    if found.poster is not None:
        assert inspector.inspect(found.poster).marked_fake
        assert inspector.inspect(inspector.thumbnail(data, 16)).marked_fake


@pytest.mark.parametrize(
    "data", [marked_png(MODEL), sound(comment=MODEL), clip(comment=MODEL), picture()]
)
def test_a_models_work_is_not_taken_for_a_fake_p7(inspector: Inspector, data: bytes) -> None:
    assert not inspector.inspect(data).marked_fake


def test_a_poster_is_at_most_640_wide_and_a_small_picture_is_never_enlarged(
    inspector: Inspector,
) -> None:
    wide = picture(image=still(1280, 720))
    assert opened(inspector.inspect(wide).poster).size == (640, 360)
    assert opened(inspector.thumbnail(wide, 160)).size == (160, 90)
    assert opened(inspector.thumbnail(picture(), 1280)).size == (64, 32)
    assert opened(inspector.thumbnail(clip(), 32)).size == (32, 24)
    assert opened(inspector.thumbnail(picture(image=still(4000, 2)), 160)).size == (160, 1)


def test_a_poster_is_turned_upright_and_loses_the_cameras_data(inspector: Inspector) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    exif[0x010F] = "Camera of Mira"
    found = inspector.inspect(picture("JPEG", still(1280, 720), exif=exif, quality=95))
    assert (found.width, found.height) == (720, 1280)
    upright = opened(found.poster)
    assert upright.size == (640, 1138)
    assert upright.resize((1, 2)).tobytes()[::5] == pytest.approx([230, 230], abs=25)  # red above
    assert found.poster is not None
    assert b"Mira" not in found.poster


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_kind_of_pixel_becomes_a_poster(inspector: Inspector, mode: str) -> None:
    poster = opened(inspector.inspect(picture(image=still().convert(mode))).poster)
    assert poster.size == (64, 32)


def test_what_is_seen_through_stays_so_on_the_poster(inspector: Inspector) -> None:
    image = still().convert("RGBA")
    image.putalpha(100)
    assert opened(inspector.inspect(picture(image=image)).poster).mode == "RGBA"


def test_sixteen_bits_a_channel_are_scaled_not_clipped(inspector: Inspector) -> None:
    image = Image.new("I;16", (64, 32), 40_000)
    poster = opened(inspector.inspect(picture(image=image)).poster)
    assert poster.convert("L").getextrema() == pytest.approx((40_000 / 257,) * 2, abs=3)


def test_eight_threads_are_answered_at_once(inspector: Inspector) -> None:
    files = [picture(image=still(100 + index, 50)) for index in range(40)]
    with ThreadPoolExecutor(8) as pool:
        widths = [found.width for found in pool.map(inspector.inspect, files)]
    assert widths == [100 + index for index in range(40)]
