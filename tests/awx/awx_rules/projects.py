"""Projects, and the playbooks that AWX finds in them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from .fields import Body, Errors, add, check_boolean, check_choice, check_name, check_string

SCM_TYPES = ("", "git", "svn", "insights", "archive")
PLAYBOOK_LINE = re.compile(r"\s*-?\s*(hosts|(ansible\.builtin\.)?(include|import_playbook)):")
NO_PLAYBOOKS = {"roles", "tasks", "group_vars", "host_vars"}
PATH_TAKEN = "This path is already being used by another manual project."


def validate_project(body: Body, *, directories: Collection[str] = (), taken: Collection[str] = ()) -> Errors:
    """Check a project; ``directories`` are those on AWX's disk that no other manual project uses."""
    errors: Errors = {}
    check_name(errors, body)
    check_choice(errors, body, "scm_type", SCM_TYPES)
    check_string(errors, body, "scm_url")
    check_boolean(errors, body, "allow_override")
    if errors:
        return errors
    if not body.get("scm_type") and "local_path" in body and body["local_path"] not in directories:
        add(errors, "local_path", PATH_TAKEN)
    if body.get("scm_refspec") and body.get("scm_type") != "git":
        add(errors, "scm_refspec", "SCM refspec can only be used with git projects.")
    if not errors and body["name"] in taken:
        add(errors, "__all__", "Project with this (organization, name) combination already exists.")
    return errors


def listed_playbooks(root: Path) -> list[str]:
    """The playbooks that AWX would list for a project with this content, relative to its root."""
    found = []
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if name not in NO_PLAYBOOKS and not name.startswith(".")]
        paths = [Path(folder, name) for name in files if name.endswith((".yml", ".yaml"))]
        found += [str(path.relative_to(root)) for path in paths if _looks_like_playbook(path)]
    return sorted(found)


def _looks_like_playbook(path: Path) -> bool:
    """One line that only playbooks have is enough; an encrypted file may be one too."""
    text = path.read_text(encoding="utf-8", errors="ignore")
    return text.startswith("$ANSIBLE_VAULT;") or any(map(PLAYBOOK_LINE.match, text.splitlines()))
