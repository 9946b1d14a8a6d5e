// Thread: keeps the picked stance and order in the address, sorts for real, adds keys. Without it CSS picks and sorts.
"use strict";
{
  const thread = document.querySelector(".comments");
  const lists = [...thread.querySelectorAll(".thread:not(.replies)")];
  const roots = lists.map((list) => [...list.children]);
  const oldest = roots.flat();
  const tools = thread.querySelector(".thread-tools");
  const keys = thread.querySelector(".keys");
  const label = (item) => +(/label-(\d)/.exec(item.className)?.[1] ?? 10);
  const undated = (item) => item.classList.contains("undated");
  const orders = {
    newest: () => oldest.toReversed().sort((a, b) => undated(a) - undated(b)),
    stance: () => oldest.toSorted((a, b) => label(a) - label(b)),
  };
  const picked = (name) => tools.querySelector(`[name=${name}]:checked`)?.value ?? "";

  const sort = (order) => {
    const items = orders[order]?.() ?? oldest;
    let place = 0;
    lists.forEach((list, number) => list.append(...items.slice(place, (place += roots[number].length))));
  };

  const count = () => {
    const pick = /pick-(\d)/.exec(tools.querySelector("[name=stance]:checked")?.className);
    const all = thread.querySelectorAll(".comment.h-cite").length;
    const shown = pick ? thread.querySelectorAll(`.label-${pick[1]} > .comment`).length : all;
    const line = tools.querySelector(".shown");
    line.textContent = line.dataset.words.replace("{shown}", shown).replace("{all}", all);
  };

  const change = (event) => {
    const url = new URL(location);
    for (const name of ["stance", "sort"]) {
      url.searchParams.delete(name);
      if (picked(name)) url.searchParams.set(name, picked(name));
    }
    history.replaceState(history.state, "", url);
    if (event.target.name === "sort") sort(picked("sort"));
    count();
  };

  // A browser that does not open what a link's target is folded into gets help.
  const unfold = () => {
    let box = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = box;
    while ((box = box?.parentElement?.closest("details:not([open])"))) box.open = true;
    if (target?.closest(".comments")) target.scrollIntoView();
  };

  // Keys count only while the focus is inside a comment (WCAG 2.1.4), and never while somebody writes.
  const level = (comment) => (comment ? 1 + level(comment.closest("li").parentElement.closest("li")) : 0);
  const goals = {
    j: (all, at, item) => all.slice(at + 1).find((comment) => !item.contains(comment)),
    k: (all, at) => all.slice(0, at).findLast((comment) => level(comment) <= level(all[at])),
    u: (all, at) => all.slice(0, at).findLast((comment) => level(comment) < level(all[at])),
    r: (all, at, item) => item.querySelector(":scope > .branch .comment"),
  };
  thread.addEventListener("keydown", (event) => {
    const here = event.target.closest(".comment");
    const goal = goals[event.key];
    if (!here || !goal || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea")) return;
    const all = [...thread.querySelectorAll(".comment")].filter((comment) => comment.checkVisibility());
    goal(all, all.indexOf(here), here.parentElement)?.focus();
  });

  keys.hidden = false;
  thread.classList.add("scripted");
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();
  if (tools) {
    tools.addEventListener("change", change);
    const wanted = new URLSearchParams(location.search);
    for (const name of ["stance", "sort"]) {
      const button = [...tools.querySelectorAll(`[name=${name}]`)].find((input) => input.value === wanted.get(name));
      if (button) button.checked = true;
    }
    if (picked("sort")) sort(picked("sort"));
    if (picked("stance")) count();
  }
}
