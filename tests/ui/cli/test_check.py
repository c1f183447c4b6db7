"""``check``: what is wrong, where, and nothing is touched."""

import re
from pathlib import Path

import pytest

from tests.ui.cli.commands import Run, contents

HEAD = "project: {id: p}\n"
ITEM = f"{HEAD}blocks:\n  - id: A\n    media:\n      - {{media_id: f, media_role: narrative_im, "
WRONG = {
    "indentation": (f"{HEAD}blocks:\n  - id: A\n   content: x\n", 4),
    "unknown key": (f"{HEAD}blocks:\n  - id: A\n    contents: x\n", 4),
    "two sources": (
        f"{ITEM}media_path: a.png, media_data: AAAA}}\n",
        5,
    ),
    "unknown cast": (f"{HEAD}blocks:\n  - id: A\n    cast: [nobody]\n", 4),
    "duplicate ids": (f"{HEAD}blocks:\n  - id: A\n  - id: B\n  - id: A\n", 5),
    "a path that leaves": (
        f"{ITEM}media_path: ../../etc/passwd}}\n",
        5,
    ),
    "nested brackets": (f"{HEAD}blocks: " + "[" * 100_000, 2),
    "alias bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(
            f"{one}: &{one} [{', '.join([f'*{before}'] * 9)}]\n"
            for before, one in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        None,
    ),
    "more than 5 MB": (f"{HEAD}# " + "x" * 5_000_001, None),
    "no text": ("project: \x00\x01", 1),
}


@pytest.mark.parametrize(
    ("command", "what"),
    [*(("check", what) for what in WRONG), ("build", "unknown cast"), ("plan", "unknown key")],
)
def test_a_wrong_script_is_told_by_its_lines_and_changes_nothing(
    run: Run, tmp_path: Path, data: Path, what: str, command: str
) -> None:
    text, line = WRONG[what]
    script = tmp_path / "script.yaml"
    script.write_text(text)
    told = run(command, script, within=30)
    said = (told.out if command == "check" else told.err).splitlines()
    assert told.code == 1
    assert said
    assert all(re.fullmatch(r".+script\.yaml:\d+:\d+: (error|warning) \w+ .+", x) for x in said)
    errors = [one for one in said if ": error " in one]
    assert errors
    if line is not None:
        assert f"script.yaml:{line}:" in errors[0]
    assert not data.exists()


def test_a_right_script_says_nothing_and_makes_no_folder(
    run: Run, tmp_path: Path, data: Path
) -> None:
    script = tmp_path / "script.yaml"
    script.write_text(f"{HEAD}blocks: [{{id: A, content: x}}]\n")
    told = run("check", script)
    assert (told.code, told.out, told.err) == (0, "", "")
    assert list(contents(tmp_path)) == ["script.yaml"]


def test_a_warning_is_told_but_is_no_failure(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    media = "[{media_id: f, media_role: narrative_im, media_path: assets/a.png}]"
    script.write_text(f"{HEAD}blocks: [{{id: A, content: x, media: {media}}}]\n")
    told = run("check", script)
    assert told.code == 0
    assert "script.yaml:2:" in told.out
    assert "warning missing_file the file assets/a.png is not there" in told.out
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/a.png").write_bytes(b"anything")
    assert run("check", script).out == ""


def test_a_file_that_is_linked_in_from_elsewhere_is_not_there(run: Run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.png").write_bytes(b"mine")
    (home / "a.png").symlink_to(tmp_path / "secret.png")
    script = home / "script.yaml"
    media = "[{media_id: f, media_role: narrative_im, media_path: a.png}]"
    script.write_text(f"{HEAD}blocks: [{{id: A, content: x, media: {media}}}]\n")
    assert "warning missing_file" in run("check", script).out
