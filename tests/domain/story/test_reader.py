import math

import pytest

from domain.story.nodes import Mapping, Scalar, Sequence, Value, resolve
from domain.story.reader import MAX_BYTES, Document, read
from domain.story.walker import MAX_DEPTH, MAX_NODES


def value(document: str) -> Value:
    """The value of ``a`` in a document."""
    root = read(document).root
    assert isinstance(root, Mapping)
    node = root.entries["a"]
    assert isinstance(node, Scalar)
    return node.value


def problem(source: str | bytes) -> tuple[str, int, int]:
    [one] = read(source).diagnostics
    return one.code, one.line, one.column


@pytest.mark.parametrize(
    "text", ["16:9", "yes", "no", "on", "off", "y", "2026-01-01", "0b1", "1_0"]
)
def test_what_older_yaml_turned_into_something_else_is_text(text: str) -> None:
    assert value(f"a: {text}") == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("010", 10),
        ("-7", -7),
        ("0o17", 15),
        ("0xfF", 255),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("+", "+"),
        (".", "."),
        ("1e", "1e"),
        ("0o8", "0o8"),
    ],
)
def test_scalars_mean_what_the_core_schema_says(text: str, meant: Value) -> None:
    assert (type(resolve(text)), resolve(text)) == (type(meant), meant)


def test_a_quoted_scalar_is_always_text() -> None:
    assert value('a: "010"') == "010"
    assert value("a: 'null'") == "null"


def test_core_tags_are_obeyed() -> None:
    assert value("a: !!str 010") == "010"
    assert value('a: !!int "010"') == 10
    assert value("a: ! true") == "true"


def test_a_number_of_endless_digits_stays_text() -> None:
    digits = "9" * 5000
    assert value(f"a: {digits}") == digits


def test_every_node_knows_where_it_begins() -> None:
    root = read("a:\n  - b: c\n").root
    assert isinstance(root, Mapping)
    items = root.entries["a"]
    assert isinstance(items, Sequence)
    [entry] = items.items
    assert isinstance(entry, Mapping)
    key, text = entry.key("b"), entry.entries["b"]
    assert [(one.line, one.column) for one in (items, entry, key, text)] == [
        (2, 3),
        (2, 5),
        (2, 5),
        (2, 8),
    ]


def test_keys_stay_text() -> None:
    root = read("yes: 1\n010: 2\n").root
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["yes", "010"]


def test_an_anchor_may_be_repeated_and_merged() -> None:
    root = read("a: &x {b: 1, c: 2}\nd: *x\ne: {<<: *x, c: 3}\n").root
    assert isinstance(root, Mapping)
    merged = root.entries["e"]
    assert root.entries["d"] is root.entries["a"]
    assert isinstance(merged, Mapping)
    assert {key: getattr(node, "text", "") for key, node in merged.entries.items()} == {
        "b": "1",
        "c": "3",
    }


def test_a_list_of_mappings_is_merged_first_one_first() -> None:
    root = read("a: &a {k: 1}\nb: &b {k: 2, l: 2}\nc: {<<: [*a, *b]}\n").root
    assert isinstance(root, Mapping)
    merged = root.entries["c"]
    assert isinstance(merged, Mapping)
    assert {key: getattr(node, "text", "") for key, node in merged.entries.items()} == {
        "k": "1",
        "l": "2",
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ("duplicate_key", 3, 1)),
        ("a: 1\n---\nb: 2", ("several_documents", 2, 1)),
        ("a: !!binary aGk=", ("unknown_tag", 1, 4)),
        ("a: !!set {b}", ("unknown_tag", 1, 4)),
        ("a: !python/object:os.system x", ("unknown_tag", 1, 4)),
        ("a: *b", ("unknown_alias", 1, 4)),
        ("%FOO bar\n---\na: 1", ("syntax", 1, 5)),
        ("%YAML 1.1\n%YAML 1.1\n---\na: 1", ("syntax", 2, 1)),
        ("a: &b [*b]", ("circular_alias", 1, 8)),
        ("<<: [1]", ("bad_merge", 1, 1)),
        ("? [a]\n: b", ("bad_key", 1, 3)),
        ("a:\n\tb: 1", ("syntax", 2, 1)),
        ("a:\n  b: 1\n c: 2", ("syntax", 3, 2)),
        ("a: b: c", ("syntax", 1, 5)),
        ("a: @b", ("syntax", 1, 4)),
        ("a: [b, c\nd: e", ("syntax", 2, 2)),
        ('a: "b', ("syntax", 1, 6)),
        (b"a: b\nc: \xff", ("not_utf8", 2, 4)),
        ("a: b".encode("utf-16"), ("not_utf8", 1, 1)),
        ("a: b\nc: \0", ("control_character", 2, 4)),
        ('a: "b\\0"', ("control_character", 1, 4)),
        ("a: \x1b[0m", ("control_character", 1, 4)),
    ],
)
def test_a_finding_has_its_code_and_its_place(
    source: str | bytes, expected: tuple[str, int, int]
) -> None:
    assert problem(source) == expected


