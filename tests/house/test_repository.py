"""What may be in the repository, file by file."""

import io
import re
import tokenize
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import name, names_and_strings, text, tracked

SCRIPT = re.compile(r"\.(m?js|cjs|jsx|m?tsx?|vue|svelte|coffee)$")
INDEX = re.compile(
    r"--(extra-)?index-url|--find-links|--trusted-host|pypi[.]org|pythonhosted[.]org"
)
REGISTRY = re.compile(r"pypi[.]|pythonhosted[.]|npmjs[.]|deb[.]debian|docker[.]io|anaconda[.]org")
MACHINE = re.compile(r"(?<![\w.}/])/(root|work|home|Users)/\w|[A-Z]:\\Users")
PUT_OFF = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
PASSED_OVER = re.compile(r"^(skip|skipif|skipUnless|xfail|importorskip|SkipTest)$")


def scripts(path: str) -> bool:
    return bool(SCRIPT.search(path))


def indexes(content: str) -> list[str]:
    return [found.group() for found in INDEX.finditer(content)]


def registries(content: str) -> list[str]:
    return [found.group() for found in REGISTRY.finditer(content)]


def machine_paths(content: str) -> list[str]:
    return [found.group() for found in MACHINE.finditer(content)]


def put_off(source: str) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [t.string for t in tokens if t.type == tokenize.COMMENT and PUT_OFF.search(t.string)]


def passed_over(source: str) -> list[int]:
    return [line for line, said in names_and_strings(source) if PASSED_OVER.search(said)]


def offenders(check: Callable[[str], object], paths: list[Path]) -> dict[str, object]:
    found = {name(path): check(text(path)) for path in paths}
    return {path: what for path, what in found.items() if what}


def test_there_is_no_script_but_python() -> None:
    assert [name(path) for path in tracked() if scripts(path.name)] == []


def test_no_file_names_a_package_index() -> None:
    assert offenders(indexes, [p for p in tracked() if p.name != "test_repository.py"]) == {}


def test_the_documents_name_no_registry() -> None:
    assert offenders(registries, tracked("*.md", "docs/*")) == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    assert offenders(machine_paths, tracked()) == {}


def test_nothing_is_put_off_in_a_comment() -> None:
    assert offenders(put_off, tracked("*.py")) == {}


def test_no_test_is_passed_over() -> None:
    assert offenders(passed_over, tracked("tests/*.py")) == {}


@pytest.mark.parametrize(
    ("check", "planted"),
    [
        (scripts, "static/card.js"),
        (indexes, "--extra-index-url https://example.org/simple"),
        (indexes, "https://files.pythonhosted" + ".org/packages"),
        (registries, "get it from https://pypi" + ".org"),
        (machine_paths, "see /ro" + "ot/notes and /us"),
        (put_off, "x = 1  # TO" + "DO later"),
        (passed_over, "@pytest.mark.skipif(True)\ndef test_it(): ..."),
        (passed_over, "pytest.xf" + "ail('later')"),
    ],
)
def test_each_is_noticed(check: Callable[[str], object], planted: str) -> None:
    assert check(planted)


def test_a_review_that_is_to_do_is_no_put_off_work() -> None:
    assert put_off('TODO = "todo"') == []
