/** A failure a person can act on: what is wrong and what to do, in both languages. Everything else is a fault. */
export class LaunchError extends Error {
  constructor(vi, en, options) {
    super(`${vi} (${en})`, options);
    this.name = 'LaunchError';
    this.vi = vi;
    this.en = en;
  }
}

/** Prints a failure and gives the exit status that goes with it; a fault keeps its stack for the person who mends it. */
export function reportFailure(error) {
  if (error instanceof LaunchError) process.stderr.write(`\n✗ ${error.vi}\n  ${error.en}\n`);
  else process.stderr.write(`\n✗ ${error?.stack ?? error}\n`);
  return 1;
}

/** Turns a file system failure in the data folder into the sentence that says what to do. */
export function folderFailure(folder, error) {
  switch (error?.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'ENOENT':
    case 'EEXIST':
      return new LaunchError(
        `Không ghi được vào thư mục dữ liệu ${folder} (${error.code}). Cấp quyền ghi cho thư mục này, hoặc chọn thư mục khác: DATA_DIR=/duong/dan npm start`,
        `The data folder ${folder} cannot be written (${error.code}). Give this user the right to write there, or choose another: DATA_DIR=/some/path npm start`,
        { cause: error },
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return fullDisk(folder, error);
    default:
      return error;
  }
}

export function fullDisk(folder, cause) {
  return new LaunchError(
    `Ổ đĩa chứa ${folder} đã đầy. Giải phóng chỗ trống (cần ít nhất 300 MB), hoặc đặt DATA_DIR sang ổ khác, rồi chạy lại.`,
    `The disk that holds ${folder} is full. Free some space (300 MB at least), or point DATA_DIR at another disk, and start again.`,
    { cause },
  );
}
