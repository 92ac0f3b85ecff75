"""What polyv_donate takes for goods and images, and what it refuses before the first request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness.accounts import CHANNEL
from harness.playbook import Playbooks
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_donate"
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_BYTES = 102400
Good = dict[str, Any]


def give(name: str, goods: Any, **options: Any) -> dict[str, Any]:
    module = {"channel_id": CHANNEL, "type": "good", "goods": goods, **options}
    return {"name": name, MODULE: module, "ignore_errors": True}


def image(directory: Path, name: str, content: bytes) -> str:
    path = directory / name
    path.write_bytes(content)
    return str(path)


def flower(directory: Path, **fields: Any) -> Good:
    return {"name": "鲜花", "price": 1, "image": image(directory, "flower.png", PNG), **fields}


def messages(playbooks: Playbooks, account: dict[str, Any], tasks: list[dict[str, Any]]) -> dict[str, str]:
    """The message of each task that failed."""
    run = playbooks.tasks(*tasks, defaults=account)
    return {result.task: result.data["msg"] for result in run.results if result.status == "failed"}


def test_number_and_names_of_goods_are_checked_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    good = flower(playbooks.directory)
    four = [{**good, "name": name} for name in "abcd"]
    assert messages(
        playbooks,
        account,
        [
            give("none", []),
            give("four", four),
            give("twice", [good, good]),
            give("comma", [good, {**good, "name": "a,b"}]),
            give("empty", [{**good, "name": ""}]),
            give("blank", [{**good, "name": "  "}]),
            give("null", None),
            give("cash_min", [good], cash_min=1),
            give("channel", [good], channel_id="0"),
        ],
    ) == {
        "none": "goods: got 0 goods, must be 1 to 3",
        "four": "goods: got 4 goods, must be 1 to 3",
        "twice": "goods[1].name: got '鲜花' a second time, names must be distinct",
        "comma": "goods[1].name: got 'a,b', must be a name without a comma",
        "empty": "goods[0].name: got '', must not be blank",
        "blank": "goods[0].name: got '  ', must not be blank",
        "null": "goods: must be given with type=good",
        "cash_min": "cash_min: must be left out with type=good",
        "channel": "channel_id: got '0', must be the number of a channel: digits only, and not zero",
    }
    assert simulator.calls() == []


def test_prices_are_checked_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    bad = ["", "-0.01", "NaN", "Infinity", "1,5", "free"]
    tasks = [give(price, [flower(playbooks.directory, price=price)]) for price in bad]
    assert messages(playbooks, account, [{**task, "name": f"bad {task['name']}"} for task in tasks]) == {
        f"bad {price}": f"goods[0].price: got {price!r}, must be a number of at least 0" for price in bad
    }
    assert simulator.calls() == []


def test_images_are_checked_before_the_first_request(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    here = playbooks.directory
    expected = {
        str(here / "missing.png"): "must be a file that can be read (No such file or directory)",
        image(here, "flower.gif", PNG): "must be the name of a .jpg, .jpeg or .png file",
        image(here, "flower", PNG): "must be the name of a .jpg, .jpeg or .png file",
        image(here, "jpeg.png", JPEG): "whose content is image/jpeg, must be the image/png",
        image(here, "png.jpg", PNG): "whose content is image/png, must be the image/jpeg",
        image(here, "text.png", b"GIF89a"): "whose content is neither JPEG nor PNG",
        image(here, "empty.png", b""): "whose content is neither JPEG nor PNG",
        image(here, "big.png", PNG.ljust(MOST_BYTES + 1, b"x")): "with more than 102400 bytes",
    }
    tasks = [give(f"bad {path}", [flower(here, image=path)]) for path in expected]
    found = messages(playbooks, account, tasks)
    assert len(found) == len(expected)
    for path, msg in expected.items():
        assert found[f"bad {path}"].startswith(f"goods[0].image: got {path!r}")
        assert msg in found[f"bad {path}"]
    assert simulator.calls() == []


def test_three_goods_with_images_of_the_largest_size_are_taken(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any]
) -> None:
    here = playbooks.directory
    images = {"a.png": PNG, "b.jpg": JPEG, "c.JPEG": JPEG}
    goods = [
        {"name": name, "price": "0.00", "image": image(here, name, start.ljust(MOST_BYTES, b"x"))}
        for name, start in images.items()
    ]
    assert messages(playbooks, account, [give("three", goods)]) == {}
    (write,) = simulator.requests("setDonate")
    assert [(part["size"], part["content_type"]) for part in write["files"]] == [
        (MOST_BYTES, "image/png"),
        (MOST_BYTES, "image/jpeg"),
        (MOST_BYTES, "image/jpeg"),
    ]
