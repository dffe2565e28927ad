// The place of an effort: a click on the map or a dragged dot fills the field, and what is typed moves the dot.

// Read as the server reads it: which number is which follows from where the Netherlands lie.
function written(text) {
  const parts = text.replaceAll(";", " ").replaceAll(",", text.includes(".") ? " " : ".").trim().split(/\s+/);
  const [longitude, latitude] = parts.map(Number).sort((one, other) => one - other);
  const here = longitude >= 3 && longitude <= 8 && latitude >= 50 && latitude <= 54;
  return parts.length === 2 && here ? { longitude, latitude } : null;
}

class PlaceChooser extends HTMLElement {
  connectedCallback() {
    this.map = this.querySelector(".plek-kaart");
    this.svg = this.map.querySelector("svg");
    this.dot = this.svg.querySelector(".plek");
    this.field = this.querySelector("input");
    this.svg.addEventListener("click", (event) => this.choose(event));
    this.dot.addEventListener("pointerdown", (event) => this.dot.setPointerCapture(event.pointerId));
    this.dot.addEventListener("pointermove", (event) => {
      if (this.dot.hasPointerCapture(event.pointerId)) this.choose(event);
    });
    this.field.addEventListener("input", () => this.show());
    this.show();
  }

  degrees(name) {
    return Number(this.map.dataset[name]);
  }

  choose(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    const latitude = this.degrees("north") - at.y * this.degrees("southPerPixel");
    const longitude = this.degrees("west") + at.x * this.degrees("eastPerPixel");
    this.field.value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show() {
    const place = written(this.field.value);
    if (!place) {
      this.dot.setAttribute("cx", -99);
      return;
    }
    this.dot.setAttribute("cx", (place.longitude - this.degrees("west")) / this.degrees("eastPerPixel"));
    this.dot.setAttribute("cy", (this.degrees("north") - place.latitude) / this.degrees("southPerPixel"));
  }
}

customElements.define("plek-kiezer", PlaceChooser);
