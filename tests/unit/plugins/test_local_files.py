"""Files that a person names are read only where they are files, and only so far."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError
from ansible_collections.polyv.live.plugins.module_utils._options.local_files import (
    regular_file,
    regular_file_or_directory,
)


def pipe(path: Path) -> str:
    os.mkfifo(path)
    return str(path)


def link_to_pipe(path: Path) -> str:
    path.symlink_to(pipe(path.with_suffix(".pipe")))
    return str(path)


def unix_socket(path: Path) -> str:
    socket.socket(socket.AF_UNIX).bind(str(path))
    return str(path)


@pytest.mark.parametrize(
    "make",
    [
        pipe,
        link_to_pipe,
        unix_socket,
        lambda path: "/dev/zero",
        lambda path: "/dev/tty",
        lambda path: str(path / "missing"),
        lambda path: "a\0b",
        lambda path: "\ud800",
        lambda path: "x" * 5000,
        lambda path: "",
    ],
)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, make: Callable[[Path], str]) -> None:
    path = make(tmp_path / "x")
    for check in (regular_file, regular_file_or_directory):
        with pytest.raises(InputError, match="^image: got ") as caught:
            check("image", path, 10)
        assert len(caught.value.msg) < 400


def test_a_directory_holds_certificates_but_no_image(tmp_path: Path) -> None:
    assert regular_file_or_directory("ca_path", str(tmp_path), 10) == str(tmp_path)
    with pytest.raises(InputError, match="must be an ordinary file"):
        regular_file("image", str(tmp_path), 10)


def test_no_more_than_asked_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"x" * 11)
    assert regular_file("image", str(path), 10) == b"x" * 10
    with pytest.raises(InputError, match="must be a file of at most 10 bytes"):
        regular_file_or_directory("ca_path", str(path), 10)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.touch(0o000)
    with pytest.raises(InputError, match="Permission denied"):
        regular_file_or_directory("ca_path", str(path), 10)
