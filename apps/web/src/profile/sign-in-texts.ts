import type { Text } from '#contracts/text.js';

/** Words of the sign-in page; they come with it and not with the inbox. */
export const signInTexts = {
  forgot: { vi: 'Quên mật khẩu?', en: 'Forgot your password?' },
  forgotIntro: {
    vi: 'Nhập thư điện tử của tài khoản. Nếu có tài khoản như vậy, một liên kết đặt mật khẩu sẽ được gửi tới đó.',
    en: 'Enter the e-mail address of your account. If there is such an account, a link to set a password goes there.',
  },
  sendLink: { vi: 'Gửi liên kết', en: 'Send the link' },
  linkSent: {
    vi: 'Đã nhận yêu cầu. Nếu địa chỉ này có tài khoản, hãy xem hộp thư trong ít phút; liên kết dùng được một lần.',
    en: 'Received. If this address has an account, look into its mailbox in a few minutes; the link works once.',
  },
  backToSignIn: { vi: 'Về trang đăng nhập', en: 'Back to signing in' },
  codeAwaited: {
    vi: 'Nhập mã của ứng dụng xác thực, hoặc một mã dự phòng, để hoàn tất đăng nhập.',
    en: 'Enter the code of your authenticator application, or a recovery code, to finish signing in.',
  },
  setUpAwaited: {
    vi: 'Vai trò của bạn phải có xác thực hai bước. Bật ngay bây giờ, rồi bạn vào được hệ thống.',
    en: 'Your role needs a second factor. Set it up now, and the system opens.',
  },
  or: { vi: 'hoặc', en: 'or' },
  signInWith: { vi: 'Đăng nhập bằng {name}', en: 'Sign in with {name}' },
  sessionOver: { vi: 'Phiên làm việc đã kết thúc', en: 'Your session has ended' },
  sessionOverWhy: {
    vi: 'Đăng nhập lại để làm tiếp. Những gì bạn đang ghi trên trang này vẫn còn nguyên.',
    en: 'Sign in again to go on. What you were writing on this page is still here.',
  },
  signInElsewhere: { vi: 'Đăng nhập ở thẻ mới', en: 'Sign in in a new tab' },
  signInElsewhereWhy: {
    vi: 'Đăng nhập xong thì quay lại đây, trang tự tiếp tục.',
    en: 'Then come back here: the page goes on by itself.',
  },
} as const satisfies Record<string, Text>;
