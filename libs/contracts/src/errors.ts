import type { Text } from './text.js';

interface ErrorRow {
  readonly status: number;
  readonly retryable: boolean;
  readonly text: Text;
}

/**
 * Every refusal the product can answer with. `text` is the general sentence; the details of one refusal
 * travel beside it in `AppError.details` and, for a refused event, in the rule's own sentence.
 */
export const errorCodes = {
  VALIDATION_FAILED: row(
    400,
    false,
    'Dữ liệu gửi lên chưa đúng. Xem chi tiết ở từng trường.',
    'The data sent is not valid. See the details of each field.',
  ),
  UNAUTHENTICATED: row(401, false, 'Cần đăng nhập để tiếp tục.', 'Sign in to continue.'),
  SIGN_IN_FAILED: row(401, false, 'Thư điện tử hoặc mật khẩu không đúng.', 'The e-mail or the password is wrong.'),
  SECOND_FACTOR_REQUIRED: row(
    401,
    false,
    'Nhập mã của ứng dụng xác thực để hoàn tất đăng nhập.',
    'Enter the code of your authenticator application to finish signing in.',
  ),
  SECOND_FACTOR_SET_UP_REQUIRED: row(
    403,
    false,
    'Tài khoản của bạn phải bật xác thực hai bước trước khi dùng tiếp.',
    'Your account needs a second factor before you can go on. Set it up now.',
  ),
  SIGN_IN_AGAIN: row(
    403,
    false,
    'Lần đăng nhập này đã lâu. Đăng xuất, đăng nhập lại rồi làm việc này trong vòng 15 phút.',
    'You signed in too long ago for this. Sign out, sign in again and do it within 15 minutes.',
  ),
  SECOND_FACTOR_WRONG: row(
    401,
    false,
    'Mã xác thực không đúng hoặc đã dùng. Chờ mã mới rồi nhập lại.',
    'The code is wrong or was used already. Wait for the next one.',
  ),
  ACCOUNT_LINK_INVALID: row(
    410,
    false,
    'Liên kết đã dùng, đã hết hạn hoặc đã được thay. Xin quản trị viên cấp liên kết mới.',
    'The link was used, is too old or was replaced. Ask the administrator for a new one.',
  ),
  LOCAL_SIGN_IN_OFF: row(
    403,
    false,
    'Hệ thống này chỉ đăng nhập qua tài khoản của tỉnh, không dùng mật khẩu riêng.',
    'Here people sign in with the account of the province only, not with a password of this system.',
  ),
  PROVIDER_UNREACHABLE: row(
    503,
    true,
    'Dịch vụ đăng nhập của tỉnh chưa trả lời. Thử lại sau ít phút.',
    'The sign-in service of the province does not answer. Try again in a few minutes.',
  ),
  PROVIDER_REFUSED: row(
    403,
    false,
    'Dịch vụ đăng nhập của tỉnh không cho đăng nhập, hoặc bạn đã dừng giữa chừng.',
    'The sign-in service of the province refused, or you stopped half-way.',
  ),
  PROVIDER_ANSWER_INVALID: row(
    400,
    false,
    'Lần đăng nhập này đã quá lâu, đã dùng, hoặc không khớp với trình duyệt này. Hãy đăng nhập lại từ đầu.',
    'This sign-in took too long, was used, or does not belong to this browser. Begin again.',
  ),
  PROVIDER_ACCOUNT_UNKNOWN: row(
    403,
    false,
    'Tài khoản của tỉnh này chưa gắn với ai trong hệ thống. Hỏi quản trị viên.',
    'This account of the province belongs to nobody here yet. Ask the administrator.',
  ),
  FORBIDDEN: row(403, false, 'Bạn không có quyền thực hiện việc này.', 'You may not do this.'),
  CROSS_SITE_REFUSED: row(
    403,
    false,
    'Yêu cầu đến từ một trang khác nên bị từ chối.',
    'The request came from another site and was refused.',
  ),
  NOT_FOUND: row(404, false, 'Không tìm thấy, hoặc bạn không có quyền xem.', 'Not found, or you may not see it.'),
  EVENT_REFUSED: row(
    409,
    false,
    'Việc này chưa thực hiện được ở bước hiện tại.',
    'This cannot be done at the present step.',
  ),
  TASK_ALREADY_DECIDED: row(
    409,
    false,
    'Việc này đã được người khác xử lý.',
    'Somebody else has already decided this.',
  ),
  VERSION_CONFLICT: row(
    412,
    false,
    'Nội dung đã thay đổi từ lúc bạn mở. Tải lại rồi làm tiếp.',
    'It has changed since you opened it. Reload and continue.',
  ),
  PRECONDITION_REQUIRED: row(
    428,
    false,
    'Thiếu phiên bản đang sửa (If-Match).',
    'The version being changed is missing (If-Match).',
  ),
  IDEMPOTENCY_KEY_REUSED: row(
    422,
    false,
    'Khóa chống gửi lặp đã dùng cho một yêu cầu khác.',
    'The idempotency key was used for another request.',
  ),
  SUBSTITUTION_REFUSED: row(
    409,
    false,
    'Không nhận được việc cử người thay thế này.',
    'This substitution is not possible.',
  ),
  MAIL_NOT_RESENDABLE: row(
    409,
    false,
    'Chỉ gửi lại được thư không chắc đã gửi hoặc thư gửi lỗi.',
    'Only a mail that is uncertain or failed can be sent again.',
  ),
  DUPLICATE: row(409, false, 'Đã có bản ghi như vậy.', 'Such a record exists already.'),
  FILE_REJECTED: row(422, false, 'Không nhận được tệp này.', 'This file cannot be accepted.'),
  FILE_TOO_LARGE: row(413, false, 'Tệp quá lớn.', 'The file is too large.'),
  REQUEST_TOO_LARGE: row(413, false, 'Nội dung gửi lên quá lớn.', 'The request is too large.'),
  UNSUPPORTED_MEDIA_TYPE: row(
    415,
    false,
    'Chỉ nhận nội dung JSON hoặc tệp gửi theo biểu mẫu (multipart).',
    'Only JSON or multipart content is accepted.',
  ),
  TOO_MANY_REQUESTS: row(
    429,
    true,
    'Gửi quá nhiều yêu cầu trong một phút. Chờ ít giây rồi thử lại.',
    'Too many requests within a minute. Wait a few seconds and try again.',
  ),
  TOO_MANY_ATTEMPTS: row(
    429,
    true,
    'Thử quá nhiều lần. Chờ ít phút rồi thử lại.',
    'Too many attempts. Wait a few minutes and try again.',
  ),
  UNKNOWN_DEFINITION: row(
    500,
    false,
    'Hồ sơ thuộc một phiên bản quy trình mà máy chủ này không có.',
    'The case runs on a workflow version this server does not know.',
  ),
  SNAPSHOT_BROKEN: row(
    500,
    false,
    'Trạng thái lưu của hồ sơ không đọc được.',
    'The stored state of the case cannot be read.',
  ),
  CHAIN_BROKEN: row(500, false, 'Chuỗi nhật ký của hồ sơ không khớp.', 'The event chain of the case does not match.'),
  INTERNAL: row(
    500,
    true,
    'Máy chủ gặp lỗi. Hãy thử lại; nếu còn lỗi, báo quản trị kèm mã yêu cầu.',
    'The server failed. Try again; if it fails again, tell the administrator the request id.',
  ),
  UNAVAILABLE: row(
    503,
    true,
    'Hệ thống đang khởi động hoặc bận. Thử lại sau ít giây.',
    'The system is starting or busy. Try again in a few seconds.',
  ),
} satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errorCodes;

function row(status: number, retryable: boolean, vi: string, en: string): ErrorRow {
  return { status, retryable, text: { vi, en } };
}

/** What a refusal may carry to the person: never personal data, never a secret. */
export interface ErrorDetails {
  /** A more exact sentence than the code's own. */
  readonly text?: Text;
  /** Field problems: path as `members.0.fullName`. */
  readonly fields?: readonly { path: string; text: Text }[];
  readonly [key: string]: unknown;
}

/** An expected refusal. Branch on `code`, never on `message`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code}: ${details.text?.en ?? errorCodes[code].text.en}`, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
