"""Everything that `awx/` declares, judged by AWX's rules and by our own stricter ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from awx_declared import AWX, FULL_SETTINGS, REPOSITORY_SETTINGS, ROOT, Declared, named, render, template_body
from awx_rules.advice import credential_type_advice, survey_advice
from awx_rules.credential_types import validate_credential_type
from awx_rules.credentials import missing_at_start, validate_credential
from awx_rules.fields import check_boolean
from awx_rules.injection import render as inject
from awx_rules.inventories import validate_inventory, validate_inventory_source
from awx_rules.job_templates import unknown_fields, validate_attachment, validate_job_template
from awx_rules.objects import Credential
from awx_rules.projects import validate_project
from awx_rules.schedules import validate_schedule
from awx_rules.surveys import validate_survey
from awx_rules.workflows import validate_workflow, workflow_complaints

ACCOUNTS = 'accounts:\n  - {name: a, app_id: g4rqgmmjuo, app_secret: "quo\'te{{ x }}\\\\1234"}\n'


@pytest.fixture(scope="module", params=[REPOSITORY_SETTINGS, FULL_SETTINGS], ids=["least", "full"])
def declared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Declared]:
    """The lists with the least that an operator has to say, and with everything that one can."""
    directory = tmp_path_factory.mktemp("declared")
    environ = {}
    if request.param is FULL_SETTINGS:
        (directory / "accounts.yml").write_text(ACCOUNTS)
        secrets = {"POLYV_ACCOUNTS_FILE": str(directory / "accounts.yml"), "POLYV_APP_ID": "g4rqgmmjuo"}
        own = {"POLYV_AWX_ONBOARDING_HOST": "https://awx.example.com", "POLYV_AWX_ONBOARDING_TOKEN": "t"}
        environ = {**secrets, **own, "POLYV_APP_SECRET": "fsq2k5weced1h8vui657xtdva66whf0g"}
    yield Declared(dict(render(directory, request.param, environ)["apply"]))


def test_credential_types_are_accepted_and_mean_what_they_say(declared: Declared) -> None:
    """No field misleads, and none is a boolean, which AWX would switch off."""
    for item in declared.lists["credential_types"]:
        assert validate_credential_type(item) == {}, item["name"]
        kind = declared.types[item["name"]]
        assert credential_type_advice(kind) == []
        assert all(entry["type"] == "string" for entry in kind.fields)
    assert declared.types["Polyv Live API"].secret_fields == {"app_secret"}
    assert declared.types["Polyv accounts file"].secret_fields == {"accounts"}


def test_injectors_hand_over_every_field(declared: Declared) -> None:
    """The four fields become the four variables that the modules read; what is left empty is blank."""
    kind = declared.types["Polyv Live API"]
    values = {"app_id": "i", "app_secret": "s{{ x }}", "user_id": "u", "api_url": "https://x"}
    injected = inject(Credential("c", kind, values), lambda _text: "")
    assert injected.env == {f"POLYV_{name.upper()}": value for name, value in values.items()}
    least = inject(Credential("c", kind, {"app_id": "i", "app_secret": "s"}), lambda _text: "")
    assert (least.env["POLYV_USER_ID"], least.env["POLYV_API_URL"]) == ("", "")


def test_accounts_arrive_as_they_were_typed(declared: Declared) -> None:
    """The file holds the text of the field, and the environment its path."""
    written: list[str] = []

    def write(text: str) -> str:
        written.append(text)
        return "/file"

    kind = declared.types["Polyv accounts file"]
    injected = inject(Credential("c", kind, {"accounts": ACCOUNTS}), write)
    assert (written, injected.env) == ([ACCOUNTS], {"POLYV_ACCOUNTS_FILE": "/file"})


def test_credentials_are_accepted(declared: Declared) -> None:
    """With and without secrets in the environment of whoever applies them."""
    for item in declared.lists["credentials"]:
        kind = declared.types.get(item["credential_type"])
        assert item["update_secrets"] in (False, "False")
        if kind:
            assert validate_credential(item, kind) == {}, item["name"]


def test_secrets_come_from_the_environment_alone(declared: Declared) -> None:
    """Nothing is sent where nothing is set, so that AWX keeps what was typed into it."""
    accounts, reseller = (declared.credentials[name] for name in ("Polyv accounts", "Polyv reseller"))
    if accounts.inputs:
        assert accounts.inputs == {"accounts": ACCOUNTS}
        assert set(reseller.inputs) == {"app_id", "app_secret"}
        assert missing_at_start(reseller) is None
        # Left alone, AWX would inject False and its own address would not be checked.
        assert declared.credentials["Polyv onboarding to AWX"].inputs["verify_ssl"] is True
    else:
        assert declared.credentials["Polyv onboarding to AWX"].inputs == {}
        assert (accounts.inputs, reseller.inputs) == ({}, {})
        assert missing_at_start(accounts) is not None


def test_projects_inventories_and_sources_are_accepted(declared: Declared) -> None:
    """Each with the objects that it names."""
    lists = declared.lists
    for item in lists["projects"]:
        assert validate_project(item) == {}
    for item in lists["inventories"]:
        assert validate_inventory({**item, "variables": str(item.get("variables", ""))}) == {}
    for item in lists["inventory_sources"]:
        project = declared.projects[item["source_project"]]
        body = {**item, "source_vars": str(item["source_vars"])}
        assert (
            validate_inventory_source(
                body, project=project, credential=declared.credentials["Polyv accounts"]
            )
            == {}
        )
        assert item["credential"] == "Polyv accounts"
        assert item["inventory"] in declared.inventories


def test_job_templates_are_accepted(declared: Declared) -> None:
    """Their playbooks are in the project, their credentials fit together, and no key is one that AWX ignores."""
    for item in declared.lists["job_templates"]:
        template = declared.templates[item["name"]]
        body = {**template_body(item), "inventory": 1}
        assert validate_job_template(body, project=template.project) == {}, item["name"]
        assert set(unknown_fields(body)) <= {"execution_environment"}
        attached: list[Credential] = []
        for credential in template.credentials:
            assert validate_attachment(attached, credential) == {}
            attached.append(credential)


def test_surveys_are_accepted_and_hold_no_password(declared: Declared) -> None:
    """No default that AWX would not apply, no answer that AWX would hand over in clear."""
    for item in [*declared.lists["job_templates"], *declared.lists["workflows"]]:
        assert validate_survey(item["survey_spec"]) == {}
        assert survey_advice(item["survey_spec"]["spec"]) == []
        assert "password" not in {question["type"] for question in item["survey_spec"]["spec"]}


def test_plan_only_looks(declared: Declared) -> None:
    """Nobody can turn it into a rollout at launch, and its diff is shown."""
    plan, apply = (named(declared.lists["job_templates"], name) for name in ("Polyv plan", "Polyv apply"))
    assert (plan["job_type"], plan["diff_mode"], apply["job_type"]) == ("check", True, "run")
    assert "ask_job_type_on_launch" not in plan
    apart = ("name", "description", "job_type")
    assert {key: plan[key] for key in plan if key not in apart} == {
        key: apply[key] for key in apply if key not in apart
    }


def test_onboarding_runs_once_and_whole(declared: Declared) -> None:
    """Never in slices, never twice at once; the number of slices is nobody's to choose at launch."""
    onboard = named(declared.lists["job_templates"], "Polyv onboard")
    assert (int(onboard["job_slice_count"]), onboard["allow_simultaneous"]) == (1, False)
    for item in declared.lists["job_templates"]:
        assert "ask_job_slice_count_on_launch" not in item
        assert item["allow_simultaneous"] is False


