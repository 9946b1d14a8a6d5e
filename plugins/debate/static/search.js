// The search page: asks Pagefind's index, which lies beside the pages, and shows what it finds. Nothing leaves the site.
// Comments are strangers' text: it only ever becomes text nodes. Words and narrowing stand in the page's address.
"use strict";

const form = document.getElementById("search");
const page = form.parentElement;
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const list = results.querySelector("ol");
const more = document.getElementById("search-more");
const selects = [...form.querySelectorAll("select")];
const AT_ONCE = 10;
const EXCERPT_WORDS = 34;
let pagefind;
let asked = 0;
let waiting = [];

start().catch(() => {
  for (const control of form.elements) control.disabled = true;
  status.textContent = form.dataset.broken;
}).finally(() => page.classList.remove("searching"));

async function start() {
  const given = new URLSearchParams(location.search);
  page.classList.toggle("searching", [...form.elements].some((control) => control.name && given.get(control.name)));
  status.textContent = form.dataset.busy;
  pagefind = await import(new URL(form.dataset.index, location.href).href);
  await pagefind.init();
  fillSelects(await pagefind.filters());
  // What was typed while the index was loading stays.
  for (const control of form.elements) if (given.has(control.name)) control.value = given.get(control.name);
  for (const select of selects) if (select.selectedIndex < 0) select.value = "";
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  form.elements.q.addEventListener("input", later(search, 250));
  for (const select of selects) select.addEventListener("change", search);
  more.addEventListener("click", () => showMore(true));
  await search();
}

function fillSelects(filters) {
  for (const select of selects) {
    const values = Object.keys(filters[select.name] ?? {});
    const language = document.documentElement.lang || undefined;
    for (const value of values.sort((one, other) => one.localeCompare(other, language))) {
      select.add(new Option(select.name === "kind" ? kindName(value) : value, value));
    }
    select.disabled = values.length < 2;
  }
}

async function search() {
  const turn = ++asked;
  const words = form.elements.q.value.trim();
  const chosen = Object.fromEntries(selects.filter((select) => select.value).map((select) => [select.name, select.value]));
  remember({ q: words, ...chosen });
  if (!words && !Object.keys(chosen).length) {
    results.hidden = true;
    status.textContent = "";
    return;
  }
  const found = await pagefind.search(words || null, { filters: chosen });
  if (turn !== asked) return;
  waiting = found.results;
  list.replaceChildren();
  results.hidden = !waiting.length;
  const kind = waiting.length ? (words ? "found" : "all") : "none";
  const told = filledIn(form.dataset[kind], { words: words || "…", count: waiting.length });
  await showMore(false);
  if (turn === asked) status.textContent = told;
}

async function showMore(byHand) {
  const turn = asked;
  const shown = await Promise.all(waiting.slice(0, AT_ONCE).map((result) => result.data()));
  if (turn !== asked) return;
  waiting = waiting.slice(AT_ONCE);
  more.hidden = !waiting.length;
  const items = shown.map(item);
  list.append(...items);
  if (byHand) items[0]?.querySelector("a").focus();
}

function item(found) {
  const [kind, author, essay, stance] = ["kind", "author", "essay", "stance"].map((name) => found.filters[name]?.[0]);
  const [date, address] = found.anchors[0].id.split(/@(.*)/s);
  const entry = document.createElement("li");
  const link = element(element(entry, "h3", ""), "a", "");
  link.href = new URL(address, new URL(form.dataset.root, location.href));
  link.textContent = kind === "comment"
    ? filledIn(form.dataset.comment, { author: author ?? form.dataset.someone, essay })
    : found.meta.title;
  const facts = [kindName(kind), kind === "comment" ? stance : author, dayName(date)];
  element(entry, "p", "debate-note").textContent = facts.filter(Boolean).join(" · ");
  excerpt(element(entry, "p", ""), found);
  return entry;
}

// Pagefind's own excerpt is a string of HTML; this one is made of text nodes and <mark>, whatever the words hold.
function excerpt(place, found) {
  const text = (found.raw_content ?? found.content).replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const unspaced = text.includes("\u200B");
  const words = text.split(unspaced ? "\u200B" : /\s+/);
  const marked = new Set(found.locations);
  const first = Math.max(0, Math.min((found.locations[0] ?? 0) - 8, words.length - EXCERPT_WORDS));
  const last = Math.min(words.length, first + EXCERPT_WORDS);
  if (first > 0) place.append("… ");
  for (let at = first; at < last; at++) {
    if (marked.has(at)) element(place, "mark", "").textContent = words[at];
    else place.append(words[at]);
    if (!unspaced && at < last - 1) place.append(" ");
  }
  if (last < words.length) place.append(" …");
}

function element(parent, kind, className) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  parent.append(made);
  return made;
}

function filledIn(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

function kindName(kind) {
  return form.dataset["kind" + kind[0].toUpperCase() + kind.slice(1)] ?? kind;
}

function dayName(date) {
  if (!date) return "";
  return new Intl.DateTimeFormat(form.dataset.locale, { dateStyle: "long", timeZone: "UTC" }).format(new Date(date));
}

function remember(values) {
  const given = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  history.replaceState(null, "", given.size ? "?" + given : location.pathname);
}

function later(action, milliseconds) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
