"""polyv_donate for goods, run by ansible-playbook against the simulator."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from harness.accounts import ACCOUNT, CHANNEL
from harness.playbook import Playbooks, Result
from harness.simulator import Simulator

pytestmark = pytest.mark.either_way

MODULE = "polyv.live.polyv_donate"
READ, WRITE = "donate-get", "setDonate"
USER = ACCOUNT["user_id"]
PNG, JPEG = b"\x89PNG\r\n\x1a\n flower", b"\xff\xd8\xff coffee"
FLOWER, COFFEE = "鲜花 & =+%", "咖啡"


@pytest.fixture
def goods(playbooks: Playbooks) -> list[dict[str, Any]]:
    """Two goods as an option, their images on disk."""
    return [
        {"name": FLOWER, "price": 66.6, "image": image(playbooks.directory / "鲜花 1.png", PNG)},
        {"name": COFFEE, "price": "0", "image": image(playbooks.directory / "coffee.JPG", JPEG)},
    ]


def image(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return str(path)


def give(name: str, goods: list[dict[str, Any]], **options: Any) -> dict[str, Any]:
    return {"name": name, MODULE: {"channel_id": CHANNEL, "type": "good", "goods": goods, **options}}


def alter(simulator: Simulator, **donate: Any) -> None:
    simulator.alter(USER, channels=[{"channel_id": CHANNEL, "donate": donate}])


def shown(*names_and_prices: tuple[str, float]) -> list[dict[str, Any]]:
    """Goods as the API stores them."""
    return [{"goodName": name, "goodPrice": price} for name, price in names_and_prices]


def names_and_prices(result: Result) -> list[tuple[str, str]]:
    return [(good["name"], good["price"]) for good in result.data["donate"]["goods"]]


def warnings_of(result: Result) -> str:
    return " ".join(result.data.get("warnings", []))


@pytest.mark.smoke
def test_check_change_and_no_change(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    run = playbooks.tasks(
        {**give("check", goods), "check_mode": True},
        give("change", goods),
        give("no change", goods),
        defaults=account,
    )
    assert [(result.task, result.changed, names_and_prices(result)) for result in run.results] == [
        (name, changed, [(FLOWER, "66.6"), (COFFEE, "0")])
        for name, changed in (("check", True), ("change", True), ("no change", False))
    ]
    assert simulator.calls() == [READ, READ, WRITE, READ, READ]
    assert run.result("check").diff("before") == {"type": "good", "enabled": False, "goods": []}
    assert run.result("check").diff("before") == run.result("change").diff("before")
    assert listed(run.result("check")) == listed(run.result("change"))


def listed(result: Result) -> list[tuple[str, str]]:
    """What the diff promises, but for the addresses that only the API can give to new images."""
    return [(good["name"], good["price"]) for good in result.diff("after")["goods"]]


def test_goods_travel_together_as_one_multipart_body(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    playbooks.tasks(give("change", goods), defaults=account)
    (write,) = simulator.requests(WRITE)
    assert write["encoding"] == "multipart"
    assert write["form"]["goodName"] == [f"{FLOWER},{COFFEE}"]
    assert write["form"]["goodPrice"] == ["66.6,0"]
    assert [(part["name"], part["content_type"], part["sha256"]) for part in write["files"]] == [
        ("goodImg", "image/png", hashlib.sha256(PNG).hexdigest()),
        ("goodImg", "image/jpeg", hashlib.sha256(JPEG).hexdigest()),
    ]


@pytest.mark.parametrize("price", [66.6, "66.60", "66.600"])
def test_prices_compare_as_decimals(
    playbooks: Playbooks,
    simulator: Simulator,
    account: dict[str, Any],
    goods: list[dict[str, Any]],
    price: float | str,
) -> None:
    alter(simulator, donateGoodEnabled="Y", goods=shown((FLOWER, 66.6)))
    result = playbooks.tasks(give("same", [{**goods[0], "price": price}]), defaults=account).result("same")
    assert (result.status, result.changed) == ("ok", False)


def test_name_price_order_number_and_switch_are_compared(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    alter(simulator, donateGoodEnabled="Y", goods=shown((FLOWER, 66.6), (COFFEE, 0)))
    flower, coffee = goods
    run = playbooks.tasks(
        give("same", goods),
        give("name", [{**flower, "name": "花"}, coffee]),
        give("price", [{**flower, "price": 66.7}, coffee]),
        give("order", [coffee, flower]),
        give("fewer", [flower]),
        give("off", goods, enabled=False),
        defaults=account,
        options=["--check"],
    )
    assert {result.task: result.changed for result in run.results} == {
        "same": False,
        "name": True,
        "price": True,
        "order": True,
        "fewer": True,
        "off": True,
    }
    assert simulator.writes() == []


def test_only_force_uploads_images_again(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    alter(simulator, donateGoodEnabled="Y", goods=shown((FLOWER, 66.6), (COFFEE, 0)))
    run = playbooks.tasks(
        give("without", goods),
        {**give("check", goods, force=True), "check_mode": True},
        give("force", goods, force=True),
        give("force again", goods, force=True),
        defaults=account,
    )
    assert [(result.task, result.changed) for result in run.results] == [
        ("without", False),
        ("check", True),
        ("force", True),
        ("force again", True),
    ]
    assert [len(write["files"]) for write in simulator.requests(WRITE)] == [2, 2]
    assert warnings_of(run.result("force")) == ""


def test_disabling_sends_the_goods_too(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    alter(simulator, donateGoodEnabled="Y", goods=shown((FLOWER, 66.6), (COFFEE, 0)))
    run = playbooks.tasks(
        give("off", goods, enabled=False), give("still off", goods, enabled=False), defaults=account
    )
    assert [result.changed for result in run.results] == [True, False]
    (write,) = simulator.requests(WRITE)
    assert write["form"]["donateEnabled"] == ["N"]
    assert write["form"]["goodName"] == [f"{FLOWER},{COFFEE}"]
    assert len(write["files"]) == 2


def test_goods_leave_the_cash_minimum_alone(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    alter(simulator, cashMin=7)
    playbooks.tasks(give("change", goods), defaults=account)
    assert simulator.channel(USER, CHANNEL)["donate"]["cashMin"] == 7


def test_cash_that_stays_on_beside_goods_is_no_reason_to_warn(
    playbooks: Playbooks, simulator: Simulator, account: dict[str, Any], goods: list[dict[str, Any]]
) -> None:
    alter(simulator, donateCashEnabled="Y")
    run = playbooks.tasks(
        {**give("check", goods), "check_mode": True}, give("change", goods), defaults=account
    )
    for result in run.results:
        assert warnings_of(result) == ""
