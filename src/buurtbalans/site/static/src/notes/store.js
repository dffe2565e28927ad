// What a phone keeps of field notes: locked with a key of its own per person, which a script can use and not read.
// Only whose it is, of which round, and when it was noted can be read without the key; see decision 12.
import { lies, nothingLies, THIRTY_DAYS } from "./last.js";

const NAME = "veldnotities";
let opened = null;

function database() {
  opened ??= new Promise((yes, no) => {
    const asked = indexedDB.open(NAME, 1);
    asked.addEventListener("upgradeneeded", () => {
      asked.result.createObjectStore("keys");
      asked.result.createObjectStore("kept", { keyPath: "name" });
    });
    asked.addEventListener("success", () => yes(asked.result));
    asked.addEventListener("error", () => no(asked.error));
  });
  return opened;
}

// One transaction on one store; the answer comes when it is on disk.
async function within(store, mode, act) {
  const open = await database();
  return new Promise((yes, no) => {
    const course = open.transaction(store, mode, { durability: "strict" });
    const answer = {};
    course.addEventListener("complete", () => yes(answer.is));
    for (const end of ["abort", "error"]) course.addEventListener(end, () => no(course.error));
    act(course.objectStore(store), (is) => {
      answer.is = is;
    });
  });
}

const then = (request, act) => request.addEventListener("success", () => act(request.result));

/** Throw away, of everybody, what lies here for more than thirty days. */
export async function eraseOld() {
  nothingLies();
  await within("kept", "readwrite", (kept) =>
    then(kept.getAll(), (all) => {
      for (const one of all) {
        if (Date.now() - one.at < THIRTY_DAYS) lies(one.at);
        else kept.delete(one.name);
      }
    }),
  );
}

async function keyOf(person) {
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return within("keys", "readwrite", (keys, answer) =>
    then(keys.get(person), (found) => {
      if (!found) keys.put(made, person);
      answer(found ?? made);
    }),
  );
}

const bytes = (text) => new TextEncoder().encode(text);

/** The store of one person for one round. */
export class Store {
  static async open(person, slug) {
    const store = new Store();
    store.prefix = `${person}:${slug}:`;
    store.key = await keyOf(person);
    return store;
  }

  cipher(salt, name, at) {
    return { name: "AES-GCM", iv: salt, additionalData: bytes(`${name} ${at}`) };
  }

  async lock(id, what, at) {
    const name = this.prefix + id;
    const salt = crypto.getRandomValues(new Uint8Array(12));
    const locked = await crypto.subtle.encrypt(this.cipher(salt, name, at), this.key, bytes(JSON.stringify(what)));
    return { name, at, salt, locked };
  }

  // What another key locked, or what was damaged, is nothing.
  async unlock({ name, at, salt, locked }) {
    const said = await crypto.subtle.decrypt(this.cipher(salt, name, at), this.key, locked).catch(() => null);
    return said && JSON.parse(new TextDecoder().decode(said));
  }

  /** Keep what the page needs to know of the round without a network; it is as old as its last visit. */
  async keepRound(round) {
    const record = await this.lock("ronde", round, Date.now());
    await within("kept", "readwrite", (kept) => kept.put(record));
    lies(record.at);
  }

  async round() {
    const record = await within("kept", "readonly", (kept, answer) => then(kept.get(`${this.prefix}ronde`), answer));
    return record ? this.unlock(record) : null;
  }

  /** The notes, in the order in which they were noted; each knows as which record it was read. */
  async notes() {
    const range = IDBKeyRange.bound(`${this.prefix}noot:`, `${this.prefix}noot:~`);
    const records = await within("kept", "readonly", (kept, answer) => then(kept.getAll(range), answer));
    const notes = await Promise.all(records.map(async (record) => ({ ...(await this.unlock(record)), record })));
    return notes.filter((note) => note.id).sort((one, other) => one.at - other.at);
  }

  async write({ record: _read, ...note }) {
    const record = await this.lock(`noot:${note.id}`, note, note.at);
    await within("kept", "readwrite", (kept) => kept.put(record));
    lies(record.at);
  }

  async drop(note) {
    await within("kept", "readwrite", (kept) => kept.delete(`${this.prefix}noot:${note.id}`));
  }

  /** Put `next` in the place of a note, or nothing, unless it was changed since it was read. */
  async settle({ record: read }, next) {
    const record = next && (await this.lock(`noot:${next.id}`, next, next.at));
    await within("kept", "readwrite", (kept) =>
      then(kept.get(read.name), (now) => {
        if (!now || String(now.salt) !== String(read.salt)) return;
        if (record) kept.put(record);
        else kept.delete(read.name);
      }),
    );
  }
}
