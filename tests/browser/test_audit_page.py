"""The page of an audit, used as people use it, in a headless Chromium."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from .conftest import EVIL, Opened, html

ROWS = "#matrix tbody tr"


def names(page: Page) -> list[str]:
    """The accounts that the table shows."""
    found: list[str] = page.eval_on_selector_all(ROWS, "rows => rows.map(row => row.dataset.account)")
    return found


def test_search_narrows_the_table_and_says_how_far(opened: Opened) -> None:
    page = opened()
    expect(page.locator("#count")).to_have_text("60 of 60 accounts")
    page.fill("#search", "school-001")
    assert names(page) == [f"school-00{number}" for number in range(10, 20)]
    expect(page.locator("#count")).to_have_text("10 of 60 accounts")
    page.fill("#search", "application not found")
    assert names(page) == ["school-0009", "school-0059"]
    page.fill("#search", "no such account")
    expect(page.locator("#count")).to_have_text("0 of 60 accounts")


def test_totals_and_settings_filter_the_table(opened: Opened) -> None:
    page = opened()
    page.click(".totals .failed")
    assert names(page) == ["school-0009", "school-0059"]
    page.click(".totals .drifted")
    drifted = names(page)
    assert len(drifted) == int(page.inner_text(".totals .drifted b"))
    page.select_option("#setting", label="Donations")
    assert 0 < len(names(page)) < len(drifted)
    page.select_option("#setting", index=0)
    page.click(".totals .others")
    assert len(names(page)) == int(page.inner_text(".totals .others b"))
    page.click(".totals button >> nth=0")
    assert len(names(page)) == 60


def test_a_difference_is_shown_on_demand(opened: Opened) -> None:
    page = opened()
    page.click('tr[data-account="school-0003"] .cell')
    details = page.locator("#details")
    expect(details).to_be_visible()
    expect(details.locator("pre").nth(0)).to_have_text('{\n  "url": "https://old.example.com"\n}')
    expect(details.locator("pre").nth(1)).to_have_text('{\n  "url": "https://new.example.com"\n}')
    page.click("#close")
    expect(details).to_be_hidden()


def test_names_of_people_are_text(opened: Opened) -> None:
    page = opened()
    assert EVIL in names(page)
    page.locator(".name").filter(has_text=EVIL).click()
    assert EVIL in page.inner_text("#details")
    assert EVIL in page.inner_text("#details-title")
    page.keyboard.press("Escape")
    page.click('tr[data-account="school-0001"] .name')
    assert f"{EVIL} (99)" in page.inner_text("#details li")


def test_a_name_is_never_run_where_all_accounts_are_the_same(opened: Opened) -> None:
    name = "A & <img src=x onerror=\"document.title='PWNED'\">"
    page = opened(3, text=html(3, name, same=True))
    page.fill("#search", "a & <img")
    assert names(page) == [name]
    page.wait_for_timeout(200)
    assert page.title() == "Polyv audit"


def test_everything_can_be_done_by_keyboard(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("school-0003")
    assert names(page) == ["school-0003"]
    page.locator(".totals .drifted").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".totals .drifted")).to_have_attribute("aria-pressed", "true")
    page.locator(".name").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_be_hidden()
    expect(page.locator(".name")).to_be_focused()


def test_the_table_is_sorted_by_keyboard(opened: Opened) -> None:
    page = opened()
    header = page.locator("#matrix thead th").nth(2)
    for direction in ("ascending", "descending"):
        header.locator("[tabindex='0'], button").first.focus() if header.get_attribute(
            "tabindex"
        ) is None else header.focus()
        page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", direction)
    first = page.locator(ROWS).first
    expect(first.locator("td").nth(1)).to_contain_text("drifted")


def test_chinese_is_there_from_the_start_for_those_who_read_it_and_by_a_button(opened: Opened) -> None:
    chinese = opened(locale="zh-CN")
    expect(chinese.locator("h1")).to_have_text("Polyv 账号审计")
    expect(chinese.locator("html")).to_have_attribute("lang", "zh-CN")
    english = opened()
    expect(english.locator("h1")).to_have_text("Polyv audit")
    english.click("#language")
    expect(english.locator("h1")).to_have_text("Polyv 账号审计")
    left = english.locator("body").inner_text()
    for word in ("drifted", "Search", "nothing was written", "accounts", "Callbacks"):
        assert word not in left
    english.click("#language")
    expect(english.locator("#count")).to_have_text("60 of 60 accounts")


def test_a_phone_scrolls_the_table_and_not_the_page(opened: Opened) -> None:
    page = opened(viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.click('tr[data-account="school-0003"] .name')
    assert page.evaluate("document.getElementById('details').scrollWidth") <= 360


def test_in_print_all_accounts_are_there_and_no_control(opened: Opened) -> None:
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator(ROWS).last).to_be_visible()
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")


def test_light_and_dark_differ(opened: Opened) -> None:
    colours = {
        scheme: opened(color_scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert colours == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 24, 29)"}


def test_without_script_the_table_is_still_there(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(ROWS)).to_have_count(60)
    assert "Without JavaScript" in page.content()


def test_a_thousand_accounts_with_ten_settings_are_there_and_searched_within_a_second(opened: Opened) -> None:
    measured: list[Any] = []

    def measure(page: Page) -> None:
        measured.append(page.context.new_cdp_session(page))
        # What the page itself costs, whatever else this machine does.
        measured[0].send("Performance.enable", {"timeDomain": "threadTicks"})

    page = opened(1000, measure)
    assert len(names(page)) == 1000
    there = seconds(measured[0])
    page.fill("#search", "school-0999")
    assert names(page) == ["school-0999"]
    assert there < 1
    assert seconds(measured[0]) - there < 1


def seconds(session: Any) -> float:
    """The processor time of the page's main thread so far."""
    metrics = {
        metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]
    }
    return float(metrics["TaskDuration"])
