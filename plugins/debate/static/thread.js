// Keeps the picked stance and order in the address, sorts for real, adds keys. Without it, CSS picks and sorts.
"use strict";
const thread = document.querySelector(".comments");
const keys = thread.querySelector(".keys");
const tools = thread.querySelector(".thread-tools");
const boxes = [...thread.querySelectorAll(".parts, .thread:not(.replies)")].map((box) => [box, [...box.children]]);
const label = (item) => /label-\d/.exec(item.className)?.[0] ?? "none";
const undated = (item) => item.classList.contains("undated");
const orders = {
  newest: (items) => items.reverse().sort((a, b) => undated(a) - undated(b)),
  stance: (items) => items.sort((a, b) => label(a).localeCompare(label(b))),
};
const picked = (name) => tools.querySelector(`[name=${name}]:checked`)?.value;

function sort() {
  for (const [box, items] of boxes) box.append(...(orders[picked("sort")]?.([...items]) ?? items));
}

function count() {
  const tally = tools.querySelector(".tally");
  const pick = tools.querySelector("[name=stance]:checked")?.className.replace("pick", "label");
  const all = thread.querySelectorAll(".h-cite").length;
  const shown = picked("stance") ? thread.querySelectorAll(`.${pick} > .h-cite`).length : all;
  tally.textContent = tally.dataset.words.replace("{shown}", shown).replace("{all}", all);
}

function change(event) {
  const url = new URL(location);
  for (const name of ["stance", "sort"]) {
    url.searchParams.delete(name);
    if (picked(name)) url.searchParams.set(name, picked(name));
  }
  history.replaceState(history.state, "", url);
  if (event.target.name === "sort") sort();
  count();
}

// For browsers that do not open what a link's target is folded into.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box; (box = target?.closest("details:not([open])")); target.scrollIntoView()) box.open = true;
}

// Keys work only while the focus is inside a comment (WCAG 2.1.4), and never while somebody writes.
const above = (item) => item.parentElement.closest("li");
const beside = (item, way) => (item && !item[way]?.checkVisibility() ? beside(item[way], way) : item?.[way]);
const goals = {
  j: (item) => item && (beside(item, "nextElementSibling") ?? goals.j(above(item))),
  k: (item) => beside(item, "previousElementSibling") ?? above(item),
  u: above,
  r: (item) => item.querySelector(".branch li"),
};
function press(event) {
  const here = event.target.closest(".comment");
  keys.hidden = !here;
  if (!here || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("form")) return;
  goals[event.key]?.(here.parentElement)?.firstElementChild.focus();
}

thread.classList.add("scripted");
thread.addEventListener("keydown", press);
thread.addEventListener("pointerdown", () => (keys.hidden = true));
addEventListener("hashchange", unfold);
addEventListener("load", unfold);
if (tools) {
  tools.addEventListener("change", change);
  const wanted = new URLSearchParams(location.search);
  for (const button of tools.querySelectorAll("input")) button.checked ||= wanted.get(button.name) === button.value;
  if (picked("sort")) sort();
  if (picked("stance")) count();
}