def test_the_first_of_two_equal_keys_counts() -> None:
    assert value("a: 1\nb: 2\na: {deep: [1, {x: y}]}\n") == 1


def test_no_more_than_a_thousand_findings_are_kept() -> None:
    assert len(read("{" + "a: 1, " * 2000 + "}").diagnostics) == 1001


def test_a_byte_order_mark_is_no_part_of_the_script() -> None:
    root = read(b"\xef\xbb\xbfa: b").root
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["a"]


def test_a_broken_script_gives_what_came_before() -> None:
    document = read("a: 1\nb:\n  - c\n  - {d: 2}\ne: [")
    assert document.broken
    assert isinstance(document.root, Mapping)
    assert list(document.root.entries) == ["a", "b", "e"]


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("[" * 100_000, "too_deep"),
        ("{a: " * 100_000, "too_deep"),
        ("- " * 100_000, "too_deep"),
        ("? " * 100_000, "too_deep"),
        ("[" + "a," * (MAX_NODES + 1) + "]", "too_many_nodes"),
        ("a" * (MAX_BYTES + 1), "too_large"),
        (b"a: " + b"x" * MAX_BYTES, "too_large"),
        ("é" * (MAX_BYTES // 2 + 1), "too_large"),
    ],
)
def test_a_limit_gives_one_finding_and_no_crash(source: str | bytes, code: str) -> None:
    assert [one.code for one in read(source).diagnostics] == [code]


def test_limits_are_reached_before_they_are_passed() -> None:
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).diagnostics == ()
    assert problem("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[0] == "too_deep"
    assert read("[" + "a," * (MAX_NODES - 1) + "]").diagnostics == ()
    assert read(b"a: " + b"x" * (MAX_BYTES - 3)).diagnostics == ()


def laughs(levels: int) -> str:
    """The bomb: each level repeats the one before ten times."""
    first = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    return first + "\n".join(
        f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, levels)
    )


def test_aliases_count_with_all_they_repeat() -> None:
    assert read(laughs(3)).diagnostics == ()
    assert problem(laughs(9))[0] == "too_many_nodes"


def test_merge_keys_count_with_all_they_repeat() -> None:
    keys = ", ".join(f"k{at}: v" for at in range(1000))
    uses = "\n".join(f"u{at}: {{<<: *b}}" for at in range(300))
    assert problem(f"b: &b {{{keys}}}\n{uses}")[0] == "too_many_nodes"


def test_a_long_text_counts_as_often_as_it_is_repeated() -> None:
    long = "x" * 1_000_000
    assert read(f"a: &a {long}\nb: [{'*a, ' * 4}]").diagnostics == ()
    assert problem(f"a: &a {long}\nb: [{'*a, ' * 5}]")[0] == "too_large"
    assert problem(f"a: &a [{long}]\nb: [{'*a, ' * 5}]")[0] == "too_large"


def test_a_key_may_be_an_alias_of_text_and_of_nothing_else() -> None:
    root = read("a: &name title\n*name : x\n").root
    assert isinstance(root, Mapping)
    assert list(root.entries) == ["a", "title"]
    assert problem("a: &list [x]\n*list : x\n") == ("bad_key", 2, 1)


def test_nesting_through_aliases_counts_as_depth() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{level}: &a{level} [*a{level - 1}]" for level in range(1, 100)]
    assert problem("\n".join(lines))[0] == "too_deep"


def test_an_empty_document_has_no_root() -> None:
    assert read("") == Document(None)
    assert read("# only a comment\n") == Document(None)
