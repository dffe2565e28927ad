// Keeps the page of field notes for when there is no network: the page without anybody's data, and its bundle. Nothing
// else is kept, and no answer of the site. The site puts `KEPT` above this: a version, the page and the files.
const NAME = "veldnotities-";
const PATIENCE = 5000;
const { version, shell, files } = self.KEPT;

self.addEventListener("install", (event) => {
  const fill = async () => {
    const cache = await caches.open(NAME + version);
    await cache.addAll([shell, ...files].map((address) => new Request(address, { cache: "reload" })));
    await self.skipWaiting();
  };
  event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== NAME + version);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

// The site first; without an answer that can be used the page that was kept, which shows what lies on this phone.
async function open(request) {
  const asked = fetch(request);
  const late = new Promise((yes) => setTimeout(yes, PATIENCE));
  const answer = await Promise.race([asked, late]).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await caches.match(shell)) ?? asked;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname === new URL(self.registration.scope).pathname) event.respondWith(open(request));
  } else if (files.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)));
  }
});
