"""Collecting a request's parameters from each place where a vendor client puts them (docs/api.md §2)."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

Values = dict[str, list[str]]


@dataclass(frozen=True)
class Upload:
    """One uploaded file."""

    name: str
    filename: str
    content_type: str
    content: bytes

    def summary(self) -> dict[str, Any]:
        """What the request log keeps of it."""
        return {
            "name": self.name,
            "filename": self.filename,
            "content_type": self.content_type,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


@dataclass
class Parameters:
    """Everything a request carried."""

    query: Values = field(default_factory=dict)
    form: Values = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)
    json: Any = None
    encoding: str = "none"
    malformed: bool = False

    @cached_property
    def text(self) -> dict[str, str]:
        """The text parameters: of a repeated name the first value counts, the query before the form."""
        return {name: values[0] for name, values in {**self.form, **self.query}.items()}

    @property
    def app_id(self) -> str | None:
        """The application that the request names; nothing is verified yet."""
        return self.text.get("appId")


async def read_parameters(request: Request) -> Parameters:
    """Read the query and, by its content type, the body."""
    query = _parse(request.scope["query_string"])
    parameters = Parameters(query=query, encoding="query" if query else "none")
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "multipart/form-data":
        await _read_multipart(request, parameters)
    elif content_type == "application/x-www-form-urlencoded":
        _read_form(await request.body(), parameters)
    elif content_type == "application/json":
        _read_json(await request.body(), parameters)
    return parameters


def _parse(encoded: bytes) -> Values:
    return parse_qs(encoded.decode("latin-1"), keep_blank_values=True)


def _read_form(body: bytes, parameters: Parameters) -> None:
    if body:
        parameters.form = _parse(body)
        parameters.encoding = "form"


def _read_json(body: bytes, parameters: Parameters) -> None:
    """The TypeScript client's body of `null` says nothing: its parameters are in the query (docs/api.md §2)."""
    try:
        parameters.json = json.loads(body) if body else None
    except ValueError:
        parameters.malformed = True
    if parameters.json is not None:
        parameters.encoding = "json"


async def _read_multipart(request: Request, parameters: Parameters) -> None:
    parameters.encoding = "multipart"
    try:
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    parameters.files.append(await _upload(name, value))
                else:
                    parameters.form.setdefault(name, []).append(value)
    except HTTPException:
        parameters.malformed = True


async def _upload(name: str, file: UploadFile) -> Upload:
    return Upload(name, file.filename or "", file.content_type or "", await file.read())
