"""A Chromium of this machine, and the page of an audit in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ansible_collections.polyv.live.plugins.plugin_utils._audit.page import page as page_of
from ansible_collections.polyv.live.plugins.plugin_utils._audit.report import report

EVIL = "<b>{{ 7 * 7 }}</script><script>alert(1)</script>"
SETTINGS = ("weixin_share", "callbacks", "oauth_custom", "watch_condition", "function_switches", "donate")
OF_CHANNELS = ("donate", "channel", "new_channel_watch_condition", "record_callback")
NOW = datetime(2026, 11, 27, 3, 0, tzinfo=timezone.utc)

Opened = Callable[..., Page]


def result(number: int) -> dict[str, Any]:
    """What became of an account: every third drifted in its callbacks, every fifth in the donations of a channel."""
    if number % 50 == 9:
        return {"failed": True, "msg": "get-info: the API answered 'application not found.' (code 400)."}
    settings = [_setting(name, None, name == "callbacks" and number % 3 == 0) for name in SETTINGS]
    settings += [_setting(name, EVIL, name == "donate" and number % 5 == 0) for name in OF_CHANNELS]
    return {
        "settings": settings,
        "diff": [_difference(item) for item in settings if item["changed"]],
        "account": {"user_id": f"{number:010x}"},
        "other_channels": [{"channel_id": "99", "name": EVIL}] if number % 10 == 1 else [],
    }


def _setting(name: str, channel: str | None, changed: bool) -> dict[str, Any]:
    return {"setting": name, "channel": channel, "channel_id": channel and "2001", "changed": changed}


def _difference(item: dict[str, Any]) -> dict[str, str]:
    label = item["setting"] + (f" of channel {item['channel']!r}" if item["channel"] else "")
    before, after = (json.dumps({"url": f"https://{side}.example.com", "k": 1}) for side in ("old", "new"))
    return {"before_header": label, "before": before, "after": after}


def html(accounts: int, first: str = EVIL, *, same: bool = False) -> str:
    """The page of so many accounts, with two earlier runs. With `same` they are all as wanted."""
    results = {
        f"school-{number:04d}" if number else first: result(2 if same else number)
        for number in range(accounts)
    }
    earlier = [report(results, NOW - timedelta(days=7 * weeks)) for weeks in (1, 2)]
    return page_of(report(results, NOW), earlier)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. scripts/browser.sh leaves these tests out where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("These tests need a Chromium: install the package chromium.")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page of so many accounts, in a context of its own. It fails where the page asks for anything, or breaks."""
    troubles: list[str] = []
    contexts = []

    def note(trouble: str) -> None:
        troubles.append(trouble)

    def open_page(
        accounts: int = 60,
        before: Callable[[Page], Any] = lambda page: None,
        text: str | None = None,
        **options: Any,
    ) -> Page:
        file = tmp_path / f"{accounts}.html"
        if not file.exists():
            file.write_text(text or html(accounts), encoding="utf-8")
        context = chromium.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if request.url == file.as_uri() else note(request.url))
        page.on("pageerror", lambda error: note(str(error)))
        page.on("console", lambda message: note(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
        before(page)
        page.goto(file.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []
