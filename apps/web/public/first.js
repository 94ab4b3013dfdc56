// What every page asks first, asked while the application itself is still on its way; src/api/client.ts takes the answers.
{
  const ask = (path) =>
    fetch(`/api/v1${path}`, { headers: { accept: 'application/json' }, credentials: 'same-origin' }).catch(() => null);
  const paths = location.pathname === '/' ? ['/me', '/inbox?limit=50'] : ['/me'];
  self.firstAnswers = new Map(paths.map((path) => [path, ask(path)]));
}
