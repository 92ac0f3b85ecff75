"""Fuzzers on what comes from outside as text: the API's answer, the accounts file, the vault file."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.vault import VaultLib, VaultSecret
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ansible_collections.polyv.live.plugins.module_utils._api import envelope
from ansible_collections.polyv.live.plugins.module_utils._errors import CredentialsError, PolyvError
from ansible_collections.polyv.live.plugins.plugin_utils._accounts import accounts_file
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file import stored_file
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.document import Document
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.keys import Keys, VaultFileError
from ansible_collections.polyv.live.plugins.plugin_utils._vault_file.values import Unfit, literal

from .answers import BROKEN_JSON, WRONG_DATA
from .conftest import Figures

pytestmark = pytest.mark.timeout(900)

EXAMPLES = 3000
CIPHERTEXTS = 150
# The one that Ansible takes; PyYAML's own and libyaml's differ about blanks.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LIMITS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=20),
        st.sampled_from(WRONG_DATA),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["code", "status", "message", "data", "error", "success", "requestId", "desc", "x"]
            ),
            inner,
            max_size=6,
        ),
    ),
    max_leaves=12,
)
_BODIES = st.one_of(
    st.binary(max_size=200),
    _JSON.map(lambda value: json.dumps(value).encode()),
    st.sampled_from([text.encode() if isinstance(text, str) else text for text in BROKEN_JSON.values()]),
)

_ASKED = st.one_of(st.none(), st.booleans(), st.integers(), st.text(st.characters(exclude_categories=["Cs"])))

SECRET = "fsq2k5weced1h8vui657xtdva66whf0g"
ACCOUNTS = f"""\
accounts:
  - name: school-a
    app_id: g4rqgmmjuo
    app_secret: {SECRET}
    user_id: 1b448be323
    groups: [brand_x, cn]
    vars: {{region: east, "quoted": 'single', url: "https://x.example.com/{{{{ region }}}}"}}
  - name: school-b
    app_id: h5srhnnkvp
    app_secret: "qwe2k5weced1h8vui657xtdva66whf0g"
"""
VAULT = f"""\
# keys of school-a
account_app_id: g4rqgmmjuo
account_app_secret: {SECRET}  # rotated in May
onboard_password: !unsafe "pa{{{{ss}}}}"
list:
- one
- {{two: 2, three: [x, "y"]}}
text: |+
  kept

folded: >-
  a
  b
last: 'it''s'
"""
_PIECES = st.sampled_from(
    [":", "- ", "&a ", "*a", "<<: ", "!vault |", "!!python/object:os.system ", "{", "}", "[", "]", "'", '"', "\t", "\r", "\n",
     "# ", "---\n", "...\n", "%YAML 9\n", "? ", "|+\n", "\ufeff", "\u0085", "\u2028", "\x00", "\ud83d", "1e9", "0o7", "no", "~"]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, text: str) -> bytes:
    """A text with some of it cut out, and pieces of YAML put in."""
    for _unused in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 6))
        text = text[:place] + draw(_PIECES) + text[place + cut :]
    return text.encode("utf-8", errors="surrogatepass")


def test_envelope(request: pytest.FixtureRequest, figures: Figures) -> None:
    """Any body with any status is data, or a CallError whose message is short and whose failure can be sent."""

    @seed(request.config.getoption("--campaign-seed"))
    @LIMITS
    @given(
        status=st.sampled_from([200, 204, 302, 400, 403, 404, 429, 500, 502, 503, 599]),
        body=_BODIES,
        headers=st.dictionaries(
            st.sampled_from(["Content-Type", "Retry-After", "Date", "Location"]),
            st.text(max_size=20),
            max_size=3,
        ),
    )
    def holds(status: int, body: bytes, headers: dict[str, str]) -> None:
        try:
            envelope.read(envelope.Response(status, headers, body), "auth-get")
        except PolyvError as error:
            assert len(error.msg) < 4000
            json.dumps(error.failure.as_dict()).encode()

    holds()
    figures.count("fuzzed answers", EXAMPLES)


def test_accounts_file(request: pytest.FixtureRequest, figures: Figures, tmp_path: Path) -> None:
    """Any text is accounts or a CredentialsError in bounded time, and no line of it is quoted."""
    path = tmp_path / "accounts.yml"

    @seed(request.config.getoption("--campaign-seed"))
    @LIMITS
    @given(content=st.one_of(mutated(ACCOUNTS), st.binary(max_size=100)))
    def holds(content: bytes) -> None:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        start = time.monotonic()
        try:
            accounts_file.load_accounts_file(DataLoader(), str(path))
        except CredentialsError as error:
            assert not any(word in error.msg for word in (SECRET, SECRET[:10], "qwe2k5", "g4rqg"))
        assert time.monotonic() - start < 2

    holds()
    figures.count("fuzzed accounts files", EXAMPLES)


def test_yaml_loader_agrees_where_both_read(
    request: pytest.FixtureRequest, figures: Figures, tmp_path: Path
) -> None:
    """Where the strict loader accepts a file, YAML's own loader reads the same secrets and ids out of it."""
    path = tmp_path / "accounts.yml"

    @seed(request.config.getoption("--campaign-seed"))
    @LIMITS
    @given(content=mutated(ACCOUNTS))
    def holds(content: bytes) -> None:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        try:
            entries = accounts_file.load_accounts_file(DataLoader(), str(path)).entries
        except CredentialsError:
            return
        # Marks of byte order before the first key are part of it to YAML, and no data to anybody.
        loaded = yaml.load(content.decode().lstrip("\ufeff"), LOADER)["accounts"]
        listed = loaded.values() if isinstance(loaded, dict) else loaded
        assert [entry.app_id for entry in entries] == [item["app_id"] for item in listed]

    holds()
    figures.count("fuzzed accounts files", EXAMPLES)


