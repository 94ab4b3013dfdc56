import { z } from 'zod';
import { roles } from '#contracts/roles.js';
import type { Text } from '#contracts/text.js';
import { isKeyRing, isSigningKey } from './secrets.js';

/** What a person needs to know about one variable; the README's table is generated from these notes. */
export interface VariableNote {
  readonly meaning: Text;
  /** The default in words, when it depends on other variables. Absent: the schema's own default. */
  readonly defaultText?: Text;
  /** True: the value must never be printed or logged. */
  readonly secret?: boolean;
}

const notes = z.registry<VariableNote>();

const note = (vi: string, en: string, more: Omit<VariableNote, 'meaning'> = {}): VariableNote => ({
  meaning: { vi, en },
  ...more,
});

const url = (protocols: readonly string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.replace(':', '')),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
    );
/** User and password are there, and what is percent-encoded can be read. */
const namesAnAccount = (value: string) => {
  if (!URL.canParse(value)) return false;
  const { username, password, pathname } = new URL(value);
  return [username, password].every((part) => part !== '') && !/%(?![0-9a-f]{2})/i.test(username + password + pathname);
};
const wholeNumber = (limits: { from: number; to: number }) => {
  const sentence = `must be a whole number from ${limits.from} to ${limits.to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((value) => value >= limits.from && value <= limits.to, sentence);
};

/** Every environment variable this product reads. There is no other place where one is read. */
export const environmentSchema = z.object({
  DATABASE_URL: url(['postgres', 'postgresql']).register(
    notes,
    note(
      'Địa chỉ PostgreSQL (16 trở lên). `npm start` tự đặt.',
      'PostgreSQL address (16 or later). `npm start` sets it.',
      {
        secret: true,
        defaultText: { vi: 'bắt buộc', en: 'required' },
      },
    ),
  ),
  MIGRATION_DATABASE_URL: url(['postgres', 'postgresql'])
    .optional()
    .register(
      notes,
      note(
        'Địa chỉ với vai trò sở hữu lược đồ, chỉ dùng để cập nhật lược đồ; khi đó vai trò của DATABASE_URL chỉ đọc, ghi dữ liệu.',
        'Address with the role that owns the schema, for migrations alone; the role of DATABASE_URL then only reads and writes rows.',
        { secret: true, defaultText: { vi: 'như `DATABASE_URL`', en: 'the same as `DATABASE_URL`' } },
      ),
    ),
  PLAIN_CONNECTIONS: z
    .string()
    .regex(
      /^(database|queue|mail)(,(database|queue|mail)){0,2}$/,
      'must be database, queue, mail, or several with a comma',
    )
    .optional()
    .register(
      notes,
      note(
        'Kết nối được phép không mã hóa khi NODE_ENV=production: database, queue, mail (chỉ khi cùng một mạng riêng).',
        'Connections that may go without TLS with NODE_ENV=production: database, queue, mail (within one private network only).',
        {
          defaultText: {
            vi: 'không có: phải có `sslmode=require` trở lên, `rediss://`, và máy chủ thư có STARTTLS hoặc `smtps://`, trừ trên cùng máy',
            en: 'none: `sslmode=require` or better, `rediss://`, and a mail server with STARTTLS or `smtps://` are needed, except on the same machine',
          },
        },
      ),
    ),
  DATABASE_POOL_SIZE: wholeNumber({ from: 1, to: 200 })
    .prefault('10')
    .register(notes, note('Số kết nối tối đa của mỗi tiến trình.', 'Connections each process may hold.')),
  REDIS_URL: url(['redis', 'rediss'])
    .optional()
    .register(
      notes,
      note('Địa chỉ Redis cho hàng đợi.', 'Redis address for the queue.', {
        secret: true,
        defaultText: { vi: 'không có: hàng đợi chạy trên PostgreSQL', en: 'none: the queue runs on PostgreSQL' },
      }),
    ),
  QUEUE_BACKEND: z
    .enum(['redis', 'postgres'])
    .optional()
    .register(
      notes,
      note('Nơi chạy hàng đợi: redis hoặc postgres.', 'Where the queue runs: redis or postgres.', {
        defaultText: {
          vi: '`redis` khi có REDIS_URL, nếu không `postgres`',
          en: '`redis` with REDIS_URL, otherwise `postgres`',
        },
      }),
    ),
  SMTP_URL: url(['smtp', 'smtps'])
    .prefault('smtp://127.0.0.1:1025')
    .register(notes, note('Máy chủ gửi thư.', 'Outgoing mail server.', { secret: true })),
  SMTP_CONNECTIONS: wholeNumber({ from: 1, to: 50 })
    .prefault('10')
    .register(
      notes,
      note(
        'Số thư gửi cùng lúc, mỗi thư một kết nối tới máy chủ thư.',
        'Mails sent at the same time, one connection to the mail server each.',
      ),
    ),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\s]+$/, 'must be an e-mail address, or a name with the address in angle brackets')
    .prefault('Thông Hành <thong-hanh@localhost.localdomain>')
    .register(notes, note('Người gửi ghi trên thư.', 'Sender shown on mails.')),
  MAIL_BOUNCE_ADDRESS: z
    .email('must be a mail address')
    .optional()
    .register(
      notes,
      note(
        'Địa chỉ nhận báo cáo không giao được thư (người gửi trên phong bì SMTP).',
        'Address delivery reports go to (the sender of the SMTP envelope).',
        { defaultText: { vi: 'địa chỉ trong `MAIL_FROM`', en: 'the address in `MAIL_FROM`' } },
      ),
    ),
  DELIVERY_REPORTS_DIR: z
    .string()
    .optional()
    .register(
      notes,
      note(
        'Hộp thư (dạng Maildir) nhận báo cáo không giao được thư; máy chủ thư hoặc fetchmail, mbsync chuyển thư vào đó.',
        'Mailbox (in Maildir form) of delivery reports; the mail server, or fetchmail or mbsync, delivers into it.',
        { defaultText: { vi: 'không có: chỉ đọc câu trả lời SMTP', en: 'none: SMTP answers only' } },
      ),
    ),
  DELIVERY_REPORTS_IMAP_URL: url(['imap', 'imaps'])
    .refine(namesAnAccount, 'must name the user and the password: imaps://USER:PASSWORD@HOST/FOLDER')
    .optional()
    .register(
      notes,
      note(
        'Hộp thư IMAP nhận báo cáo không giao được thư: imaps://TÊN:MẬT_KHẨU@máy/THƯ_MỤC (imap:// thì máy chủ phải có STARTTLS); chỉ đọc thư chưa xem rồi đánh dấu đã xem.',
        'IMAP mailbox of delivery reports: imaps://USER:PASSWORD@host/FOLDER (with imap:// the server must offer STARTTLS); only unseen mails are read, and marked as seen.',
        { secret: true, defaultText: { vi: 'không có', en: 'none' } },
      ),
    ),
  PUBLIC_URL: url(['http', 'https'])
    .optional()
    .register(
      notes,
      note(
        'Địa chỉ người dùng mở, dùng trong liên kết của thư và cookie.',
        'Address people open; used in mail links and for cookies.',
        {
          defaultText: { vi: '`http://HOST:PORT`', en: '`http://HOST:PORT`' },
        },
      ),
    ),
  HSTS_SUBDOMAINS: z
    .enum(['on', 'off'])
    .prefault('off')
    .register(
      notes,
      note(
        '`on`: khi PUBLIC_URL là https, trình duyệt cũng chỉ mở các tên miền con bằng https (HSTS includeSubDomains). Chỉ bật khi mọi tên miền con đều có https.',
        '`on`: with PUBLIC_URL on https, browsers open the subdomains by https only, too (HSTS includeSubDomains). Only where each of them has https.',
      ),
    ),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be an address or a host name')
    .prefault('127.0.0.1')
    .register(notes, note('Địa chỉ máy chủ lắng nghe.', 'Address the server listens on.')),
  PORT: wholeNumber({ from: 1, to: 65535 })
    .prefault('3000')
    .register(notes, note('Cổng của trang và API.', 'Port of the pages and the API.')),
  TRUSTED_PROXIES: wholeNumber({ from: 0, to: 10 })
    .prefault('0')
    .register(
      notes,
      note(
        'Số máy chủ trung gian đứng trước, để biết địa chỉ thật của người gọi.',
        "Proxies in front, to know the caller's real address.",
      ),
    ),
  DATA_DIR: z
    .string()
    .prefault('.data')
    .register(notes, note('Thư mục dữ liệu của `npm start`.', 'Data folder of `npm start`.')),
  STORAGE_DIR: z
    .string()
    .optional()
    .register(
      notes,
      note('Thư mục tệp hồ sơ.', 'Folder of the dossier files.', {
        defaultText: { vi: '`DATA_DIR/files`', en: '`DATA_DIR/files`' },
      }),
    ),
  STORAGE_S3_URL: url(['http', 'https'])
    .optional()
    .register(
      notes,
      note(
        'Kho S3 giữ tệp hồ sơ thay cho thư mục: https://KHÓA:BÍ_MẬT@máy/bucket/tiền-tố?region=….',
        'S3-compatible store for the dossier files instead of the folder: https://KEY:SECRET@host/bucket/prefix?region=….',
        {
          secret: true,
          defaultText: { vi: 'không có: tệp nằm ở STORAGE_DIR', en: 'none: files lie in STORAGE_DIR' },
        },
      ),
    ),
  CLAMAV: z
    .string()
    .regex(/^(\/.+|[A-Za-z0-9.-]+:\d{1,5})$/, 'must be the path of a socket, or HOST:PORT')
    .optional()
    .register(
      notes,
      note(
        'Nơi clamd lắng nghe (đường dẫn socket, hoặc MÁY:CỔNG); có thì mọi tệp tải lên được quét, không trả lời thì không nhận.',
        'Where clamd listens (path of its socket, or HOST:PORT); then every upload is scanned, and none is taken without an answer.',
        { defaultText: { vi: 'không có: không quét', en: 'none: no scan' } },
      ),
    ),
  UPLOAD_LIMIT_MB: wholeNumber({ from: 1, to: 200 })
    .prefault('20')
    .register(notes, note('Cỡ tệp lớn nhất được nhận (MB).', 'Largest file accepted (MB).')),
  RATE_LIMIT_ACCOUNT: wholeNumber({ from: 0, to: 10_000_000 })
    .prefault('3000')
    .register(
      notes,
      note(
        'Số yêu cầu API mỗi phút của một tài khoản, tính riêng từng tiến trình; 0: không giới hạn.',
        'API requests a minute of one account, for each process; 0: no limit.',
      ),
    ),
  RATE_LIMIT_ADDRESS: wholeNumber({ from: 0, to: 10_000_000 })
    .prefault('12000')
    .register(
      notes,
      note(
        'Số yêu cầu API mỗi phút từ một địa chỉ mạng (cả cơ quan có thể chung một địa chỉ); 0: không giới hạn.',
        'API requests a minute from one network address, which a whole office may share; 0: no limit.',
      ),
    ),
  WEB_DIR: z
    .string()
    .prefault('dist/web')
    .register(notes, note('Thư mục bản dựng của giao diện web.', 'Folder of the built web interface.')),
  CLOCK: z
    .enum(['system', 'trial', 'manual'])
    .prefault('system')
    .register(
      notes,
      note(
        '`trial`: giờ thật, ai cũng tua tới được trên trang (`npm start` với tỉnh dùng thử tự đặt); `manual`: đồng hồ đứng yên tới khi chỉnh tay, cho kiểm thử và bản đi qua quy trình.',
        '`trial`: real time that anybody may move on from the page (`npm start` with the demo province sets it); `manual`: a clock that stands until set by hand, for tests and the walk-through.',
      ),
    ),
  SESSION_TTL_HOURS: wholeNumber({ from: 1, to: 720 })
    .prefault('12')
    .register(notes, note('Phiên đăng nhập dài nhất (giờ).', 'Longest session (hours).')),
  SESSION_IDLE_MINUTES: wholeNumber({ from: 5, to: 43_200 })
    .prefault('120')
    .register(
      notes,
      note('Phiên không dùng trong bao lâu thì hết (phút).', 'Minutes after which an unused session is over.'),
    ),
  WORKER_CONCURRENCY: wholeNumber({ from: 1, to: 64 })
    .prefault('4')
    .register(notes, note('Số việc một tiến trình nền làm cùng lúc.', 'Jobs one worker runs at the same time.')),
  WORKER_HEALTH_PORT: wholeNumber({ from: 1, to: 65535 })
    .optional()
    .register(
      notes,
      note(
        'Cổng 127.0.0.1 để tiến trình nền trả lời `/health/live`.',
        'Port on 127.0.0.1 where a worker answers `/health/live`.',
        { defaultText: { vi: 'không có: không lắng nghe', en: 'none: it does not listen' } },
      ),
    ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .prefault('info')
    .register(notes, note('Mức nhật ký.', 'Log level.')),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .prefault('development')
    .register(notes, note('`production` từ chối đồng hồ chỉnh tay.', '`production` refuses the manual clock.')),
  DEMO_PASSWORD: z
    .string()
    .min(12, 'must have at least 12 characters')
    .optional()
    .register(
      notes,
      note(
        'Mật khẩu của các tài khoản dùng thử; `npm start` tự tạo.',
        'Password of the demo accounts; `npm start` generates it.',
        {
          secret: true,
          defaultText: { vi: 'không có', en: 'none' },
        },
      ),
    ),
  AUDIT_SIGNING_KEY: z
    .string()
    .refine(isSigningKey, 'must be an Ed25519 private key: PEM, or PKCS8 DER in base64')
    .optional()
    .register(
      notes,
      note(
        'Khóa riêng Ed25519 ký điểm kiểm nhật ký và gói hồ sơ xuất ra. `npm start` tự tạo.',
        'Ed25519 private key that signs audit checkpoints and exported cases. `npm start` makes one.',
        {
          secret: true,
          defaultText: { vi: 'bắt buộc khi NODE_ENV=production', en: 'required with NODE_ENV=production' },
        },
      ),
    ),
  AUDIT_DIR: z
    .string()
    .optional()
    .register(
      notes,
      note(
        'Thư mục giữ bản sao điểm kiểm nhật ký; nên nằm ở máy hoặc ổ khác với cơ sở dữ liệu.',
        'Folder for copies of the audit checkpoints; should lie on another machine or disk than the database.',
        { defaultText: { vi: '`DATA_DIR/audit`', en: '`DATA_DIR/audit`' } },
      ),
    ),
  AUDIT_INTERVAL_SECONDS: wholeNumber({ from: 1, to: 86_400 })
    .prefault('300')
    .register(notes, note('Khoảng cách giữa hai điểm kiểm (giây).', 'Seconds between two audit checkpoints.')),
  DATA_KEYS: z
    .string()
    .refine(isKeyRing, 'must be a list NAME:BASE64 of 32-byte keys, separated by commas; the first one encrypts')
    .optional()
    .register(
      notes,
      note(
        'Khóa AES-256 mã hóa số hộ chiếu, ngày sinh (TÊN:BASE64, cách nhau dấu phẩy; khóa đầu dùng để mã hóa, các khóa sau để đọc).',
        'AES-256 keys for passport numbers and birth dates (NAME:BASE64, comma separated; the first encrypts, the others still read).',
        {
          secret: true,
          defaultText: { vi: 'bắt buộc khi NODE_ENV=production', en: 'required with NODE_ENV=production' },
        },
      ),
    ),
  LOCAL_SIGN_IN: z
    .enum(['on', 'off'])
    .prefault('on')
    .register(
      notes,
      note(
        '`off`: không đăng nhập bằng mật khẩu của hệ thống, chỉ qua OIDC_ISSUER.',
        '`off`: nobody signs in with a password of this system, only through OIDC_ISSUER.',
      ),
    ),
  SECOND_FACTOR_FOR: z
    .string()
    .regex(
      new RegExp(`^(none|all|(${roles.join('|')})(,(${roles.join('|')}))*)$`),
      `must be none, all, or roles separated by commas: ${roles.join(', ')}`,
    )
    .prefault('none')
    .register(
      notes,
      note(
        'Ai phải bật xác thực hai bước: none, all, hoặc các vai trò cách nhau dấu phẩy. Ai chưa bật thì phải bật ngay ở yêu cầu kế tiếp, kể cả đang đăng nhập.',
        'Who needs a second factor: none, all, or roles separated by commas. Who has none sets it up at the next request, also when signed in already.',
      ),
    ),
  PROVIDER_SECOND_FACTOR: z
    .enum(['provider', 'own'])
    .prefault('provider')
    .register(
      notes,
      note(
        '`own`: sau khi đăng nhập qua OIDC_ISSUER vẫn hỏi mã xác thực của hệ thống này; `provider`: để dịch vụ đó lo.',
        '`own`: our second factor is asked for after a sign-in through OIDC_ISSUER, too; `provider`: it is the matter of that service.',
      ),
    ),
  OIDC_ISSUER: url(['https', 'http'])
    .optional()
    .register(
      notes,
      note(
        'Địa chỉ dịch vụ đăng nhập chung của tỉnh (OpenID Connect).',
        "Address of the province's own sign-in service (OpenID Connect).",
        { defaultText: { vi: 'không có', en: 'none' } },
      ),
    ),
  OIDC_CLIENT_ID: z
    .string()
    .optional()
    .register(
      notes,
      note('Tên của hệ thống này tại dịch vụ đó.', 'Name of this system at that service.', {
        defaultText: { vi: 'bắt buộc khi có OIDC_ISSUER', en: 'required with OIDC_ISSUER' },
      }),
    ),
  OIDC_CLIENT_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .register(
      notes,
      note('Khóa của hệ thống này tại dịch vụ đó.', 'Secret of this system at that service.', {
        secret: true,
        defaultText: { vi: 'không có: chỉ dùng PKCE', en: 'none: PKCE alone' },
      }),
    ),
  OIDC_NAME: z
    .string()
    .min(1)
    .max(60)
    .prefault('tài khoản của tỉnh')
    .register(notes, note('Tên ghi trên nút "Đăng nhập bằng …".', 'Name on the button "Sign in with …".')),
  OIDC_SCOPE: z
    .string()
    .regex(/(^| )openid( |$)/, 'must contain the word openid')
    .prefault('openid email')
    .register(notes, note('Phạm vi xin dịch vụ đó.', 'Scope asked of that service.')),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http', 'https'])
    .optional()
    .register(
      notes,
      note(
        'Máy thu vết OpenTelemetry (OTLP qua HTTP, không kèm /v1/traces).',
        'OpenTelemetry collector for traces (OTLP over HTTP, without /v1/traces).',
        { defaultText: { vi: 'không có: không ghi vết, không nạp gì thêm', en: 'none: no traces, nothing loaded' } },
      ),
    ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .register(
      notes,
      note(
        'Mã để đọc `/metrics` (Authorization: Bearer …).',
        'Token for reading `/metrics` (Authorization: Bearer …).',
        {
          secret: true,
          defaultText: {
            vi: 'không có: `/metrics` mở, riêng production thì đóng',
            en: 'none: `/metrics` is open, in production closed',
          },
        },
      ),
    ),
});

export type EnvironmentName = keyof typeof environmentSchema.shape;

export interface VariableDescription extends VariableNote {
  readonly name: EnvironmentName;
  readonly default: Text;
  readonly secret: boolean;
}

/** One row a variable, in the order a person reads them; source of the README's configuration table. */
export function describeEnvironment(): readonly VariableDescription[] {
  return environmentNames.map((name) => {
    const schema = environmentSchema.shape[name];
    const described = notes.get(schema);
    if (described === undefined) throw new Error(`The variable ${name} has no note; write one beside its schema.`);
    const own = schema instanceof z.ZodPrefault ? `\`${String(schema.def.defaultValue)}\`` : '';
    return {
      ...described,
      name,
      secret: described.secret ?? false,
      default: described.defaultText ?? { vi: own, en: own },
    };
  });
}

export const environmentNames = Object.keys(environmentSchema.shape) as readonly EnvironmentName[];

/** A secret may also lie in a file: `DATABASE_URL_FILE` names it. */
export const secretNames: readonly EnvironmentName[] = environmentNames.filter(
  (name) => notes.get(environmentSchema.shape[name])?.secret === true,
);
