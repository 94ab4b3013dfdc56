// Keeps one page for when there is no network. Everything else goes to the server as without it: nothing of a case stays here.
const page = '/offline.html';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open('thong-hanh-offline')
      .then((cache) => cache.add(page))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  if (event.request.mode === 'navigate') event.respondWith(fetch(event.request).catch(() => caches.match(page)));
});