def test_vault_file_text(request: pytest.FixtureRequest, figures: Figures) -> None:
    """Any decrypted text is refused with a sentence, or changed so that every other variable keeps its tree and its value."""

    @seed(request.config.getoption("--campaign-seed"))
    @LIMITS
    @given(
        content=mutated(VAULT),
        asked=st.dictionaries(st.sampled_from(["list", "last", "account_app_id", "new"]), _ASKED, max_size=2),
        removed=st.sets(st.sampled_from(["text", "folded", "onboard_password"])),
    )
    def holds(content: bytes, asked: dict[str, Any], removed: set[str]) -> None:
        text = content.decode("utf-8", errors="surrogatepass")
        try:
            before = Document(text, str)
            after = before.changed(
                {name: literal(value) for name, value in asked.items()}, removed & set(before.variables)
            )
        except Unfit as error:
            assert SECRET[:10] not in str(error)
            return
        named = {*asked, *removed}
        assert set(after.variables) == {*before.variables, *asked} - (removed - set(asked))
        assert _trees(after.text, named) == _trees(text, named)

    holds()
    figures.count("fuzzed vault files", EXAMPLES)


def _trees(text: str, without: set[str]) -> dict[str, str]:
    """The tree of each other variable by PyYAML's own composer, tags and styles included."""
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = tree.value if tree else []
    return {key.value: yaml.serialize(value) for key, value in pairs if key.value not in without}


def test_vault_file_bytes(request: pytest.FixtureRequest, figures: Figures, tmp_path: Path) -> None:
    """A damaged ciphertext is refused with a sentence, or gives the variables that were in it."""
    secret = VaultSecret(b"vault-Passw0rd-7Q")
    ciphertext = VaultLib([("default", secret)]).encrypt(VAULT.encode(), secret).decode()
    keys, path = Keys([("default", secret)]), tmp_path / "vault.yml"

    @seed(request.config.getoption("--campaign-seed"))
    @settings(LIMITS, max_examples=CIPHERTEXTS)  # each of them derives a key
    @given(content=mutated(ciphertext) | st.binary(max_size=100))
    def holds(content: bytes) -> None:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
        try:
            variables = stored_file.read(str(path), keys).variables
        except VaultFileError as error:
            assert SECRET[:10] not in str(error)
            return
        assert variables["account_app_secret"] == SECRET

    holds()
    figures.count("fuzzed vault files", CIPHERTEXTS)
