"""The guided tour: from one new account to a fleet that is watched, on a simulated platform.

`make demo` calls it with the collection installed and the simulator on PYTHONPATH. It ends with exit code 1 as soon as
anything is not as announced.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml
from stage import Operator, Platform, UnexpectedError, expect, say, title

GENERATE = Path(__file__).parent.parent / "fleet" / "generate.py"
RESELLER, NEW = "school-01", "school-05"
NEW_EMAIL = f"{NEW}@example.com"
STRANGER = "https://stranger.example.com/live"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        try:
            tour(directory)
        except UnexpectedError as error:
            sys.exit(f"\nThe tour stopped. {error}")


def tour(directory: Path) -> None:
    """All stations, one after the other."""
    prepare(directory)
    # The template that new channels copy has custom authorization on, which the standard gives an address.
    with Platform(directory / "seed.yml", "--switch", "new_channel_auth=custom") as platform:
        say("Simulated platform started: no account is needed, and nothing leaves this machine.")
        operator = Operator(directory, platform.url)
        onboard(operator, directory)
        provision(operator, platform)
        repeat(operator, platform)
        find_drift(operator, platform, directory)
    title("Done")
    say(
        "The simulated platform has stopped, and the inventory of this tour is gone. README.md has a first playbook of your own."
    )


def prepare(directory: Path) -> None:
    """A fleet of five accounts, of which the last is yet to be registered."""
    subprocess.run([sys.executable, str(GENERATE), "5", str(directory)], check=True)
    (directory / "inventory/host_vars" / NEW / "vault.yml").unlink()
    seed = read(directory / "seed.yml")
    seed["accounts"] = [account for account in seed["accounts"] if account["email"] != NEW_EMAIL]
    write(directory / "seed.yml", seed)


def onboard(operator: Operator, directory: Path) -> None:
    """Registers the new account, and puts its keys into the inventory."""
    title("1. Onboard an account")
    say(
        f"An inventory has five accounts, one host for each. {NEW} is in it, but not registered yet: {RESELLER} registers it,"
    )
    say("and its keys go straight into an encrypted file of the inventory.\n")
    write(directory / "onboard.yml", onboarding(directory))
    run = operator.run("polyv.live.onboard", "-e", "@onboard.yml")
    vault = directory / "inventory/host_vars" / NEW / "vault.yml"
    expect(run.returncode == 0 and vault.exists(), "the new account's keys in the inventory", run.output)
    lines = vault.read_text(encoding="utf-8").splitlines()
    expect(lines[0].startswith("$ANSIBLE_VAULT"), "the keys encrypted", run.output)
    say(f"    {NEW_EMAIL} is registered.")
    say(f"    inventory/host_vars/{NEW}/vault.yml: {lines[0]} {lines[1][:24]}...")
    again = operator.run("polyv.live.onboard", "-e", "@onboard.yml")
    expect(
        again.returncode == 0 and "changed=0" in again.output, "nothing to do on the second run", again.output
    )
    say("    Again: nobody is registered twice, and the file stays as it is.")


def onboarding(directory: Path) -> dict[str, Any]:
    """The variables of the playbook polyv.live.onboard."""
    return {
        "polyv_onboard_hosts": RESELLER,
        "onboard_users": [{"email": NEW_EMAIL, "mobile": "13800000000", "name": NEW, "account_name": NEW}],
        "onboard_sink": "vault_file",
        "onboard_vault_directory": str(directory / "inventory/host_vars"),
        **{f"onboard_{key}": f"{{{{ account_{key} }}}}" for key in ("app_id", "app_secret", "user_id")},
    }


def provision(operator: Operator, platform: Platform) -> None:
    title("2. Provision five accounts")
    say(
        "Each gets its WeChat share address, its record callback, custom authorization and donations in cash on its channel"
    )
    say(
        f"Main hall, and goods to donate on its channel Shop. {NEW} has no channel yet: the standard knows them by name, and"
    )
    say(
        "makes those that are missing. One account goes first; had it failed, the others would not have been touched.\n"
    )
    platform.writes()
    operator.provision().require(changed=5, failed=0)
    say(f"    The platform got {platform.writes()} writing requests.")
    user_id = platform.custom_user(NEW_EMAIL)["user_id"]
    channels = {channel["name"]: channel for channel in platform.account(user_id)["channels"]}
    expect(sorted(channels) == ["Main hall", "Shop"], f"both channels in {NEW}")
    expect(channels["Main hall"]["donate"]["donateCashEnabled"] == "Y", "donations in the new hall")
    expect(len(channels["Shop"]["donate"]["goods"]) > 0, "goods in the new shop")
    for name, channel in channels.items():
        say(f"    {NEW} was made the channel {name}, {channel['channel_id']}, and it is complete.")


def repeat(operator: Operator, platform: Platform) -> None:
    title("3. Again: nothing to do")
    operator.provision().require(same=5, changed=0, failed=0)
    writes = platform.writes()
    expect(writes == 0, f"no writing request, and there were {writes}")
    say("    The platform got no writing request.")


def find_drift(operator: Operator, platform: Platform, directory: Path) -> None:
    title("4. Find what drifted, and mend it")
    altered = next(
        account
        for account in read(directory / "seed.yml")["accounts"]
        if account["email"] == "school-03@example.com"
    )
    platform.alter(altered["user_id"], weixin_share_url=STRANGER)
    say(
        "Someone has changed an account by hand. A dry run finds it, shows what it would do, and writes nothing.\n"
    )
    check = operator.provision("--check", "--diff")
    check.require(changed=1, same=4, failed=0)
    expect(
        any(STRANGER in line for line in check.differences),
        "the stranger's address in the diff",
        check.output,
    )
    say("")
    for line in check.differences:
        say(f"    {line}")
    expect(platform.writes() == 0, "nothing written by a dry run")
    expect(platform.account(altered["user_id"])["weixin_share_url"] == STRANGER, "the account as it was")
    say("\nAnd without --check it is put right.\n")
    operator.provision().require(changed=1, same=4, failed=0)
    expect(platform.writes() == 1, "one writing request")
    expect(platform.account(altered["user_id"])["weixin_share_url"] != STRANGER, "the account mended")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def write(path: Path, data: Any) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
