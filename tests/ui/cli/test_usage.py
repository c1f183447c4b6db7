"""Usage: a person's mistake is one line and exit 2, whatever the command."""

from pathlib import Path

import pytest

from tests.services.server import StartServer
from tests.ui.cli.commands import AT_ONCE, Run, contents
from ui.cli import commands

COMMANDS = ("serve", "worker", "check", "plan", "build", "demo", "doctor")
A_SCRIPT = """\
project: {id: small, providers: {image: fake}}
blocks:
  - id: A
    content: One shot.
    media:
      - media_id: frame
        media_role: narrative_im
        media_spec: {type: stable_diffusion, prompt: a lamp, width: 64, height: 64}
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.parse([command, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: framewright {command}")


@pytest.mark.parametrize(
    "words",
    [
        ["paint"],
        ["check"],
        ["check", "a.yaml", "b.yaml"],
        ["serve", "--port", "70000"],
        ["serve", "--port", "-1"],
        ["worker", "--processes", "0"],
        ["build", "a.yaml", "--gates", "shut"],
        ["demo", "--data", ""],
    ],
)
def test_wrong_words_are_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.parse(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_no_words_are_serve() -> None:
    assert commands.parse([]).command == "serve"
    assert commands.parse(["--port", "0"]).port == 0


def test_a_process_with_wrong_words_makes_nothing(run: Run, data: Path) -> None:
    refused = run("serve", "--port", "many")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert run("--help").code == 0
    assert not data.exists()


@pytest.mark.parametrize("command", ["check", "plan", "build"])
def test_a_script_that_cannot_be_read_is_one_line_and_exit_2(
    run: Run, tmp_path: Path, data: Path, command: str
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name, why in (("gone.yaml", "no such file"), ("folder.yaml", "is a directory")):
        refused = run(command, tmp_path / name)
        assert refused.code == 2
        assert refused.err.count("\n") == 1
        assert why in refused.err
    assert not data.exists()


@pytest.mark.parametrize("command", ["serve", "build", "demo"])
def test_a_data_folder_that_cannot_be_made_is_one_line(
    run: Run, tmp_path: Path, command: str
) -> None:
    script, file = tmp_path / "a.yaml", tmp_path / "file"
    script.write_text(A_SCRIPT)
    file.write_text("not a folder")
    words = {"build": [str(script)], "serve": ["--port", "0"], "demo": []}
    refused = run(command, *words[command], "--data", file)
    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert str(file) in refused.err


@pytest.mark.parametrize(
    ("words", "name"), [(["serve", "--port", "0"], "lock"), (["demo"], "framewright.db")]
)
def test_a_data_folder_that_cannot_be_written_is_one_line(
    run: Run, data: Path, words: list[str], name: str
) -> None:
    (data / name).mkdir(parents=True)  # even the superuser can't write to a folder
    refused = run(*words)
    assert refused.code == 2
    assert refused.err.count("\n") == 1


def test_a_folder_in_use_is_refused_in_one_line_and_keeps_what_it_has(
    run: Run, server: StartServer, data: Path, tmp_path: Path
) -> None:
    script = tmp_path / "a.yaml"
    script.write_text(A_SCRIPT)
    running = server(data=data, env=AT_ONCE)
    for command in (["build", script], ["serve", "--port", "0"]):
        refused = run(*command)
        assert refused.code == 2
        assert refused.err.count("\n") == 1
        assert f"in use by process {running.pid}" in refused.err
    examined = run("doctor")
    assert examined.code == 0
    assert f"in use by process {running.pid}" in examined.out
    assert running.stop() == 0
    assert not any(name.startswith("media/") for name in contents(data))
