// Who tells it follows how one knows it, until one says otherwise: what one saw oneself is not the voice of a resident.
const TELLERS = { waarneming: "professional", professional: "professional", bewoner: "bewoner" };

document.addEventListener(
  "change",
  ({ target }) => {
    const who = target.name === "source" && target.form?.elements.namedItem("who");
    if (who && TELLERS[target.value]) who.value = TELLERS[target.value];
  },
  true,
);
