// The place of an effort: a click on the map or a dragged dot fills the field, and what is typed moves the dot.
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
    const [latitude, longitude] = this.field.value.split(/[\s,;]+/).map(Number);
    if (!latitude || !longitude) {
      this.dot.setAttribute("cx", -99);
      return;
    }
    this.dot.setAttribute("cx", (longitude - this.degrees("west")) / this.degrees("eastPerPixel"));
    this.dot.setAttribute("cy", (this.degrees("north") - latitude) / this.degrees("southPerPixel"));
  }
}

customElements.define("plek-kiezer", PlaceChooser);
