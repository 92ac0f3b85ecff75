// Copyright (c) 2026, polyv.live maintainers
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
"use strict";
(() => {
  const json = (id) => JSON.parse(document.getElementById(id).textContent);
  const details = json("details-data");
  const texts = json("texts");
  const byId = (id) => document.getElementById(id);
  let language = "en";

  const text = (key, values = {}) =>
    Object.entries(values).reduce((made, [name, value]) => made.replaceAll(`{${name}}`, () => value), texts[language][key] ?? texts.en[key] ?? key);
  // A setting that nobody has translated is called by its own name.
  const settingName = (name) => texts[language][`setting.${name}`] ?? name;

  function speak(chosen) {
    // The page is written in English.
    if (chosen !== language) translate(chosen);
    for (const node of document.querySelectorAll("time")) {
      node.textContent = new Date(node.dateTime).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    }
    count();
  }
  function translate(chosen) {
    language = chosen;
    document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
    document.title = text("title");
    for (const node of document.querySelectorAll("[data-text]")) {
      const key = node.dataset.text;
      node.textContent = key.startsWith("setting.") ? settingName(key.slice(8)) : text(key);
    }
    for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", text(node.dataset.label));
    for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = text(node.dataset.placeholder);
    const other = byId("language");
    other.textContent = chosen === "zh" ? "English" : "中文";
    other.lang = chosen === "zh" ? "en" : "zh-CN";
  }

  const rows = document.querySelectorAll("#matrix tbody tr").length;
  const table = new DataTable("#matrix", {
    paging: false,
    info: false,
    order: [],
    autoWidth: false,
    layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
    // The library would search a text by making HTML of it, and these come from people: `keeps` searches.
    columnDefs: [{ targets: "_all", searchable: false }],
    language: { emptyTable: "–", zeroRecords: "–" },
  });

  const wanted = { state: "", setting: 0, words: [] };
  function keeps(row) {
    const words = row.dataset.words.toLowerCase();
    if (!wanted.words.every((word) => words.includes(word))) return false;
    if (wanted.state === "others" && row.dataset.others === "0") return false;
    if (wanted.state && wanted.state !== "others" && row.dataset.state !== wanted.state) return false;
    if (!wanted.setting) return true;
    return ![undefined, "same"].includes(row.cells[wanted.setting].dataset.state);
  }
  table.search.fixed("filters", (_text, _data, index) => keeps(table.row(index).node()));

  function count() {
    byId("count").textContent = text("shown", { n: table.rows({ search: "applied" }).count(), all: rows });
  }
  function draw() {
    table.draw();
    count();
  }

  function element(name, content, className) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (content !== undefined) made.textContent = content;
    return made;
  }
  function side(key, value) {
    const box = element("div");
    box.append(element("h4", text(key)), element("pre", typeof value === "string" ? value : JSON.stringify(value, null, 2)));
    return box;
  }
  function shown(finding) {
    const box = element("section");
    const channel = finding.channel ?? finding.channel_id;
    const parts = [finding.setting === "channel" ? null : settingName(finding.setting), channel && text("of_channel", { channel })];
    const heading = element("h3", `${parts.filter(Boolean).join(" · ")} `);
    heading.append(element("span", text(finding.state), `mark ${finding.state}`));
    box.append(heading);
    if (finding.msg) box.append(element("p", finding.msg));
    if (finding.before === null && finding.after === null) {
      if (finding.state === "drifted") box.append(element("p", text("no_values"), "quiet"));
      return box;
    }
    const sides = element("div", undefined, "sides");
    sides.append(side("before", finding.before), side("after", finding.after));
    box.append(sides);
    return box;
  }
  function open(name, setting) {
    const account = details[name];
    byId("details-title").textContent = account.user_id ? `${name} (${account.user_id})` : name;
    const body = byId("details-body");
    body.replaceChildren();
    if (account.msg) body.append(element("p", account.msg));
    body.append(...account.findings.filter((finding) => !setting || finding.setting === setting).map(shown));
    if (!setting && account.other_channels?.length) {
      const list = element("ul");
      list.append(...account.other_channels.map((channel) => element("li", `${channel.name ?? "–"} (${channel.channel_id})`)));
      body.append(element("h3", text("other_channels")), list);
    }
    byId("details").showModal();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "language") speak(language === "en" ? "zh" : "en");
    if (button.matches(".name, .cell")) open(button.closest("tr").dataset.account, button.dataset.setting);
    if (button.dataset.filter !== undefined) {
      wanted.state = button.dataset.filter;
      for (const one of document.querySelectorAll("[data-filter]")) one.setAttribute("aria-pressed", String(one === button));
      draw();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, select, dialog")) return;
    event.preventDefault();
    byId("search").focus();
  });
  document.querySelector(".controls").addEventListener("submit", (event) => event.preventDefault());
  byId("search").addEventListener("input", (event) => {
    wanted.words = event.target.value.toLowerCase().split(/\s+/);
    draw();
  });
  byId("setting").addEventListener("change", (event) => {
    wanted.setting = Number(event.target.value);
    draw();
  });
  byId("details").addEventListener("click", (event) => {
    if (event.target === byId("details")) byId("details").close();
  });

  speak(navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
})();
