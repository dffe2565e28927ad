// Who was last signed in on this phone with the page of field notes, and until when something lies here at most. No
// text and no name: the number of an account and a moment. Signing out, or in as somebody else, takes the first away.
const WHO = "veldnotities";
const UNTIL = "veldnotities-tot";
export const THIRTY_DAYS = 30 * 24 * 3600 * 1000;

export const last = () => localStorage.getItem(WHO);
export const remember = (person) => localStorage.setItem(WHO, person);
export const forget = () => localStorage.removeItem(WHO);

/** Note that something of this moment lies here. */
export function lies(at) {
  const until = Math.min(Number(localStorage.getItem(UNTIL) ?? Infinity), at + THIRTY_DAYS);
  if (Number.isFinite(until)) localStorage.setItem(UNTIL, until);
}

export const overdue = () => Number(localStorage.getItem(UNTIL) ?? Infinity) <= Date.now();
export const nothingLies = () => localStorage.removeItem(UNTIL);
