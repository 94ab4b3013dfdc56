import type { Text } from '#contracts/text.js';
import type { AccountTemplate } from './mail-template.js';
import type { NoticeText } from './notice-texts.js';

/** Mails about the reader's own account. None says where somebody signed in from: that is read after signing in. */
export const accountTexts: Readonly<Record<AccountTemplate, NoticeText>> = {
  accountInvitation: {
    tone: 'plain',
    headline: { vi: 'Mời bạn dùng Thông Hành', en: 'You are invited to Thông Hành' },
    body: {
      vi: 'Quản trị viên đã tạo tài khoản cho bạn. Mở liên kết để tự đặt mật khẩu; liên kết dùng được một lần, trong 7 ngày.',
      en: 'The administrator made an account for you. Open the link to set your password; it works once, for 7 days.',
    },
  },
  passwordReset: {
    tone: 'warning',
    headline: { vi: 'Đặt lại mật khẩu', en: 'Set a new password' },
    body: {
      vi: 'Có người xin đặt lại mật khẩu của bạn. Nếu là bạn, mở liên kết; liên kết dùng được một lần, trong 24 giờ. Nếu không phải bạn, bỏ qua thư này: mật khẩu chưa đổi.',
      en: 'Somebody asked for a new password for your account. If it was you, open the link; it works once, for 24 hours. If not, ignore this mail: your password is unchanged.',
    },
  },
  newSignIn: {
    tone: 'warning',
    headline: { vi: 'Đăng nhập từ nơi mới', en: 'A sign-in from somewhere new' },
    body: {
      vi: 'Tài khoản của bạn vừa được đăng nhập từ một địa chỉ hoặc trình duyệt chưa dùng trước đây. Nếu không phải bạn, mở Tài khoản của tôi, đăng xuất phiên lạ rồi đổi mật khẩu ngay.',
      en: 'Your account was just signed in to from an address or a browser not used before. If it was not you, open your profile, end that session and change your password at once.',
    },
  },
  passwordChanged: {
    tone: 'warning',
    headline: { vi: 'Mật khẩu đã đổi', en: 'Your password was changed' },
    body: {
      vi: 'Mật khẩu của bạn vừa được đổi và các phiên khác đã bị đăng xuất. Nếu không phải bạn, báo ngay quản trị viên.',
      en: 'Your password was just changed and every other session was ended. If it was not you, tell the administrator at once.',
    },
  },
  secondFactorChanged: {
    tone: 'warning',
    headline: { vi: 'Xác thực hai bước đã thay đổi', en: 'Your second factor was changed' },
    body: {
      vi: 'Xác thực hai bước của tài khoản vừa được bật, tắt hoặc có mã dự phòng mới. Nếu không phải bạn, báo ngay quản trị viên.',
      en: 'The second factor of your account was just switched on or off, or has new recovery codes. If it was not you, tell the administrator at once.',
    },
  },
};

export const setPasswordLabel: Text = { vi: 'Đặt mật khẩu', en: 'Set the password' };
export const profileLabel: Text = { vi: 'Mở tài khoản của tôi', en: 'Open my profile' };