def test_request_budget_is_divided(declared: Declared) -> None:
    """All jobs that may run behind one address stay within the budget together, and none is without limit."""
    templates = declared.lists["job_templates"]
    limits = {
        item["name"]: int(
            item["extra_vars"].get("account_rate_limit") or item["extra_vars"]["onboard_rate_limit"]
        )
        for item in templates
    }
    assert min(limits.values()) > 0
    assert sum(limits[item["name"]] * int(item["job_slice_count"]) for item in templates) <= 1200


def test_workflow_is_accepted(declared: Declared) -> None:
    """No cycle, and no field that a template does not ask for."""
    for item in declared.lists["workflows"]:
        assert validate_workflow({key: item[key] for key in ("name", "description")}) == {}
        assert workflow_complaints(item["workflow_nodes"], declared.templates, declared.credentials) == []


def test_workflow_plans_then_asks_then_applies(declared: Declared) -> None:
    """One way through, only after success; both jobs are asked the same as the workflow."""
    workflow = named(declared.lists["workflows"], "Polyv plan and apply")
    following = {
        node["identifier"]: [edge["identifier"] for edge in node.get("related", {}).get("success_nodes", [])]
        for node in workflow["workflow_nodes"]
    }
    assert following == {"plan": ["approval"], "approval": ["apply"], "apply": []}
    assert not [
        node for node in workflow["workflow_nodes"] if set(node.get("related", {})) - {"success_nodes"}
    ]
    for name in ("Polyv plan", "Polyv apply"):
        assert declared.templates[name].survey == workflow["survey_spec"]


