import { loadConfig } from '#libs/config';
import { createApi } from './create-api.js';

const config = loadConfig();
const app = await createApi(config);
// SIGTERM and SIGINT: stop listening, let running requests end, close the connections.
app.enableShutdownHooks();
await app.listen(config.port, config.host);
