// Sending what a phone kept, one note at a time and in one tab: what the site acknowledged goes from the phone, what it
// refused stays with its reason, and everything else stays as it is.
const PATIENCE = 20000;
const REASONS = { 401: "signed_out", 403: "may_not", 404: "gone" };

async function ask(address, options = {}) {
  try {
    return await fetch(address, { ...options, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return null;
  }
}

/** Who is signed in, and what a form needs to be sent. To be sent to where one signs in means that nobody is. */
export async function whoSigns(address, person) {
  const answer = await ask(address);
  if (!answer) return { why: "no_answer" };
  if (answer.type === "opaqueredirect") return { why: "signed_out" };
  if (!answer.ok) return { why: REASONS[answer.status] ?? "broken" };
  const signed = await answer.json().catch(() => null);
  if (!signed) return { why: "no_answer" };
  return signed.person === person ? signed : { why: "other" };
}

/** Whether a note can be sent: written whole, and not refused or looked at again since. */
export const isReady = (note) => !note.draft && (!note.refused || note.retry);

function written(note, circle) {
  const sent = new URLSearchParams({
    ...note.told,
    circle,
    sent_as: note.id,
    seconds_ago: Math.max(0, Math.floor((Date.now() - note.at) / 1000)),
  });
  for (const words of note.looked ?? []) sent.append("bekeken-text", words);
  return sent;
}

// What became of one note: it was kept, it was refused, or it is unknown and everything stops.
async function send(note, circle, token) {
  const body = written(note, circle);
  const answer = await ask("verstuur/", { method: "POST", body, headers: { "X-CSRFToken": token } });
  if (!answer) return { why: "no_answer" };
  if (answer.type === "opaqueredirect") return { why: "signed_out" };
  if (![200, 201, 409, 422].includes(answer.status)) return { why: REASONS[answer.status] ?? "broken" };
  const said = await answer.json().catch(() => null);
  if (!said) return { why: "no_answer" };
  return answer.ok ? { kept: said } : { refused: said };
}

async function sendEach({ store, who, person, circle, progress }) {
  const notes = (await store.notes()).filter(isReady);
  const done = { sent: 0, waits: 0, why: null };
  const signed = notes.length ? await whoSigns(who, person) : {};
  if (signed.why) return { ...done, why: signed.why };
  for (const [index, note] of notes.entries()) {
    progress(index + 1, notes.length);
    const { kept, refused, why } = await send(note, circle, signed.token);
    if (why) return { ...done, why };
    const { record: _read, retry: _retry, ...same } = note;
    await store.settle(note, refused ? { ...same, refused } : null);
    done.sent += kept ? 1 : 0;
    done.waits += kept?.waits ? 1 : 0;
  }
  return done;
}

/** Send all that waits, unless another tab is doing it. */
export function sendAll(what) {
  return navigator.locks.request("veldnotities", { ifAvailable: true }, (lock) =>
    lock ? sendEach(what) : { sent: 0, waits: 0, why: "busy" },
  );
}
