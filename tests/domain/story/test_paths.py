import pytest

from domain.story.paths import extension, inside


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("assets/wind.ogg", "assets/wind.ogg"),
        ("./assets//wind.ogg", "assets/wind.ogg"),
        ("a.b/c-d_e.tar.gz", "a.b/c-d_e.tar.gz"),
        ("Bilder/Größe 2.png", "Bilder/Größe 2.png"),
        ("資産/風.ogg", "資産/風.ogg"),
        ("console.png", "console.png"),
        ("a..b.png", "a..b.png"),
    ],
)
def test_a_path_inside_the_folder_is_kept(written: str, kept: str) -> None:
    assert inside(written) == kept


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "assets/",
        "x" * 256,
        "/etc/passwd",
        "//server/share",
        "..",
        "../a.png",
        "assets/../../a.png",
        "a/..",
        "assets/.. /a.png",
        "assets/.../a.png",
        "..\\a.png",
        "assets\\a.png",
        "C:/a.png",
        "c:a.png",
        "a.png:stream",
        "https://example.net/a.png",
        "file:a.png",
        "~/a.png",
        "~root",
        "a\0.png",
        "a\n.png",
        "a\u202egnp.png",
        "a\u200b.png",
        "\u2024\u2024/a.png",
        "\uff0e\uff0e/a.png",
        "\u2025/a.png",
        "a\uff0fb.png",
        "a\u2215b.png",
        "a\u2044b.png",
        "a\uff3cb.png",
        "a\ufe55b.png",
        "%2e%2e/a.png",
        "a%2Fb.png",
        "NUL",
        "con.png",
        "assets/Aux.tar.gz",
        "com1",
        "LPT9.txt",
        "COM\u00b9.png",
        "con .png",
        "a.png.",
        "a.png ",
        "a" * 2000,
        "é" * 200 + ".png",
    ],
)
def test_a_path_that_leaves_or_pretends_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"\w; \w|\w$"):
        inside(path)


def test_an_extension_is_in_small_letters() -> None:
    assert [extension(one) for one in ("a/b.PNG", "a.b/c", "x.tar.gz")] == ["png", "", "gz"]
