"""The objects of `awx/`, judged by AWX's rules and by our own stricter ones."""

from __future__ import annotations

import json
from pathlib import Path

from awx_declared import (
    ACCOUNTS,
    AWX,
    FULL_SETTINGS,
    REPOSITORY_SETTINGS,
    ROOT,
    Declared,
    named,
    playbooks,
    render,
)
from awx_rules import credentials, schedules, surveys, templates
from awx_rules.credentials import Credential
from awx_rules.injection import render as inject


def test_names_are_unique(declared: Declared) -> None:
    """AWX keeps one object of a kind and a name in an organization."""
    for kind, items in declared.lists.items():
        assert len({item["name"] for item in items}) == len(items), kind


def test_credential_types_are_accepted_and_mean_what_they_say(declared: Declared) -> None:
    """No field misleads, and secrets are marked as such."""
    for item in declared.lists["credential_types"]:
        assert credentials.type_complaints(item) == []
        assert credentials.misleading_fields(declared.types[item["name"]]) == []
    assert declared.types["Polyv Live API"].secret_fields == {"app_secret"}
    assert declared.types["Polyv accounts file"].secret_fields == {"accounts"}


def test_injectors_hand_over_every_field(least: Declared) -> None:
    """The four fields become the four variables that the modules read; what is left empty is blank."""
    kind = least.types["Polyv Live API"]
    values = {"app_id": "i", "app_secret": "s{{ x }}", "user_id": "u", "api_url": "https://x"}
    injected = inject(Credential("c", kind, values), str)
    assert injected.env == {f"POLYV_{name.upper()}": value for name, value in values.items()}
    blank = inject(Credential("c", kind, {"app_id": "i", "app_secret": "s"}), str)
    assert (blank.env["POLYV_USER_ID"], blank.env["POLYV_API_URL"]) == ("", "")


def test_accounts_arrive_as_they_were_typed(full: Declared) -> None:
    """The file holds the text of the field, and the environment its path."""
    written: list[str] = []

    def write(text: str) -> str:
        written.append(text)
        return "/file"

    injected = inject(full.credentials["Polyv accounts"], write)
    assert (written, injected.env) == ([ACCOUNTS], {"POLYV_ACCOUNTS_FILE": "/file"})


def test_credentials_are_accepted(declared: Declared) -> None:
    """With and without secrets in the environment of whoever applies them."""
    for item in declared.lists["credentials"]:
        assert item["update_secrets"] in (False, "False")
        if item["credential_type"] in declared.types:
            assert credentials.credential_complaints(item, declared.types[item["credential_type"]]) == []


def test_secrets_come_from_the_environment_alone(least: Declared, full: Declared) -> None:
    """Nothing is sent where nothing is set, so that AWX keeps what was typed into it."""
    assert [credential.inputs for credential in least.credentials.values()] == [{}, {}, {}]
    assert credentials.missing_at_start(least.credentials["Polyv accounts"]) == ["accounts"]
    assert set(full.credentials["Polyv reseller"].inputs) == {"app_id", "app_secret"}
    assert credentials.missing_at_start(full.credentials["Polyv reseller"]) == []
    # Left alone, AWX would inject False and its own address would not be checked.
    assert full.credentials["Polyv onboarding to AWX"].inputs["verify_ssl"] is True


def test_inventory_source_is_accepted(declared: Declared) -> None:
    """With the objects that it names, and a file of the project that the plugin takes: AWX does not look for it."""
    (source,) = declared.lists["inventory_sources"]
    assert (
        templates.source_complaints(source, named(declared.lists["projects"], source["source_project"])) == []
    )
    assert source["credential"] in declared.credentials
    assert named(declared.lists["inventories"], source["inventory"])
    root: Path = AWX / "project" if source["source_project"] == "Polyv fleet" else ROOT
    assert "plugin: polyv.live.polyv" in (root / source["source_path"]).read_text(encoding="utf-8")
    assert source["source_path"].endswith("polyv.yml")


def test_job_templates_are_accepted(declared: Declared) -> None:
    """Their playbooks are in the project, and their credentials fit together."""
    for item in declared.lists["job_templates"]:
        project = named(declared.lists["projects"], item["project"])
        assert templates.template_complaints(item, project, playbooks(item["project"])) == []
        assert named(declared.lists["inventories"], item["inventory"])
        assert (
            templates.type_conflicts([declared.credentials[name].type.name for name in item["credentials"]])
            == []
        )


