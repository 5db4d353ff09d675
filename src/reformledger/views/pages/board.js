"use strict";
document.documentElement.classList.add("scripted");
document.addEventListener("DOMContentLoaded", () => {
  const $ = (selector, inside = document) => inside.querySelector(selector);
  const $$ = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const data = JSON.parse($("#data").textContent);
  const entries = data.rows.map(([figure, lamp, part, month, slot, star, late, leaders, leading, supporting]) => ({
    figure: data.figures[figure], lamp, part, month, slot, star, late, leaders, leading, supporting,
  }));
  const form = $(".filters");
  const body = $(".entries tbody");
  const rows = [...body.rows];
  const dialog = $("#record");
  let shown = rows.map((_row, index) => index);
  let state = new URLSearchParams();

  // Folding: as the program's own search compares texts.
  const leftOut = new RegExp(`[${data.fold.left_out}]+`, "gu");
  const alike = data.fold.alike;
  const runs = new RegExp(`([${data.fold.runs}])\\1+`, "g");
  function folded(text) {
    let before;
    do {
      before = text;
      text = text.replace(leftOut, "").normalize("NFKC");
      text = Array.from(text, (character) => alike[character] ?? character).join("");
      text = text.replace(runs, "$1").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
    } while (text !== before);
    return text;
  }
  const keys = [];
  function keyOf(index) {
    return keys[index] ??= folded([...textsOf(rows[index]), ...(data.unseen[index] ?? [])].join("\0"));
  }
  function* textsOf(row) {
    yield $("summary", row).textContent;
    yield row.cells[1].textContent.split("/").pop();
    for (const cell of [row.cells[3], row.cells[4], ...row.getElementsByTagName("dd")]) {
      const parts = cell.getElementsByTagName("bdi");
      if (parts.length) for (const part of parts) yield part.textContent;
      else if (cell.className !== "w") yield cell.textContent;
    }
  }

  const placeOf = (name) => rows.findIndex((row) => row.cells[1].textContent === name);

  // Conditions: each holds of an entry or not; those that are not set are not there.
  function conditions() {
    const tests = [];
    const value = (name) => state.get(name) ?? "";
    const place = (list, name) => list.indexOf(value(name));
    if (value("leader")) tests.push(((at) => (entry) => entry.leaders.includes(at))(place(data.leaders, "leader")));
    if (value("department")) {
      const at = place(data.departments, "department");
      const role = value("role");
      tests.push((entry) => (role !== "support" && entry.leading.includes(at))
        || (role !== "lead" && entry.supporting.includes(at)));
    }
    if (value("part")) tests.push(((at) => (entry) => entry.part === at)(place(data.parts, "part")));
    if (value("month")) tests.push(((at) => (entry) => entry.month === at)(place(data.months, "month")));
    if (value("slot")) tests.push(((at) => (entry) => entry.slot === at)(+value("slot")));
    if (value("star")) tests.push((entry) => entry.star);
    if (value("figure")) {
      const figure = value("figure");
      tests.push((entry) => (figure === "late" ? entry.late : entry.figure === figure));
    }
    if (value("light")) {
      const lights = value("light").split(",");
      tests.push((entry) => lights.includes(data.lamps[entry.lamp]));
    }
    const key = folded(value("q"));
    if (key) tests.push((_entry, index) => keyOf(index).includes(key));
    return tests;
  }

  // What is drawn and counted
  const wantedBy = (link) => Object.fromEntries(new URLSearchParams(link.getAttribute("href").slice(1)));
  const isChosen = (wanted) => Object.entries(wanted).every(([name, value]) => state.get(name) === value);
  const all = entries.map((_entry, index) => index);
  const none = () => data.lamps.map(() => 0);
  const marks = {
    links: $$("main a[href^='#']").map((link) => ({ link, wanted: wantedBy(link) })),
    counts: $$("[data-c]"), shares: $$("[data-p]"), months: $$("[data-m]"),
    cells: $$("[data-k]").map((link) => ({
      link, key: link.dataset.k, department: $("th", link.closest("tr")).textContent, month: +link.dataset.k.split(",")[1],
      chips: $$("g", link).map((chip) => ({ chip, text: $("text", chip), lamp: data.lamps.indexOf(chip.className.baseVal) })),
    })),
    bars: $$("[data-b]").map((cell) => ({ key: cell.dataset.b, row: cell.parentNode, parts: $$("rect", cell), figures: $$("td.n", cell.parentNode) })),
    stacks: $$("[data-s]").map((link) => ({ link, slot: +link.dataset.s, parts: $$("rect", link), text: $("text", link) })),
  };
  const line = $("svg.line");
  const highest = +line.dataset.highest;
  const [baseline, height] = (() => {
    const past = $(".past", line);
    return [parseFloat(past.getAttribute("y")) + parseFloat(past.getAttribute("height")), parseFloat(past.getAttribute("height"))];
  })();
  const stacked = data.stacked.map((lamp) => data.lamps.indexOf(lamp));
  const put = (node, text) => { if (node.textContent !== String(text)) node.textContent = text; };
  const sum = (counts) => counts.reduce((total, count) => total + count, 0);
  const inWords = (heading, counts) => data.colon.replace("{0}", heading).replace("{1}", data.lampWords
    .map((word, lamp) => (counts[lamp] ? `${word} ${counts[lamp]}` : "")).filter(Boolean).join(data.comma));

  function count() {
    const totals = { all: shown.length, star: 0, late: 0 };
    const byMonth = data.months.map(() => 0);
    const tables = { cells: new Map(), bars: new Map(), stacks: new Map() };
    const add = (table, key, lamp) => {
      const counts = table.get(key) ?? table.set(key, none()).get(key);
      counts[lamp] += 1;
    };
    const done = new Map();
    for (const index of shown) {
      const { figure, lamp, month, slot, star, late, leaders, leading } = entries[index];
      for (const name of new Set([figure, data.lamps[lamp]])) totals[name] = (totals[name] ?? 0) + 1;
      totals.star += star;
      totals.late += late;
      byMonth[month] += 1;
      if (slot >= 0) add(tables.stacks, slot, lamp);
      const owners = ["all", ...leaders.map((at) => `l${at}`)];
      for (const owner of leading.length ? leading.map((at) => `d${at}`) : ["d"]) {
        owners.push(owner);
        add(tables.cells, `${owner},${month}`, lamp);
      }
      for (const owner of owners) {
        add(tables.bars, owner, lamp);
        const figures = done.get(owner) ?? done.set(owner, { closed: 0, on_schedule: 0 }).get(owner);
        if (figure in figures) figures[figure] += 1;
      }
    }
    return { totals, byMonth, tables, done };
  }

  function draw() {
    const { totals, byMonth, tables, done } = count();
    for (const node of marks.counts) put(node, totals[node.dataset.c] ?? 0);
    for (const node of marks.shares) put(node, `${Math.round((100 * (totals[node.dataset.p] ?? 0)) / (shown.length || 1))}%`);
    for (const node of marks.months) put(node, byMonth[node.dataset.m]);
    for (const { link, key, department, month, chips } of marks.cells) {
      const counts = tables.cells.get(key) ?? none();
      for (const { chip, text, lamp } of chips) {
        put(text, counts[lamp]);
        chip.classList.toggle("off", !counts[lamp]);
      }
      link.tabIndex = sum(counts) ? 0 : -1;
      link.setAttribute("aria-label", inWords(`${department} ${data.monthWords[month]}`, counts));
    }
    for (const { key, row, parts, figures } of marks.bars) {
      const counts = tables.bars.get(key) ?? none();
      const total = sum(counts);
      let before = 0;
      stacked.forEach((lamp, at) => {
        const share = total ? (100 * counts[lamp]) / total : 0;
        parts[at].setAttribute("x", `${before}%`);
        parts[at].setAttribute("width", `${share}%`);
        before += share;
      });
      if (figures.length) row.classList.toggle("idle", !total);
      if (figures.length) [total, done.get(key)?.closed ?? 0, done.get(key)?.on_schedule ?? 0].forEach((figure, at) => put(figures[at], figure));
    }
    for (const { link, slot, parts, text } of marks.stacks) {
      const counts = tables.stacks.get(slot) ?? none();
      let top = baseline;
      stacked.forEach((lamp, at) => {
        const part = (height * counts[lamp]) / highest;
        top -= part;
        parts[at].setAttribute("y", `${top}em`);
        parts[at].setAttribute("height", `${part}em`);
      });
      put(text, sum(counts) || "");
      text.setAttribute("y", `${top - 0.4}em`);
      link.tabIndex = sum(counts) ? 0 : -1;
      link.setAttribute("aria-label", inWords(link.dataset.h, counts));
    }
    for (const { link, wanted } of marks.links) {
      if (isChosen(wanted)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    $(".upcoming").replaceChildren(...urgent().map(lineOf));
    const found = data.found[+(rows.length !== 1)].replace("{shown}", shown.length).replace("{all}", rows.length);
    put($("#found"), found);
    put($("#chosen"), shown.length < rows.length ? data.colon.replace("{0}", found).replace("{1}", asked().join(data.comma)) : "");
    $(".nothing").hidden = shown.length > 0;
  }

  // What is printed says what was chosen.
  function asked() {
    const words = [...form.elements].filter((field) => (field.type === "checkbox" ? field.checked : field.name && field.value)).map((field) => {
      const label = field.closest("label");
      if (field.type === "checkbox") return $("span", label).firstChild.textContent.trim();
      return `${label.firstChild.textContent} ${field.selectedOptions?.[0].textContent ?? field.value}`;
    });
    const figure = $(`[data-f="${CSS.escape(state.get("figure") ?? "")}"] span`);
    const stack = marks.stacks.find(({ slot }) => String(slot) === state.get("slot"));
    return [...words, figure?.textContent, stack?.link.dataset.h].filter(Boolean);
  }
  const URGENT = 8;
  function urgent() {
    const day = (index) => rows[index].cells[5].textContent;
    const open = shown.filter((index) => entries[index].lamp < data.lamps.indexOf("closed") && rows[index].cells[6].textContent);
    const order = (index) => `${day(index)} ${entries[index].lamp}`; // of one day the worst light first
    return open.sort((one, other) => order(one).localeCompare(order(other), "en") || one - other).slice(0, URGENT);
  }
  function lineOf(index) {
    const { cells } = rows[index];
    const [item, link, title] = ["li", "a", "b"].map((name) => document.createElement(name));
    const [day, left] = [5, 6].map((at) => Object.assign(document.createElement("span"), { textContent: cells[at].textContent }));
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const rect = mark.appendChild(document.createElementNS(mark.namespaceURI, "rect"));
    for (const [name, value] of Object.entries({ class: data.lamps[entries[index].lamp], width: "100%", height: "100%", rx: "2" })) rect.setAttribute(name, value);
    mark.setAttribute("aria-hidden", "true");
    title.textContent = $("summary", cells[2]).textContent;
    link.href = `#entry=${cells[1].textContent}`;
    link.append(mark, day, title, left);
    item.append(link);
    return item;
  }

  // The address holds the conditions, and the entry that is open.
  function apply() {
    const tests = conditions();
    shown = all.filter((index) => tests.every((test) => test(entries[index], index)));
    const wanted = new Set(shown);
    rows.forEach((row, index) => { if (row.hidden === wanted.has(index)) row.hidden = !row.hidden; });
    draw();
  }
  function keep() {
    const address = state.toString();
    history.replaceState(null, "", address ? `#${address}` : location.href.replace(/#.*$/, ""));
  }
  function fill() {
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = (state.get(field.name) ?? "").split(",").includes(field.value);
      else if (field.name) {
        field.value = state.get(field.name) ?? "";
        field.classList.toggle("set", field.value !== "");
      }
    }
  }
  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    state = new URLSearchParams();
    for (const name of ["q", "leader", "department", "role", "part", "month", "slot", "light", "star", "figure", "entry"]) {
      if (given.get(name)) state.set(name, given.get(name));
    }
    fill();
    apply();
    const open = placeOf(state.get("entry"));
    if (open >= 0) show(open);
    else if (dialog.open) dialog.close();
  }
  function set(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (value) state.set(name, value);
      else state.delete(name);
    }
    keep();
    fill();
    apply();
  }
  function typed() {
    const changes = {};
    for (const field of form.elements) {
      if (field.type === "checkbox") {
        const values = changes[field.name] ? changes[field.name].split(",") : [];
        changes[field.name] = (field.checked ? [...values, field.value] : values).join(",");
      } else if (field.name) changes[field.name] = field.value;
    }
    set(changes);
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", typed);
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    state = new URLSearchParams();
    set({});
  });
  $("main").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const wanted = wantedBy(link);
    if (wanted.entry) {
      show(placeOf(wanted.entry));
      return;
    }
    const isSet = isChosen(wanted);
    set(isSet ? Object.fromEntries(Object.keys(wanted).map((name) => [name, ""])) : wanted);
    if (!isSet && link.dataset.k) $("#entries").scrollIntoView();
  });
  addEventListener("hashchange", read);
  $("#print").addEventListener("click", () => print());

  // The record of one entry
  for (const summary of $$("summary", body)) {
    summary.setAttribute("role", "button");
    summary.setAttribute("aria-haspopup", "dialog");
  }
  body.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (!summary) return;
    event.preventDefault();
    show(rows.indexOf(summary.closest("tr")));
  });
  const headings = $$(".entries thead tr:last-child th").map((head) => head.textContent);
  let current = -1;
  function show(index) {
    const cells = [...rows[index].cells];
    current = index;
    $("#record-lamp").replaceChildren(cells[0].firstChild.cloneNode(true), ` ${cells[1].textContent}`);
    put($("#record-title"), $("summary", cells[2]).textContent);
    const list = document.createElement("dl");
    for (const at of [3, 4, 6, 8]) {
      if (!cells[at].textContent) continue;
      const [heading, value] = [document.createElement("dt"), document.createElement("dd")];
      heading.textContent = headings[at];
      value.append(...[...cells[at].childNodes].map((node) => node.cloneNode(true)));
      list.append(heading, value);
    }
    list.append(...[...$("dl", cells[2]).children].map((node) => node.cloneNode(true)));
    $(".record").replaceChildren(list);
    const place = shown.indexOf(index);
    put($("#record-place"), place < 0 ? "" : `${place + 1} / ${shown.length}`);
    $(".previous").disabled = place <= 0;
    $(".next").disabled = place < 0 || place === shown.length - 1;
    if (!dialog.open) dialog.showModal();
    $(".record").scrollTop = 0;
    $("#record-title").focus();
    state.set("entry", cells[1].textContent);
    keep();
  }
  // A dialog is never printed beyond its first page: its record is laid out anew for paper.
  addEventListener("beforeprint", () => {
    if (dialog.open) $("#paper").replaceChildren(...["#record-lamp", "#record-title", ".record"].map((part) => {
      const copy = $(part).cloneNode(true);
      copy.removeAttribute("id");
      return copy;
    }));
  });
  addEventListener("afterprint", () => $("#paper").replaceChildren());
  const step = (by) => {
    const index = shown[shown.indexOf(current) + by];
    if (shown.includes(current) && index !== undefined) show(index);
  };
  $(".previous").addEventListener("click", () => step(-1));
  $(".next").addEventListener("click", () => step(1));
  $(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  addEventListener("keydown", (event) => {
    if (!dialog.open) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("close", () => {
    state.delete("entry");
    keep();
    if (current >= 0) $("summary", rows[current]).focus();
    current = -1;
  });

  // What is filtered, as a table for Excel and WPS: texts stay texts, and none of them runs.
  const cellText = (cell) => ($("summary", cell) ?? cell).textContent;
  const guarded = (text) => (/^[=+\-@\n＝＋－＠]/u.test(text) && !/^-\d+$/.test(text) ? `'${text}` : text);
  const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  function copied() {
    const table = [headings, ...shown.map((index) => [...rows[index].cells].map(cellText))].map((cells) => cells.map(guarded));
    const tsv = table.map((cells) => cells.map((text) => text.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\r\n");
    const html = table.map((cells, at) => `<tr>${cells.map((text) => (at
      ? `<td style="mso-number-format:'\\@'">${escaped(text)}</td>` : `<th>${escaped(text)}</th>`)).join("")}</tr>`).join("");
    return { "text/html": `<meta charset="utf-8"><table border="1">${html}</table>`, "text/plain": tsv };
  }
  function copyByEvent(formats) {
    let done = false;
    const give = (event) => {
      for (const [type, text] of Object.entries(formats)) event.clipboardData.setData(type, text);
      event.preventDefault();
      done = true;
    };
    document.addEventListener("copy", give);
    document.execCommand("copy");
    document.removeEventListener("copy", give);
    return done;
  }
  $("#copy").addEventListener("click", async () => {
    const formats = copied();
    // The clipboard's own interface takes formats apart, which the policy of the page would refuse.
    const done = copyByEvent(formats) || await navigator.clipboard?.writeText(formats["text/plain"]).then(() => true, () => false);
    const sentence = done ? data.copied[+(shown.length !== 1)].replace("{count}", shown.length) : data.notCopied;
    put($("#found"), sentence);
  });

  read();
});
