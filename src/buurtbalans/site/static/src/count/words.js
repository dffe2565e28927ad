// Counting in the browser: the sentences of the page, in the language of the visitor, as the server sent them.
const WORDS = {};
const LANGUAGE = document.documentElement.lang || "nl";

export function setWords(words) {
  Object.assign(WORDS, words);
}

/** Return a number as people write it. */
export function number(value) {
  return value.toLocaleString(LANGUAGE);
}

/** Return a sentence with its numbers and words filled in; a number of one takes the sentence for one. */
export function say(key, values = {}) {
  const first = Object.values(values)[0];
  const sentence = (first === 1 && WORDS[`${key}_one`]) || WORDS[key] || key;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" && !/^(year|division|first|last|line)$/.test(name) ? number(value) : String(value ?? "");
  });
}

/** Make an element with words in it, and what it is made of. */
export function made(tag, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
