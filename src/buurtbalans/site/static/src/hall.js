// The large map: a chosen figure counts at once, and in the hall Escape leaves the presentation; links do the same.
document.addEventListener("change", (event) => event.target.closest("form[data-meteen]")?.requestSubmit());

document.addEventListener("keydown", (event) => {
  const leave = document.querySelector("[data-zaal-sluit]");
  if (event.key === "Escape" && leave) location.assign(leave.href);
});