def test_surveys_are_accepted_and_hold_no_password(declared: Declared) -> None:
    """No default that AWX would not apply, no answer that AWX would hand over in clear."""
    for item in [*declared.lists["job_templates"], *declared.lists["workflows"]]:
        assert item["survey_enabled"] is True
        assert surveys.survey_complaints(item["survey_spec"]) == []
        assert [line for line in map(surveys.misleading_question, item["survey_spec"]["spec"]) if line] == []


def test_rollouts_and_onboardings_run_once(declared: Declared) -> None:
    """Never twice at once, the onboarding never in slices; the number of slices is nobody's to choose at launch."""
    assert int(declared.templates["Polyv onboard"]["job_slice_count"]) == 1
    for item in declared.lists["job_templates"]:
        assert "ask_job_slice_count_on_launch" not in item
        assert item["allow_simultaneous"] is False


def test_request_budget_is_divided(declared: Declared) -> None:
    """All jobs that may run behind one address stay within it together; no share is text, none is 0, which is no limit."""
    total = 0
    for item in declared.lists["job_templates"]:
        (limit,) = (value for name, value in item["extra_vars"].items() if name.endswith("_rate_limit"))
        assert isinstance(limit, int) and not isinstance(limit, bool) and limit > 0
        total += limit * int(item["job_slice_count"])
    assert total <= 1200


def test_workflow_is_accepted(declared: Declared) -> None:
    """No cycle, and no field that a template does not ask for."""
    for item in declared.lists["workflows"]:
        assert templates.workflow_complaints(item["workflow_nodes"], declared.templates) == []


def test_workflow_plans_then_asks_then_applies(declared: Declared) -> None:
    """One way through, only after success; both jobs are asked the same as the workflow."""
    workflow = named(declared.lists["workflows"], "Polyv plan and apply")
    related = {node["identifier"]: node.get("related", {}) for node in workflow["workflow_nodes"]}
    assert related == {
        "plan": {"success_nodes": [{"identifier": "approval"}]},
        "approval": {"success_nodes": [{"identifier": "apply"}]},
        "apply": {},
    }
    for name in ("Polyv plan", "Polyv audit", "Polyv apply"):
        assert declared.templates[name]["survey_spec"] == workflow["survey_spec"]


def test_drift_check_is_scheduled(declared: Declared) -> None:
    """Every week, and for the template that only looks."""
    (item,) = declared.lists["schedules"]
    template = declared.templates[item["unified_job_template"]]
    assert schedules.rrule_complaints(item["rrule"]) == []
    assert templates.prompt_complaints(item, template) == []
    assert template["job_type"] == "check"
    assert "FREQ=WEEKLY" in item["rrule"]


def test_names_lead_to_declared_objects(declared: Declared) -> None:
    """Each notification that is named exists, and so do environments."""
    hooks = {item["name"] for item in declared.lists["notifications"]}
    environments = {item["name"] for item in declared.lists["execution_environments"]}
    for item in [*declared.lists["job_templates"], *declared.lists["workflows"]]:
        for key in ("notification_templates_error", "notification_templates_approvals"):
            assert set(item.get(key, hooks)) == hooks
    for item in declared.lists["job_templates"]:
        assert item.get("execution_environment") in (environments or {None})


def test_an_inventory_sends_no_variables_where_none_are_set(least: Declared, full: Declared) -> None:
    """An empty mapping would wipe what the source brought; a missing kind shows as a change in check mode."""
    for declared, standard in ((least, None), (full, FULL_SETTINGS["polyv_awx_standard"])):
        inventories = declared.lists["inventories"]
        assert named(inventories, "Polyv accounts").get("variables") == standard
        assert "variables" not in named(inventories, "Polyv onboarding")
        assert {item["kind"] for item in inventories} == {""}


def test_a_launch_takes_what_was_pushed_before_it(declared: Declared) -> None:
    """Neither the project nor the inventory is taken from a cache."""
    assert {item["scm_update_cache_timeout"] for item in declared.lists["projects"]} == {0}
    assert {item["update_cache_timeout"] for item in declared.lists["inventory_sources"]} == {0}


def test_an_accounts_file_in_json_reaches_awx_as_text(tmp_path: Path) -> None:
    """ansible-core before 2.19 makes a mapping of text that looks like one."""
    content = '{"accounts": [{"name": "a", "app_id": "g4rq", "app_secret": "s"}]}'
    (tmp_path / "accounts").write_text(content)
    environ = {"POLYV_ACCOUNTS_FILE": str(tmp_path / "accounts")}
    declared = Declared(render(tmp_path, REPOSITORY_SETTINGS, environ)["apply"])
    accounts = declared.credentials["Polyv accounts"].inputs["accounts"]
    assert isinstance(accounts, str)
    assert json.loads(accounts) == json.loads(content)
