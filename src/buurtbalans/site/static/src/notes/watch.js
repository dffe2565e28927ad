// On every page: who signs out, or in as somebody else, closes the field notes on this phone; what is too old goes.
import { forget, last, overdue } from "./last.js";
import { eraseOld } from "./store.js";

const signed = document.querySelector("kept-typing");
if (signed && last() !== signed.dataset.person) forget();

document.addEventListener("submit", (event) => {
  const goes = new URL(event.target.getAttribute("action") || location.href, location.href).pathname;
  if (signed && goes === signed.dataset.out) forget();
});

if (overdue()) eraseOld().catch(() => null);
