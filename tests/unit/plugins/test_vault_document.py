"""What a change leaves alone in the text of a vault file: everything that it does not name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from ansible.parsing.utils.yaml import from_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.plugin_utils._untagged import untagged
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.document import Document
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.values import Unfit, literal

SECRET = "s3cret-value"
VAULTED = "!vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    6162"

# What may follow `name:` in a mapping of lines, and within braces.
FLOW_VALUES = [
    " plain",
    " 12",
    ' "double \\" \\x85 文"',
    ' "next\x85line and \u2028 separator"',
    " 'it''s'",
    " {a: 1, b: [x, y]}",
    " [one, 'two']",
    " &anchor text",
    " !unsafe '{{ not a template }}'",
    ' "https://{{ brand }}.example.com"',
    ' "over\n    two lines"',
]
VALUES = [
    *FLOW_VALUES,
    "",
    " # only a comment",
    " plain # and a comment",
    " over\n    two lines",
    " |\n    kept\n      deeper",
    " |+\n    kept\n\n",
    " >-\n    folded\n    text\n  # not text",
    "\n    # before the value\n    value",
    "\n    deep: {a: 1}\n    other: |+\n      text\n\n",
    "\n  - one\n  - two: 2\n    three: 3 # last",
    " {a: 1,\n    b: 2 # within\n    }",
    " " + VAULTED,
]
NAMES = ["first", "'quoted name'", '"dou\\u0062le"', "zwölf"]
BETWEEN = ["", "# a comment\n", "\n\n", "  # deeper: comment\n\n"]
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["{{ a }}", "{% b", "#", "- ", "\x85"]
)
ASKED = TEXT | st.integers() | st.booleans() | st.none() | st.lists(TEXT, max_size=2)


@dataclass(frozen=True)
class File:
    """A text with the pieces of it that belong to each variable."""

    text: str
    pieces: dict[str, str]


def name_of(written: str) -> str:
    return str(yaml.safe_load(written))


@st.composite
def files(draw: st.DrawFn) -> File:
    """A mapping in lines or in braces, with what people and editors put around it."""
    written = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
    braces = draw(st.booleans()) and bool(written)
    start = draw(st.sampled_from(["", "---\n", "--- # text\n", "# a comment\n---\n", "%YAML 1.1\n---\n"]))
    ends = ["", "# the end\n", *(["...\n", "...\n# the end"] if start else [])]
    end = draw(st.sampled_from(ends))
    indent = draw(st.sampled_from(["", "  "]))
    pieces = {}
    for number, name in enumerate(written):
        value = draw(st.sampled_from(FLOW_VALUES if braces else VALUES))
        # No anchor may be there twice.
        pieces[name] = f"{name}:{value}".replace("\n", f"\n{indent}").replace("&", f"&{number}")
    if braces:
        body = "{" + draw(st.sampled_from([", ", ",\n  ", " , # why\n  "])).join(pieces.values())
        body += draw(st.sampled_from(["", ",", " "])) + "}\n"
    else:
        body = "".join(f"{indent}{piece}\n{draw(st.sampled_from(BETWEEN))}" for piece in pieces.values())
    text = start + body + end
    if draw(st.booleans()):
        text = text.rstrip("\n") if "|+" not in text else text
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    bom = draw(st.sampled_from(["", "\ufeff"])) if not start.startswith("%") else ""
    return File(
        bom + text.replace("\n", newline),
        {name_of(name): piece.strip().replace("\n", newline) for name, piece in pieces.items()},
    )


def document(text: str) -> Document:
    return Document(text, lambda ciphertext: f"opened {len(ciphertext)}")


def nodes(text: str) -> dict[str, str]:
    """The tree of each variable, tags and styles included, without its place."""
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    return {key.value: yaml.serialize(value) for key, value in tree.value} if tree else {}


@settings(deadline=None)  # PyYAML in Python is slow on a busy machine
@given(files(), st.data())
def test_every_other_variable_keeps_its_text_and_its_value(file: File, data: st.DataObject) -> None:
    names = [*file.pieces, "added", "ad: ded", "yes"]
    asked = data.draw(st.dictionaries(st.sampled_from(names), ASKED, max_size=3))
    removed = set(data.draw(st.lists(st.sampled_from(names)))) & set(file.pieces) - set(asked)
    before = document(file.text)

    try:
        after = before.changed({name: literal(value) for name, value in asked.items()}, removed)
    except Unfit:
        # The blank lines behind a variable that goes may belong to a kept text before it: then the file stays as it is.
        assert removed
        return

    others = [name for name in file.pieces if name not in asked and name not in removed]
    position = 0
    for name in others:
        position = after.text.index(file.pieces[name], position) + len(file.pieces[name])
        assert nodes(after.text)[name] == nodes(file.text)[name]
        assert after.variables[name] == before.variables[name]
    assert set(after.variables) == {*others, *asked}
    read = from_yaml(after.text) or {}
    assert {name: untagged(read[name]) for name in asked} == asked
    assert after.text.count("comment") == file.text.count("comment") or {*removed, *asked} & set(file.pieces)
    # With the last variable its line breaks may go, too.
    assert ("\r" in after.text) == ("\r" in file.text) or not others
    assert after.text.startswith("\ufeff") == file.text.startswith("\ufeff")


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("", {"a": "{{ b }}"}, 'a: !unsafe "{{ b }}"\n'),
        ("# note", {"a": "x\x85\u2028"}, '# note\na: "x\\u0085\\u2028"\n'),
        ("\ufeffb: 1\r\n", {"a": 1.5}, "\ufeffb: 1\r\na: 1.5\r\n"),
        ("  b: 1\n# note\n", {"yes": None}, '  b: 1\n# note\n  "yes": null\n'),
        ("a: &x old # note\nb: |+\n  text\n\n", {"a": "new"}, 'a: "new" # note\nb: |+\n  text\n\n'),
        ("b: |\n  no break at the end", {"a": 1}, "a: 1\nb: |\n  no break at the end"),
        ("a:\n- 1\n# note\nb: 2\n", {"a": []}, "a:\n []\n# note\nb: 2\n"),
        ("{b: '{{ c }}'} # note", {"a": "x"}, '{b: \'{{ c }}\', "a": "x"} # note'),
        ('{"b": 1e5}', {"a": "x"}, '{"b": 1e5, "a": "x"}'),
        ("--- {}\n...\n", {"a": True}, '--- {"a": true}\n...\n'),
    ],
)
def test_where_a_variable_is_put(text: str, asked: dict[str, Any], expected: str) -> None:
    assert document(text).changed(literal(asked), set()).text == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"a: {SECRET}\n b: [", "not plain YAML at line 2, column 3"),
        (f"a: !strange {SECRET}", "not plain YAML at line 1, column 4"),
        ("a: " + "[" * 60 + "]" * 60, "more than 50 levels deep"),
        (f"- {SECRET}", "no mapping of variables"),
        (SECRET, "no mapping of variables"),
        ("null", "no mapping of variables"),
        (f"1: {SECRET}", "no mapping of variables"),
        (f"&top\na: {SECRET}", "no mapping of variables"),
        (f"a: {SECRET}\n---\nb: 1", "several documents"),
        (f"a: &x {SECRET}\nb: *x", r"an alias \(\*\) at line 2"),
        (f"<<: {{a: {SECRET}}}", r"a merge key \(<<\) at line 1"),
        (f"a: 1\n'a': {SECRET}", "a key twice"),
        (f"? a\n: {SECRET}", "a key of an unusual form at line 1"),
        (f"!!str a: {SECRET}", "a key of an unusual form at line 1"),
        ('{"a": {"__ansible_unsafe": "x"}}', "a vaulted or unsafe value in JSON"),
    ],
)
def test_a_text_that_can_not_be_changed_by_variable_is_refused_and_never_quoted(
    text: str, reason: str
) -> None:
    with pytest.raises(Unfit, match=reason) as caught:
        document(text)
    assert SECRET not in str(caught.value)


def test_a_change_that_would_give_another_variable_another_value_is_refused() -> None:
    with pytest.raises(Unfit, match="^a can't be changed"):  # `!unsafe` makes it YAML, to which 1e5 is text
        document('{"b": 1e5}').changed(literal({"a": "{{ c }}"}), set())
