"""Keys: where they come from, which goes first, and who may read their files (P29)."""

from pathlib import Path

import pytest

from domain.errors import Invalid
from storage.keyring import Keyring

NAME = "OPENAI_API_KEY"


def test_a_key_is_the_environments_or_in_a_file_it_names(tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text("from-a-file\n")
    ring = Keyring(tmp_path / "keys", {NAME: " plain ", "OTHER_FILE": str(tmp_path / "mounted")})
    assert (ring.find(NAME), ring.origin(NAME)) == ("plain", "environment")
    assert (ring.find("OTHER"), ring.origin("OTHER")) == ("from-a-file", "file")
    assert (ring.find("NOBODYS"), ring.origin("NOBODYS")) == (None, None)


def test_a_pasted_key_goes_first_is_private_and_needs_no_restart(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys", {NAME: "plain"})
    ring.put(NAME, " pasted-by-hand\n")
    assert (ring.find(NAME), ring.origin(NAME)) == ("pasted-by-hand", "pasted")
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / NAME).stat().st_mode & 0o777 == 0o600
    ring.put(NAME, "another")
    assert ring.find(NAME) == "another"
    ring.forget(NAME)
    assert (ring.find(NAME), ring.origin(NAME)) == ("plain", "environment")
    assert list((tmp_path / "keys").iterdir()) == []


@pytest.mark.parametrize("name", ["../owner.token", "a/b", "", "a b", "9A"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "owner.token").write_text("the owner's")
    ring = Keyring(tmp_path / "keys", {})
    assert ring.find(name) is None
    with pytest.raises(Invalid):
        ring.put(name, "key")
    ring.forget(name)
    assert (tmp_path / "owner.token").read_text() == "the owner's"


@pytest.mark.parametrize("key", ["", "  ", "two\nlines", "ключ", "x" * 5000, "a\x00b"])
def test_what_can_be_no_key_is_refused(tmp_path: Path, key: str) -> None:
    ring = Keyring(tmp_path / "keys", {})
    with pytest.raises(Invalid):
        ring.put(NAME, key)
    assert ring.find(NAME) is None


def test_all_that_is_secret_is_known_to_the_redactor(tmp_path: Path) -> None:
    (tmp_path / "mounted").write_text("mounted-secret")
    environment = {
        NAME: "env-secret",
        "FRAMEWRIGHT_SECRET": "house-secret",
        "MY_TOKEN_FILE": str(tmp_path / "mounted"),
        "FRAMEWRIGHT_DATA": "data",
    }
    ring = Keyring(tmp_path / "keys", environment)
    ring.put("MINE", "pasted-secret")
    assert set(ring.secrets()) == {"env-secret", "house-secret", "mounted-secret", "pasted-secret"}
