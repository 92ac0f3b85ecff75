"""Jobs with the credential of one account: the rollout over a single host, and the onboarding that stores new keys in AWX."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from awx_controller import OWN_TYPE, TOKEN, Controller
from awx_declared import REPOSITORY_SETTINGS, ROOT, Declared, named, render
from awx_fleet import accounts, install_project, job_of
from awx_rules.credentials import Credential, CredentialType
from awx_rules.inventory import JobInventory
from awx_rules.job import JobResult, run_job
from awx_rules.leaks import find_leaks
from fetch_awx_collection import DEFAULT_DIRECTORY, fetch
from harness.simulator import Simulator

pytestmark = [
    # All jobs run in one fixture.
    pytest.mark.timeout(600),
    # The thread of the controller only waits for requests while ansible-runner forks.
    pytest.mark.filterwarnings("ignore:.*forkpty:DeprecationWarning"),
]

(ACCOUNT,) = accounts(1)
KEYS = {"app_id": ACCOUNT.app_id, "app_secret": ACCOUNT.app_secret}
LOCAL = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
EMAIL = "new@example.com"
#: The required answers, and the others as the form sends them when nobody touches them.
ANSWERS = {
    "polyv_user_email": EMAIL,
    "polyv_user_mobile": "13800000000",
    "polyv_user_name": "",
    "polyv_user_industry": "",
}
OWN = CredentialType(
    "Red Hat Ansible Automation Platform",
    inputs=dict(OWN_TYPE),
    injectors={"env": {"CONTROLLER_HOST": "{{ host }}", "CONTROLLER_OAUTH_TOKEN": "{{ oauth_token }}"}},
)


@dataclass
class Jobs:
    """What became of all jobs, each run once."""

    results: dict[str, JobResult] = field(default_factory=dict)
    writes: dict[str, list[str]] = field(default_factory=dict)
    stored: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


class Launcher:
    """Launches jobs of the declared templates, with the simulator behind the API and the controller behind AWX."""

    def __init__(self, directory: Path, simulator: Simulator, controller: Controller) -> None:
        self.directory, self.simulator, self.controller = directory, simulator, controller
        self.declared = Declared(dict(render(directory, REPOSITORY_SETTINGS, {})["apply"]))
        self.where = install_project(directory)
        own = Path(os.environ.get("AWX_COLLECTION_DIR", ROOT / DEFAULT_DIRECTORY))
        # An execution environment for the onboarding holds awx.awx.
        (self.where[1] / "ansible_collections" / "awx").symlink_to(fetch(own).parent.resolve())
        kind = named(self.declared.lists["credential_types"], "Polyv Live API")
        controller.answer("POST", "/api/v2/credential_types/", kind)
        self.jobs = Jobs()

    def run(
        self, name: str, template: str, inputs: dict[str, str], inventory: JobInventory, **changes: Any
    ) -> None:
        """Run a job with a credential of one account, and keep what it wrote under `name`."""
        self.simulator.forget()
        self.controller.writes.clear()
        credentials = (
            Credential("Polyv reseller", self.declared.types["Polyv Live API"], inputs),
            Credential("AWX", OWN, {"host": self.controller.url, "oauth_token": TOKEN}),
        )
        job = job_of(self.declared, template, self.where, inventory, credentials=credentials, **changes)
        self.jobs.results[name] = run_job(job, self.directory)
        self.jobs.writes[name] = self.simulator.writes()
        self.jobs.stored[name] = list(self.controller.writes)


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory, running_simulator: Simulator) -> Iterator[Jobs]:
    """The rollout with all fields and with the required ones; the onboarding in check mode, for real, and again."""
    running_simulator.replace_accounts([ACCOUNT.seed])
    with Controller() as controller:
        launcher = Launcher(tmp_path_factory.mktemp("accounts"), running_simulator, controller)
        url = running_simulator.url
        wanted = {"account_weixin_share": {"url": "https://share.example.com/live"}}
        full = {**KEYS, "user_id": ACCOUNT.user_id, "api_url": url}
        launcher.run("full", "Polyv apply", full, JobInventory({"one": wanted}, variables=LOCAL))
        # Its address comes from the inventory, since the default would be the real API.
        address = {**LOCAL, "account_api_url": url}
        least = {**KEYS, "user_id": "", "api_url": ""}
        launcher.run("least", "Polyv plan", least, JobInventory({"one": wanted}, variables=address))
        for name, job_type in (("check", "check"), ("onboard", "run"), ("again", "run")):
            launcher.run(name, "Polyv onboard", full, JobInventory({}), answers=ANSWERS, job_type=job_type)
        made = [
            item for item in controller.objects["credentials"].values() if item["name"] == f"Polyv {EMAIL}"
        ]
        launcher.jobs.keys.update(made[0]["inputs"] if made else {})
        yield launcher.jobs
    running_simulator.reset()


def test_all_fields_reach_the_module(jobs: Jobs) -> None:
    """One account from the environment, without any accounts file."""
    full = jobs.results["full"]
    assert full.status == "successful", full.stdout
    assert jobs.writes["full"] == ["set-weixin-share-api"]
    assert full.stored["job_env"]["POLYV_APP_SECRET"] == "**********"


def test_empty_fields_count_as_not_given(jobs: Jobs) -> None:
    """AWX injects blanks: the user id is then read from the API, and the other source of the address wins."""
    least = jobs.results["least"]
    assert (least.stored["job_env"]["POLYV_USER_ID"], least.stored["job_env"]["POLYV_API_URL"]) == ("", "")
    assert least.status == "successful", least.stdout
    assert least.artifacts["polyv_summary"]["counts"]["same"] == 1


def test_onboarding_can_be_tried(jobs: Jobs) -> None:
    """In check mode nobody is registered and no credential is made, and the artifact says so."""
    assert jobs.results["check"].status == "successful", jobs.results["check"].stdout
    assert (jobs.writes["check"], jobs.stored["check"]) == ([], [])
    trial = {"registered": False, "stored": False, "check_mode": True, "would_register": True}
    assert jobs.results["check"].artifacts["polyv_onboard_result"] == [
        {"email": EMAIL, "user_id": None, **trial}
    ]


def test_onboarding_stores_the_keys_in_awx(jobs: Jobs) -> None:
    """A credential of our type is made, then one user is registered, and the credential gets the keys."""
    done = jobs.results["onboard"]
    assert done.status == "successful", done.stdout
    assert jobs.writes["onboard"] == ["add-custom-user"]
    assert [method for method, _path in jobs.stored["onboard"]] == ["POST", "PATCH"]
    assert set(jobs.keys) == {"app_id", "app_secret", "user_id", "api_url"}


def test_second_onboarding_does_nothing(jobs: Jobs) -> None:
    """The user is found, and the credential is there."""
    assert jobs.results["again"].status == "successful", jobs.results["again"].stdout
    assert (jobs.writes["again"], jobs.stored["again"]) == ([], [])


def test_nothing_that_awx_stores_holds_a_secret(jobs: Jobs) -> None:
    """Neither the reseller's, nor the new account's, nor the login to AWX."""
    secrets = [ACCOUNT.app_secret, TOKEN, jobs.keys["app_secret"]]
    for name, result in jobs.results.items():
        assert find_leaks(result.stored, secrets) == [], name
