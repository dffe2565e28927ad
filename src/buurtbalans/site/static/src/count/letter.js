// Counting in the browser: the letter of a column as Excel writes it.
export function letter(place) {
  return (place >= 26 ? letter(Math.floor(place / 26) - 1) : "") + String.fromCharCode(65 + (place % 26));
}
