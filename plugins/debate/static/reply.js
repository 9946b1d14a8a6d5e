// A small form in place of the plain reply links. Without this script the links work as they are: each opens a mail or
// a forge's page with a comment file to fill in. The form fills in the same file and hands it to the same addresses;
// it sends nothing itself. A draft stays in this browser until it is handed over or thrown away.
"use strict";

// The page has the words, in its own language.
const words = JSON.parse(document.querySelector("[data-reply-words]").dataset.replyWords);

for (const place of document.querySelectorAll("[data-reply]")) {
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = words.open;
  const whom = place.querySelector(".visually-hidden");
  if (whom) open.append(whom.cloneNode(true));
  open.addEventListener("click", () => openForm(place, open));
  const links = [...place.querySelectorAll("a")];
  place.replaceChildren(open);
  place.links = links;
}

function openForm(place, opener) {
  opener.hidden = true;
  const key = "reply:" + location.pathname + ":" + (place.closest(".comment")?.id ?? "essay");
  const draft = readDraft(key);
  const form = document.createElement("form");
  form.className = "reply-form";
  const name = field(form, words.name, "input", draft.name);
  const text = field(form, words.text, "textarea", draft.text);
  const shown = element(form, "div", "shown", "");
  const heading = element(shown, "h3", "debate-note", words.shown);
  heading.id = "as-sent-" + (place.closest(".comment")?.id ?? "essay");
  shown.setAttribute("role", "region");
  shown.setAttribute("aria-labelledby", heading.id);
  const preview = element(shown, "div", "preview", "");
  const ways = element(form, "div", "ways", "");
  const links = place.links.map((link) => {
    const way = element(ways, "a", "", link.className === "by-mail" ? words.mail : words.forge);
    way.rel = "nofollow";
    way.dataset.address = link.getAttribute("href");
    return way;
  });
  const discard = element(ways, "button", "", words.discard);
  discard.type = "button";
  element(form, "p", "debate-note", words.note);

  const update = () => {
    preview.textContent = text.value.trim();
    shown.hidden = !preview.textContent;
    for (const way of links) way.href = filledIn(way.dataset.address, name.value, text.value);
    writeDraft(key, { name: name.value, text: text.value });
  };
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  discard.addEventListener("click", () => {
    writeDraft(key, { name: "", text: "" });
    form.remove();
    opener.hidden = false;
    opener.focus();
  });
  update();
  place.after(form);
  name.focus();
}

// The address carries a comment file as one of its parameters; put name and text where the file leaves room for them.
function filledIn(address, name, text) {
  const cut = address.indexOf("?");
  const parameters = address.slice(cut + 1).split("&").map((part) => {
    const at = part.indexOf("=");
    const value = decodeURIComponent(part.slice(at + 1));
    const head = value.indexOf("Author: ");
    if (head < 0) return part;
    const newline = value.includes("\r\n") ? "\r\n" : "\n";
    const body = text.trim().split(/\r?\n/).join(newline) || value.slice(value.indexOf(newline, head)).trim();
    const file = value.slice(0, head) + "Author: " + name.replace(/\s+/g, " ").trim() + newline + newline + body + newline;
    return part.slice(0, at + 1) + encodeURIComponent(file);
  });
  return address.slice(0, cut + 1) + parameters.join("&");
}

function field(form, words, kind, value) {
  const label = element(form, "label", "", words);
  const input = element(label, kind, "", "");
  input.value = value;
  if (kind === "input") input.autocomplete = "name";
  return input;
}

function element(parent, kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  made.textContent = text;
  parent.append(made);
  return made;
}

// A browser may forbid storage (private windows, file:// pages); the form then works without drafts.
function readDraft(key) {
  try {
    return { name: "", text: "", ...JSON.parse(localStorage.getItem(key) ?? "{}") };
  } catch {
    return { name: "", text: "" };
  }
}

function writeDraft(key, draft) {
  try {
    if (draft.name || draft.text) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // Nothing to do: the reply itself is still in the form.
  }
}
