"use strict";
// Headings become buttons that sort the rows of each group: upwards, downwards, then as they were printed.

const LEAST = -1; // the end of a text is before any character

let weights = null;

// The bytes of GB 18030 as numbers, by UTF-16 code units: those of two bytes are what its decoder says, and the others
// of four bytes each, in the order of their code points.
function weighed() {
  if (weights) return weights;
  weights = new Float64Array(0x10000);
  for (let code = 0; code < 0x80; code++) weights[code] = code * 2 ** 24;
  const pairs = [];
  for (let lead = 0x81; lead < 0xff; lead++) {
    for (let trail = 0x40; trail < 0xff; trail++) if (trail !== 0x7f) pairs.push(lead, trail);
  }
  const characters = new TextDecoder("gb18030").decode(new Uint8Array(pairs));
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    weights[code] ||= pairs[2 * i] * 2 ** 24 + pairs[2 * i + 1] * 2 ** 16;
  }
  let pointer = 0;
  for (let code = 0x80; code < 0x10000; code++) {
    if (!weights[code] && (code < 0xd800 || code > 0xdfff)) weights[code] = ofFourBytes(pointer++);
  }
  return weights;
}

function ofFourBytes(pointer) {
  const lead = 0x81 + Math.floor(pointer / 12600);
  const second = 0x30 + (Math.floor(pointer / 1260) % 10);
  return lead * 2 ** 24 + second * 2 ** 16 + (pointer % 1260);
}

function weightOf(character) {
  const code = character.codePointAt(0);
  return code < 0x10000 ? weighed()[code] : ofFourBytes(189000 + code - 0x10000);
}

// A text as `list --sort` compares it: its parts in the order of GB 18030, the numbers between them as numbers.
function textKey(text) {
  const compact = text.normalize("NFKC").replace(/[\s\p{Cf}]+/gu, "");
  return compact.split(/(\d+)/).flatMap((part, i) => (i % 2 ? [Number(part)] : [...Array.from(part, weightOf), LEAST]));
}

function compareKeys(one, other) {
  const length = Math.min(one.length, other.length);
  for (let i = 0; i < length; i++) if (one[i] !== other[i]) return one[i] - other[i];
  return one.length - other.length;
}

// What a cell is sorted by, null for one without a value: such rows come last in either direction.
function keyOf(cell, isNumber) {
  const value = cell.dataset.value;
  if (isNumber) return value === undefined ? null : [Number(value)];
  const text = value ?? cell.textContent;
  return text === "" ? null : textKey(text);
}

function sorted(rows, index, isNumber, direction) {
  const keyed = rows.map((row) => ({ row, key: keyOf(row.cells[index], isNumber) }));
  const having = keyed.filter((one) => one.key).sort((a, b) => direction * compareKeys(a.key, b.key));
  return [...having, ...keyed.filter((one) => !one.key)].map((one) => one.row);
}

function makeSortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const groups = [...table.tBodies].map((body) => ({
    body,
    heading: [...body.rows].filter((row) => row.className === "group"),
    rows: [...body.rows].filter((row) => row.className !== "group"),
  }));
  if (groups.every((group) => group.rows.length < 2)) return;
  const next = { ascending: "descending", descending: "none", none: "ascending" };

  function sortBy(head) {
    const order = next[head.getAttribute("aria-sort") ?? "none"];
    for (const other of heads) other.removeAttribute("aria-sort");
    if (order !== "none") head.setAttribute("aria-sort", order);
    for (const { body, heading, rows } of groups) {
      const direction = order === "descending" ? -1 : 1;
      const isNumber = head.dataset.sorts === "number";
      const shown = order === "none" ? rows : sorted(rows, heads.indexOf(head), isNumber, direction);
      body.replaceChildren(...heading, ...shown);
    }
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sortBy(head));
  }
  table.classList.add("sortable");
}

for (const table of document.querySelectorAll("table.entries")) makeSortable(table);
