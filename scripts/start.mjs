// npm start. This file is plain enough for an old Node to reach the sentence that asks for a newer one.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `\n✗ Cần Node.js 20.19 trở lên; máy này có ${process.versions.node}. Cài bản LTS mới tại https://nodejs.org`,
  );
  console.error(
    `  Node.js 20.19 or later is needed; this is ${process.versions.node}. Install the current LTS from https://nodejs.org`,
  );
  process.exit(1);
}
const { launch } = await import('./launcher.mjs');
await launch();
