import http from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly cookie: string | null;
}

/** Keeps its connections, one for each client; far cheaper than fetch, so that the load generator is not what is measured. */
export class HttpClient {
  readonly #agent: http.Agent;
  readonly #base: URL;

  constructor(base: string, { connections }: { connections: number }) {
    this.#base = new URL(base);
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  get(path: string, cookie: string): Promise<Answer> {
    return this.#send({ method: 'GET', path, headers: { cookie } });
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const bytes = Buffer.from(JSON.stringify(body));
    return this.#send({ method: 'POST', path, headers: { ...headers, 'content-type': 'application/json' }, bytes });
  }

  /** One small PDF and text fields. */
  upload(path: string, fields: Record<string, string>, cookie: string): Promise<Answer> {
    const boundary = 'bench-7f3a9c';
    const parts = Object.entries(fields).map(
      ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n`;
    const bytes = Buffer.from(`${parts.join('')}${file}%PDF-1.4\n%%EOF\n\r\n--${boundary}--\r\n`);
    const headers = { cookie, 'content-type': `multipart/form-data; boundary=${boundary}` };
    return this.#send({ method: 'POST', path, headers, bytes });
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(given: { method: string; path: string; headers: Record<string, string>; bytes?: Buffer }): Promise<Answer> {
    const { method, path, headers, bytes } = given;
    const length = bytes && { 'content-length': String(bytes.length) };
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          agent: this.#agent,
          host: this.#base.hostname,
          port: this.#base.port,
          method,
          path,
          headers: { ...headers, ...length },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const cookie = response.headers['set-cookie']?.[0]?.split(';', 1)[0] ?? null;
            resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text), cookie });
          });
        },
      );
      request.once('error', reject);
      request.end(bytes);
    });
  }
}