def test_drift_check_is_scheduled(declared: Declared) -> None:
    """Every week, and for the template that only looks."""
    (item,) = declared.lists["schedules"]
    template = declared.templates[item["unified_job_template"]]
    assert validate_schedule(item, template) == {}
    assert template.fields["job_type"] == "check"
    assert "FREQ=WEEKLY" in item["rrule"]


def test_names_lead_to_declared_objects(declared: Declared) -> None:
    """Each notification that is named exists, and so do environments; booleans are booleans."""
    lists = declared.lists
    hooks = {item["name"] for item in lists["notifications"]}
    environments = {item["name"] for item in lists["execution_environments"]}
    for item in [*lists["job_templates"], *lists["workflows"]]:
        for key in ("notification_templates_error", "notification_templates_approvals"):
            assert set(item.get(key, hooks)) == hooks
        assert item.get("execution_environment") in (environments or {None}) or "workflow_nodes" in item
        errors: dict[str, Any] = {}
        check_boolean(errors, item, "allow_simultaneous")
        assert not errors


def test_source_path_lies_in_the_project(declared: Declared) -> None:
    """AWX does not check it, so this does: the file is there, with a name that the plugin takes."""
    (source,) = declared.lists["inventory_sources"]
    root: Path = AWX / "project" if source["source_project"] == "Polyv fleet" else ROOT
    assert "plugin: polyv.live.polyv" in (root / source["source_path"]).read_text(encoding="utf-8")
    assert source["source_path"].endswith("polyv.yml")


def test_an_inventory_sends_no_variables_where_none_are_set(declared: Declared) -> None:
    """An empty mapping would wipe what the source brought; a missing kind shows as a change in check mode."""
    for item in declared.lists["inventories"]:
        assert item["kind"] == ""
        assert item.get("variables", "left out") != {}
    accounts = named(declared.lists["inventories"], "Polyv accounts")
    full = "Polyv fleet" in declared.projects
    assert accounts.get("variables") == (FULL_SETTINGS["polyv_awx_standard"] if full else None)


def test_a_launch_takes_what_was_pushed_before_it(declared: Declared) -> None:
    """Neither the project nor the inventory is taken from a cache."""
    assert {item["scm_update_cache_timeout"] for item in declared.lists["projects"]} == {0}
    assert {item["update_cache_timeout"] for item in declared.lists["inventory_sources"]} == {0}


@pytest.mark.parametrize(
    "content", ['{"accounts": [{"name": "a", "app_id": "g4rq", "app_secret": "s"}]}', ACCOUNTS]
)
def test_an_accounts_file_reaches_awx_as_text_and_numbers_as_numbers(tmp_path: Path, content: str) -> None:
    """ansible-core before 2.19 makes a mapping of text that looks like one, and text of a number."""
    (tmp_path / "accounts.json").write_text(content)
    lists = render(tmp_path, REPOSITORY_SETTINGS, {"POLYV_ACCOUNTS_FILE": str(tmp_path / "accounts.json")})[
        "apply"
    ]
    accounts = named(lists["credentials"], "Polyv accounts")["inputs"]["accounts"]
    assert isinstance(accounts, str)
    assert yaml.safe_load(accounts) == yaml.safe_load(content)
    for item in lists["job_templates"]:
        limit = item["extra_vars"].get("account_rate_limit", item["extra_vars"].get("onboard_rate_limit"))
        assert isinstance(limit, int) and not isinstance(limit, bool)
