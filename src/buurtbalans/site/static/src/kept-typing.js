// What is typed in a form and not saved yet comes back after a crash or an ended session, in this tab and for this
// person only. It stays in this tab, locked with a key that the site gives only to who is signed in, until it is
// saved, thrown away, twelve hours old, or its writer signs out. Without this file every form still works.
const MARK = "typ:";
const TWELVE_HOURS = 12 * 3600 * 1000;
const TYPED = "textarea:not([readonly]), input[type='text']:not([readonly])";
const others = "BroadcastChannel" in window ? new BroadcastChannel("typ") : null;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// A field may be called "action", which hides the form's own.
const path = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

function kept() {
  return Object.keys(sessionStorage).filter((name) => name.startsWith(MARK));
}

function forget() {
  for (const name of kept()) sessionStorage.removeItem(name);
}

const since = (name) => Number(sessionStorage.getItem(name).split(".")[0]);

// Every page throws away what became too old, also one without a form and one on which nobody is signed in.
for (const name of kept()) if (!(Date.now() - since(name) < TWELVE_HOURS)) sessionStorage.removeItem(name);

class KeptTyping extends HTMLElement {
  async connectedCallback() {
    others?.addEventListener("message", () => this.signedOut());
    document.addEventListener("submit", (event) => this.signingOut(event));
    for (const name of kept()) if (!name.startsWith(this.mine)) sessionStorage.removeItem(name);
    this.dropSaved();
    this.forms = [...document.querySelectorAll("main form[method='post']")].filter((form) => this.fields(form).length);
    if (!this.forms.length || !window.crypto?.subtle) return;
    this.key = this.askKey(); // not waited for: what is typed before it comes is kept too
    for (const form of this.forms) this.watch(form);
    window.addEventListener("beforeunload", (event) => {
      if (this.forms.some((form) => form.unsaved)) event.preventDefault();
    });
    if (await this.key) this.dataset.ready = "";
  }

  // No page carries the key: a page that Back shows after a session asks for it in vain.
  async askKey() {
    const answer = await fetch(this.dataset.key, { redirect: "manual" }).catch(() => null);
    if (!answer?.ok) return null;
    return crypto.subtle.importKey("raw", bytes(await answer.text()), "AES-GCM", false, ["encrypt", "decrypt"]);
  }

  get mine() {
    return `${MARK}${this.dataset.person}:`;
  }

  // Hidden fields, choices and days are quickly chosen again; a password is never kept.
  fields(form) {
    return form.querySelector("[type='password']") ? [] : [...form.querySelectorAll(TYPED)].filter((one) => one.name);
  }

  name(form) {
    return `${this.mine}${path(form)}:${this.fields(form).map((one) => one.name)}`;
  }

  // A page that says that something was done shows that the form before it was saved.
  dropSaved() {
    const sent = sessionStorage.getItem("typ-verstuurd");
    sessionStorage.removeItem("typ-verstuurd");
    if (sent && document.querySelector(".melding .gelukt")) sessionStorage.removeItem(sent);
  }

  signingOut(event) {
    if (path(event.target) !== this.dataset.out) return;
    for (const form of this.forms ?? []) form.unsaved = false;
    this.signedOut();
    others?.postMessage("weg");
  }

  // Here or in another tab: from now on nothing is kept, nor offered.
  signedOut() {
    this.key = null;
    for (const box of document.querySelectorAll(".teruggevonden")) box.remove();
    forget();
  }

  async watch(form) {
    const texts = this.fields(form);
    form.unsaved = form.querySelector(".errorlist") !== null;
    form.addEventListener("input", (event) => {
      if (!texts.includes(event.target)) return;
      form.unsaved = texts.some((one) => one.value !== one.defaultValue);
      this.keep(form);
    });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      form.unsaved = false;
      sessionStorage.setItem("typ-verstuurd", this.name(form));
    });
    const before = await this.read(this.name(form));
    const said = (one) => before.texts[one.name] ?? "";
    if (before && texts.some((one) => said(one).trim() && said(one) !== one.value)) this.offer(form, before);
  }

  // Only the moment can be read without the key, and it cannot be changed without it.
  cipher(salt, at) {
    return { name: "AES-GCM", iv: salt, additionalData: new TextEncoder().encode(at) };
  }

  async keep(form) {
    const said = JSON.stringify(Object.fromEntries(this.fields(form).map((one) => [one.name, one.value])));
    const salt = crypto.getRandomValues(new Uint8Array(12));
    const at = Date.now();
    const turn = (form.turn = (form.turn ?? 0) + 1);
    const key = await this.key;
    if (!key) return;
    const locked = await crypto.subtle.encrypt(this.cipher(salt, at), key, new TextEncoder().encode(said));
    if (this.key && turn === form.turn) sessionStorage.setItem(this.name(form), `${at}.${hex(salt)}${hex(locked)}`);
  }

  async read(name) {
    const [at, locked] = sessionStorage.getItem(name)?.split(".") ?? [];
    const key = locked && (await this.key);
    if (!key) return null;
    try {
      const cipher = this.cipher(bytes(locked.slice(0, 24)), at);
      const said = await crypto.subtle.decrypt(cipher, key, bytes(locked.slice(24)));
      return this.key && { at: Number(at), texts: JSON.parse(new TextDecoder().decode(said)) };
    } catch {
      // Locked with the key of an earlier password: nobody can read it any more.
    }
    sessionStorage.removeItem(name);
    return null;
  }

  offer(form, before) {
    const box = this.querySelector("template").content.cloneNode(true).firstElementChild;
    const time = new Date(before.at).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });
    box.querySelector("time").textContent = time.replace(":", ".");
    box.querySelector("[data-back]").addEventListener("click", () => {
      for (const one of this.fields(form)) one.value = before.texts[one.name] ?? one.value;
      form.unsaved = true;
      box.remove();
      this.fields(form)[0].focus();
    });
    box.querySelector("[data-away]").addEventListener("click", () => {
      sessionStorage.removeItem(this.name(form));
      box.remove();
      this.fields(form)[0].focus();
    });
    form.prepend(box);
  }
}

customElements.define("kept-typing", KeptTyping);

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-kopieer]");
  if (!button) return;
  const text = document.getElementById(button.dataset.kopieer);
  text.select();
  const copied = await navigator.clipboard?.writeText(text.value).then(() => true, () => false);
  if ((copied || document.execCommand("copy")) && button.dataset.gekopieerd) button.textContent = button.dataset.gekopieerd;
});
