import type { FieldProblem, Problem } from '#contracts/problem.js';
import type { Text } from '#contracts/text.js';
import { signedInAgain, somebodyIsHere } from './session-end';

/** An answer as `application/problem+json`; the only error the pages handle. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Text;
  readonly fields: readonly FieldProblem[];
  readonly rules: NonNullable<Problem['rules']>;
  /** Documents, fields and opinions that are not there yet. */
  readonly missing: NonNullable<Problem['missing']>;
  readonly requestId: string | null;

  constructor(status: number, body: Partial<Problem>) {
    super(body.code ?? String(status));
    this.name = 'ApiProblem';
    this.status = status;
    this.code = body.code ?? 'UNAVAILABLE';
    this.text = {
      vi: body.detail ?? 'Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại.',
      en: body.detailEn ?? 'The server cannot be reached. Check the network and try again.',
    };
    this.fields = body.errors ?? [];
    this.rules = body.rules ?? [];
    this.missing = body.missing ?? [];
    this.requestId = body.requestId ?? null;
  }
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly form?: FormData;
  /** Version the change is made to. */
  readonly ifMatch?: number;
  /** One key per intention: a repeated click or a retry does it once. */
  readonly idempotencyKey?: string;
  /** What asks who is signed in does not wait for somebody to sign in. */
  readonly atOnce?: true;
}

declare global {
  interface Window {
    /** Of `public/first.js`: by path, what was asked before the application was here. Each is used once. */
    readonly firstAnswers?: Map<string, Promise<Response | null>>;
  }
}

/** The answer to what was asked already; null where nothing was, or nothing came. */
async function asked(path: string, { method }: RequestOptions): Promise<Response | null> {
  if (method !== undefined && method !== 'GET') return null;
  const early = window.firstAnswers?.get(path);
  window.firstAnswers?.delete(path);
  const answer = await early;
  // What was closed while a second factor was awaited may be open now.
  return answer === undefined || answer?.status === 403 ? null : answer;
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' });
  if (options.body !== undefined) headers.set('content-type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
  if (options.idempotencyKey !== undefined) headers.set('idempotency-key', options.idempotencyKey);
  try {
    return await fetch(`/api/v1${path}`, {
      method: options.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    });
  } catch (cause) {
    throw Object.assign(new ApiProblem(0, {}), { cause });
  }
}

/** The session is no more, or owes a second factor that was not asked for when the page opened. */
const ending: readonly string[] = ['UNAUTHENTICATED', 'SECOND_FACTOR_REQUIRED', 'SECOND_FACTOR_SET_UP_REQUIRED'];
const isSessionOver = ({ code }: ApiProblem) => ending.includes(code) && somebodyIsHere();

/** Throws ApiProblem for every answer that is not 2xx, and when there is no answer. A session that ended is waited for. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = (await asked(path, options)) ?? (await send(path, options));
  const body = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (response.ok) return body as T;
  const problem = new ApiProblem(response.status, body as Partial<Problem>);
  if (options.atOnce || !isSessionOver(problem)) throw problem;
  await signedInAgain();
  return request(path, options);
}

function sendFile<T>(path: string, form: FormData, progress: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', `/api/v1${path}`);
    sending.setRequestHeader('accept', 'application/json');
    sending.responseType = 'json';
    sending.upload.addEventListener('progress', (event) => progress(event.total > 0 ? event.loaded / event.total : 0));
    sending.addEventListener('error', () => reject(new ApiProblem(0, {})));
    sending.addEventListener('load', () => {
      if (sending.status >= 200 && sending.status < 300) resolve(sending.response as T);
      else reject(new ApiProblem(sending.status, (sending.response ?? {}) as Partial<Problem>));
    });
    sending.send(form);
  });
}

/** A file on its way: `progress` is told the part that has left, 0..1. Throws and waits like `request`. */
export async function upload<T>(path: string, form: FormData, progress: (part: number) => void): Promise<T> {
  try {
    return await sendFile<T>(path, form, progress);
  } catch (problem) {
    if (!(problem instanceof ApiProblem && isSessionOver(problem))) throw problem;
    await signedInAgain();
    return upload(path, form, progress);
  }
}

/** Query string from defined values only. */
export function query(values: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
