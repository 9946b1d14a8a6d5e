// A form in place of the plain reply links: it fills the comment file in their addresses and sends nothing itself.
"use strict";
const [button, blank] = document.querySelector("#reply-form")?.content.children ?? [];

for (const place of document.querySelectorAll("[data-reply]")) {
  const open = button.cloneNode(true);
  const links = [...place.children];
  open.append(place.querySelector(".visually-hidden"));
  open.addEventListener("click", () => openForm(place, open, links));
  place.replaceChildren(open);
}

function openForm(place, open, links) {
  const key = `reply:${location.pathname}:${place.closest(".comment")?.id ?? "essay"}`;
  const form = blank.cloneNode(true);
  const { name, text } = form.elements;
  const preview = form.querySelector(".preview");
  const addressOf = (way) => links.find((link) => link.className === way.className)?.getAttribute("href");
  const ways = [...form.querySelectorAll(".ways > a")].map((way) => [way, addressOf(way)]);
  const update = () => {
    preview.textContent = text.value.trim();
    preview.parentElement.hidden = !preview.textContent;
    for (const [way, address] of ways) {
      if (address) way.href = filledIn(address, name.value, text.value);
      else way.remove();
    }
    draft(key, { name: name.value, text: text.value });
  };
  const kept = draft(key);
  name.value = kept.name ?? "";
  text.value = kept.text ?? "";
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    draft(key, {});
    form.remove();
    open.hidden = false;
    open.focus();
  });
  update();
  open.hidden = true;
  place.after(form);
  name.focus();
}

// One parameter of the address carries a comment file; name and text go where that leaves room for them.
function filledIn(address, name, text) {
  return address.replace(/([?&][^=]+=)([^&]*)/g, (whole, key, coded) => {
    const value = decodeURIComponent(coded);
    const head = value.indexOf("Author: ");
    if (head < 0) return whole;
    const line = value.includes("\r\n") ? "\r\n" : "\n";
    const body = text.trim().split(/\r?\n/).join(line) || value.slice(value.indexOf(line, head)).trim();
    const author = "Author: " + name.replace(/\s+/g, " ").trim();
    return key + encodeURIComponent([value.slice(0, head) + author, "", body, ""].join(line));
  });
}

// A browser may forbid storage (private windows, files): the form then works without drafts.
function draft(key, values) {
  try {
    if (values?.name || values?.text) localStorage.setItem(key, JSON.stringify(values));
    else if (values) localStorage.removeItem(key);
    else return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {}
  return {};
}
