"""A fleet from nothing to mended drift, on a simulated platform: what `make fleet N=100` shows, with its times.

Usage: python show.py N DIRECTORY. The fleet is made in the directory and stays there, to look at and to play with.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from generate import Account, generate
from stage import Operator, Platform, Run, UnexpectedError, expect, say, title

STRANGER = "https://stranger.example.com/live"


def main() -> None:
    if len(sys.argv) != 3 or not sys.argv[1].isdigit() or int(sys.argv[1]) < 1:
        sys.exit("usage: python show.py N DIRECTORY")
    try:
        show(int(sys.argv[1]), Path(sys.argv[2]))
    except UnexpectedError as error:
        sys.exit(f"\nStopped. {error}")


def show(count: int, directory: Path) -> None:
    """All steps, one after the other."""
    title(f"A fleet of {count} accounts")
    accounts = generate(count, directory)
    say(f"Inventory, encrypted keys and simulated platform are in {directory}.")
    with Platform(directory / "seed.yml") as platform:
        operator = Operator(directory, platform.url)
        step("Provision", operator.provision, platform).require(changed=count, failed=0)
        step("Again", operator.provision, platform).require(same=count, failed=0)
        drifted = drift(accounts, platform)
        step("Find it", lambda: operator.provision("--check"), platform).require(changed=drifted, failed=0)
        step("Mend it", operator.provision, platform).require(changed=drifted, failed=0)


def step(name: str, run: Callable[[], Run], platform: Platform) -> Run:
    """One run, with its time and what it wrote."""
    title(name)
    begin = time.monotonic()
    result = run()
    seconds = time.monotonic() - begin
    say(f"    {seconds:.1f} s, writing requests: {platform.writes()}")
    return result


def drift(accounts: list[Account], platform: Platform) -> int:
    """Somebody alters every tenth account, and at least one. How many that are."""
    altered = accounts[::10]
    for account in altered:
        platform.alter(account.keys["user_id"], weixin_share_url=STRANGER)
        expect(
            platform.account(account.keys["user_id"])["weixin_share_url"] == STRANGER, "an altered account"
        )
    title("Drift")
    say(f"Somebody altered {len(altered)} of the accounts by hand.")
    return len(altered)


if __name__ == "__main__":
    main()
