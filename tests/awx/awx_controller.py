"""A small AWX for the modules of awx.awx: it keeps objects and associations as the API does, and runs nothing.

Its answers have the fields that those modules look at. AWX's rules judge credentials, because roles make some at run time;
the tests of the declared data judge the rest.
"""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from awx_rules.credentials import ENCRYPTED, CredentialType, credential_complaints

Item = dict[str, Any]
Answer = tuple[int, Any]

TOKEN = "0penS3same4tests"
#: What AWX calls the type of the objects of a list.
TYPES = {"inventories": "inventory"}
#: Lists whose objects a workflow can run.
UNIFIED = ("job_templates", "projects", "inventory_sources", "workflow_job_templates")
#: The type that AWX brings for its own logins, as far as its fields go.
OWN_TYPE = {
    "fields": [{"id": name, "label": name} for name in ("host", "username")]
    + [{"id": name, "label": name, "secret": True} for name in ("password", "oauth_token")]
    + [{"id": "verify_ssl", "label": "verify_ssl", "type": "boolean"}]
}


class Controller:
    """A running AWX that has one organization. `writes` are the requests that changed something."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[int, Item]] = defaultdict(dict)
        self.associations: dict[str, list[int]] = defaultdict(list)
        self.surveys: dict[str, Item] = {}
        self.writes: list[tuple[str, str]] = []
        self.broken_projects: list[str] = []
        self._lock = threading.Lock()
        self._create("organizations", {"name": "Default"})
        kind = {"name": "Red Hat Ansible Automation Platform", "kind": "cloud", "inputs": OWN_TYPE}
        self._create("credential_types", kind)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Controller:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def names(self, kind: str) -> list[str]:
        """The names of all objects of a kind."""
        return [item.get("name", "") for item in self.objects[kind].values()]

    def associated(self, kind: str, name: str, association: str) -> list[str]:
        """The names of what an object is associated with."""
        item = next(item for item in self.objects[kind].values() if item["name"] == name)
        found = [self._any(number) for number in self.associations[f"{item['url']}{association}/"]]
        return [entry.get("name") or entry["identifier"] for entry in found]

    def answer(self, method: str, target: str, body: Item) -> Answer:
        """The answer to one request."""
        parts = urlsplit(target)
        kind, *rest = parts.path.removeprefix("/api/v2/").strip("/").split("/")
        with self._lock:
            if method != "GET":
                self.writes.append((method, parts.path))
            if not rest:
                query = dict(parse_qsl(parts.query))
                return self._create(kind, body) if method == "POST" else self._list(kind, query)
            item = self.objects[kind].get(int(rest[0]))
            if item is None:
                return 404, {"detail": "Not found."}
            if kind in ("projects", "project_updates") and rest[1:] in (["update"], ["events"]):
                return self._project_update(item, rest[1])
            if len(rest) == 2:
                return self._sub(method, parts.path, item, rest[1], body)
            return self._change(item, body) if method == "PATCH" else (200, self._shown(item))

    def _list(self, kind: str, query: dict[str, str]) -> Answer:
        """The objects of a list that have all the values asked for."""
        kinds = UNIFIED if kind == "unified_job_templates" else (kind,)
        items = [item for name in kinds for item in self.objects[name].values()]
        wanted = {name: value for name, value in query.items() if name != "page_size"}
        found = [item for item in items if all(_fits(item, *condition) for condition in wanted.items())]
        return _page([self._shown(item) for item in found])

    def _create(self, kind: str, body: Item) -> Answer:
        """A new object, if AWX accepts it."""
        declared = self._type_of(body)
        if declared and (complaints := credential_complaints(body, declared)):
            return 400, {"detail": complaints}
        number = sum(map(len, self.objects.values())) + 1
        owner = self.objects["organizations"].get(body.get("organization", 0))
        url = f"/api/v2/{kind}/{number}/"
        own = {
            "id": number,
            "url": url,
            "type": TYPES.get(kind, kind.removesuffix("s")),
            "summary_fields": {"organization": {"name": owner["name"]}} if owner else {},
        }
        related = {"survey_spec": f"{url}survey_spec/", "update": f"{url}update/"}
        self.objects[kind][number] = {**body, **own, "related": related, "scm_revision": ""}
        return 201, self._shown(self.objects[kind][number])

    def _change(self, item: Item, body: Item) -> Answer:
        """A changed object; placeholders keep the secrets that they stand for."""
        inputs = body.get("inputs", {})
        kept = {name: item["inputs"][name] for name, value in inputs.items() if value == ENCRYPTED}
        if kept:
            body = {**body, "inputs": {**inputs, **kept}}
        item.update({name: value for name, value in body.items() if name in item})
        return 200, self._shown(item)

    def _sub(self, method: str, path: str, item: Item, name: str, body: Item) -> Answer:
        """The survey of a template, the approval of a node, and associations."""
        if name == "survey_spec" and method == "GET":
            return 200, self.surveys.get(path, {})
        if name == "survey_spec":
            self.surveys[path] = body
            return 200, None
        if name == "create_approval_template":
            fields: Item = {key: body[key] for key in ("name", "description", "timeout") if key in body}
            created, approval = self._create("workflow_approval_templates", fields)
            item["unified_job_template"] = approval["id"]
            item["related"]["unified_job_template"] = approval["url"]
            return created, approval
        if method == "GET":
            return _page([{"id": number} for number in self.associations[path]])
        if body.get("disassociate"):
            self.associations[path].remove(body["id"])
        else:
            self.associations[path].append(body["id"])
        return 204, None

    def _project_update(self, item: Item, what: str) -> Answer:
        """An update of a project, which goes on failing while `broken_projects` says why."""
        if what == "events":
            return _page([{"event_data": {"res": {"msg": text}}} for text in self.broken_projects[:1]])
        broken = bool(self.broken_projects)
        item["status"] = "failed" if broken else "successful"
        outcome = {"status": item["status"], "failed": broken, "elapsed": 1.0}
        _created, update = self._create("project_updates", {**outcome, "finished": "2026-01-01T00:00:00Z"})
        return 202, update

    def _shown(self, item: Item) -> Item:
        """An object as the API shows it: secrets of a credential are replaced."""
        kind = self._type_of(item)
        if kind is None:
            return item
        hidden = dict.fromkeys(kind.secret_fields & set(item.get("inputs", {})), ENCRYPTED)
        return {**item, "inputs": {**item.get("inputs", {}), **hidden}}

    def _type_of(self, item: Item) -> CredentialType | None:
        """The type of a credential; other objects have none."""
        found = self.objects["credential_types"].get(item.get("credential_type", 0))
        return CredentialType(found["name"], found["inputs"]) if found else None

    def _any(self, number: int) -> Item:
        return next(items[number] for items in self.objects.values() if number in items)


def _page(results: list[Item]) -> Answer:
    """A list as the API shows it."""
    return 200, {"count": len(results), "results": results, "next": None}


def _fits(item: Item, name: str, value: str) -> bool:
    """Whether an object is one that a query asks for."""
    if name.endswith("__in"):
        return str(item.get(name.removesuffix("__in"))) in value.split(",")
    return str(item.get(name)) == value


def _handler(controller: Controller) -> type[BaseHTTPRequestHandler]:
    """A request handler that asks the controller."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                status, body = 401, {"detail": "Authentication credentials were not provided."}
            else:
                status, body = controller.answer(self.command, self.path, json.loads(text) if text else {})
            content = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = _answer

        def log_message(self, format: str, *arguments: Any) -> None:
            """Tests read what was written, not a log."""

    return Handler
