// On a phone, what one asks for is folded; on a wider screen it stands open, with nothing to fold.
const phone = window.matchMedia("(max-width: 719px)");
const fold = () => {
  for (const part of document.querySelectorAll("details[data-vouwt]")) part.open = !phone.matches;
};
phone.addEventListener("change", fold);
fold();
