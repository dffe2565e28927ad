// Counting in the browser: what each circle would see of the counts, by the thresholds of the gate on the server.
import { made, say } from "./words.js";

const circles = [];

/** Take the circles as the server sent them, from narrow to wide: who, the fewest that they see, and the rounding. */
export function setCircles(told) {
  circles.splice(0, circles.length, ...told);
}

/** The threshold below which nobody outside the organisation sees a count. */
export function lowest() {
  return Math.min(...circles.map(({ minimum }) => minimum));
}

export function tooSmall(value, minimum) {
  return value > 0 && value < minimum;
}

function sees({ minimum }, values) {
  return !values.some((value) => tooSmall(value, minimum));
}

export function everybodySees(values) {
  return circles.every((circle) => sees(circle, values));
}

/** Say who sees the counts of an area, where not everybody does. */
export function whoSees(values) {
  const open = circles.filter((circle) => sees(circle, values));
  const who = open.map((circle) => circle.who).join(", ");
  return open.length ? say("seen_by", { who }) : say("seen_by_nobody", { minimum: lowest() });
}

/** A sentence per circle: how many counts are too small for it, and how the others are rounded. */
export function fillCircles(list, { counts }) {
  const values = counts.flatMap((mine) => [...mine.values()]);
  list.replaceChildren(...circles.map((circle) => {
    const many = values.filter((value) => tooSmall(value, circle.minimum)).length;
    const { minimum, step } = circle;
    const said = many ? say("circle_hidden", { many, minimum }) : say("circle_all");
    const text = step > 1 ? `${said} ${say("circle_step", { step })}` : said;
    return made("li", { class: "rij" }, made("b", { text: circle.title }), made("span", { text }));
  }));
}
