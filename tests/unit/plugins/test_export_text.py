"""The files of an export: whatever people have named things, Ansible reads back what the account has, and evaluates nothing."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.plugin_utils._export.common import in_common
from ansible_collections.polyv.live.plugins.plugin_utils._export.exported import (
    Channel,
    Exported,
    Note,
    Secret,
)
from ansible_collections.polyv.live.plugins.plugin_utils._export.secrets import into_comments, into_variables
from ansible_collections.polyv.live.plugins.plugin_utils._export.text import Reference, dumped, rendered
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.values import loaded

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MARKED = st.sampled_from(
    [
        "{{ 7 * 6 }}",
        "{% raw %}",
        "{#",
        "a: b",
        "- x",
        "#",
        "'",
        '"',
        "\\",
        "\n",
        "!unsafe",
        "on",
        "0123",
        "1e3",
        "=",
    ]
)
VALUES = st.recursive(
    st.one_of(TEXT, st.lists(MARKED, max_size=4).map("".join), st.integers(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "b", "c"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(text: str) -> dict[str, Any]:
    return loaded(text, str)


@given(VALUES, TEXT)
@example([], "\x85")
@example("a\u2028\u2029b", "\ufeff")
def test_what_is_written_is_what_is_read(value: Any, note: str) -> None:
    account = Exported(
        "user",
        {"callbacks": {"x": value}},
        [Channel("1", {"channel": note, "y": value}, [Note(note)])],
        [Note(note)],
    )
    text = rendered(account, {})
    assert read(text) == {
        "account_callbacks": {"x": value},
        "account_channels": [{"channel": note, "y": value}],
    }
    plain = text.encode().decode()
    # Every reader of YAML takes it, the one without Ansible's tags as well where none is needed.
    if "!unsafe" not in plain:
        assert yaml.safe_load(plain) == read(text)


@given(
    TEXT.filter(lambda text: any(mark in text for mark in ("{{", "{%", "{#")))
    | MARKED.filter(lambda text: "{" in text)
)
def test_text_that_looks_like_a_template_is_marked(text: str) -> None:
    assert dumped({"x": text}).startswith("x: !unsafe ")
    assert dumped({"x": Reference("vault_x")}) == 'x: "{{ vault_x }}"\n'


def account(*channels: dict[str, Any]) -> Exported:
    found = [Channel(str(number), options) for number, options in enumerate(channels, start=1)]
    template = {"primary": {"type": "external", "external_key": Secret("k0")}}
    return Exported("user", {"new_channel_watch_condition": template}, found)


def test_secrets_become_variables_named_by_channel_and_field() -> None:
    found = account(
        {"channel": "Main hall", "channel_passwd": Secret("p1")},
        {"channel": "main-hall", "channel_passwd": Secret("p2")},
        {"channel": "大厅", "watch_condition": {"primary": {"auth_code": Secret("{{ c }}")}}},
        {"channel_id": "4", "channel_passwd": Secret("p4")},
    )
    variables = into_variables(found)
    assert list(variables.values()) == ["k0", "p1", "p2", "{{ c }}", "p4"]
    names = list(variables)
    assert names[0] == "vault_polyv_new_channel_watch_condition_primary_external_key"
    assert names[1:3] == ["vault_polyv_main_hall_1_channel_passwd", "vault_polyv_main_hall_2_channel_passwd"]
    assert names[4] == "vault_polyv_4_channel_passwd"
    assert all(name.isidentifier() for name in names) and len(set(names)) == 5
    text = rendered(found, {})
    assert 'auth_code: "{{ ' + names[3] + ' }}"' in text
    assert not any(secret in text for secret in ("k0", "p1", "p2", "p4", "{{ c }}"))


def test_without_a_password_secrets_become_comments() -> None:
    found = account({"channel": "Main hall", "channel_passwd": Secret("p-1-secret"), "publisher": "Li"})
    into_comments(found)
    text = rendered(found, {})
    assert "p-1-secret" not in text and "k0" not in text
    assert found.lacking() == {"secrets, which need a vault password": 2}
    assert found.channels[0].options == {"channel": "Main hall", "publisher": "Li"}


def test_common_is_what_all_have_with_the_same_value() -> None:
    first = {"a": {"x": 1}, "b": "text", "c": Reference("v"), "d": [1]}
    second = {"a": {"x": 1}, "b": "text", "c": Reference("v")}
    third = {"a": {"x": True}, "b": "text", "c": "{{ v }}", "d": [1]}
    assert in_common([first, second]) == {"a": {"x": 1}, "b": "text", "c": "v"}
    assert in_common([first, second, third]) == {"b": "text"}
