"""The file of extra variables: AWX tags as unsafe every string that is not the template's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml


class _UnsafeDumper(yaml.SafeDumper):
    """Writes each string as ``!unsafe``, so that Ansible never templates it."""

    def represent_data(self, data: Any) -> yaml.Node:
        """Tag strings, leave the rest."""
        if isinstance(data, str):
            return self.represent_scalar("!unsafe", data)
        return super().represent_data(data)


def dump(variables: Mapping[str, Any], trusted: Mapping[str, Any]) -> str:
    """The variables as YAML; a variable with the same value in ``trusted`` keeps its templates."""
    documents = []
    for name, value in variables.items():
        safe = name in trusted and trusted[name] == value
        dumper = yaml.SafeDumper if safe else _UnsafeDumper
        documents.append(yaml.dump({name: value}, Dumper=dumper, default_flow_style=False))
    return "".join(documents)


def meta_variables(job_id: int, template: str, inventory: str) -> dict[str, Any]:
    """The variables that AWX adds about the job itself, under both of its names."""
    facts = {
        "job_id": job_id,
        "job_launch_type": "manual",
        "job_template_id": 1,
        "job_template_name": template,
        "inventory_id": 1,
        "inventory_name": inventory,
        "user_id": 1,
        "user_name": "admin",
        "user_email": "",
        "user_first_name": "",
        "user_last_name": "",
        "project_revision": "0" * 40,
        "project_scm_branch": "",
        "execution_node": "localhost",
    }
    return {f"{prefix}_{name}": value for name, value in facts.items() for prefix in ("awx", "tower")}
