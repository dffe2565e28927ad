// Pages of figures: a choice counts at once, without losing the place of the keyboard, and a page can be printed.
document.documentElement.classList.add("met-js");

async function replacePart(form) {
  const target = document.getElementById(form.dataset.direct);
  const address = `${form.action.split("#")[0]}?${new URLSearchParams(new FormData(form))}`;
  if (!target || !window.fetch) return form.submit();
  target.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return form.submit();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.getElementById(form.dataset.direct);
  if (!part) return form.submit();
  const place = document.activeElement?.id;
  target.replaceWith(part);
  if (target.contains(form)) document.getElementById(place)?.focus({ preventScroll: true });
  showMiddle();
  for (const select of form.querySelectorAll("select[name='jaar'], select[name='niveau']")) {
    const fresh = page.querySelector(`form[data-direct] select[name='${select.name}']`);
    if (fresh && select !== document.activeElement) select.replaceChildren(...fresh.children);
  }
  document.title = page.title;
  if ("stap" in form.dataset) history.pushState(null, "", answer.url);
  else history.replaceState(null, "", address);
}

// Each choice of a form whose choices are steps has its own place in the history: the browser's way back undoes it.
window.addEventListener("popstate", () => {
  if (document.querySelector("form[data-stap]")) location.reload();
});

// A map that is wider than the screen opens on the chosen area, else in its middle.
function showMiddle() {
  for (const room of document.querySelectorAll(".kaartvlak")) {
    if (room.scrollWidth <= room.clientWidth) continue;
    const chosen = room.querySelector(".gekozen-lijn");
    const box = (chosen || room.querySelector("svg")).getBoundingClientRect();
    room.scrollLeft += box.left + box.width / 2 - room.getBoundingClientRect().left - room.clientWidth / 2;
  }
}

showMiddle();

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-direct]");
  if (form && event.target.matches("select")) replacePart(form);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
