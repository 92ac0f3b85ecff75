"""Where an export puts its files, and which it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.polyv.live.plugins.module_utils._errors import InputError, LocalError
from ansible_collections.polyv.live.plugins.plugin_utils._export.files import Files
from ansible_collections.polyv.live.plugins.plugin_utils._export.images import Images


@pytest.mark.parametrize("host", ["", ".", "..", "../x", "a/b", "a\0", "{{ x }}", "{% x %}"])
def test_a_host_that_can_name_no_directory_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(InputError, match="must be the name of a host"):
        Files(str(tmp_path), None, False).of_host(host)


def test_a_file_that_came_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "host_vars/a/polyv.yml"
    files = Files(str(tmp_path), None, False)
    assert not files.left_alone(str(path))
    files.write(str(path), "one")
    assert files.left_alone(str(path))
    with pytest.raises(LocalError, match="was left as it is"):
        files.write(str(path), "two")
    assert path.read_text() == "one"
    Files(str(tmp_path), None, True).write(str(path), "three")
    assert path.read_text() == "three"
    assert [file.name for file in path.parent.iterdir()] == ["polyv.yml"], "nothing is left behind"


def test_an_image_that_is_there_is_taken_without_a_request(tmp_path: Path) -> None:
    (tmp_path / "7-1.jpg").write_bytes(b"\xff\xd8\xff")
    images = Images(str(tmp_path), str(tmp_path / "waiting"), None, force=False)
    assert images.find("7", 1, "//nowhere.invalid/x.png") == str(tmp_path / "7-1.jpg")
    assert images.moves == {}
