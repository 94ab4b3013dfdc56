import { describe, expect, test } from '@jest/globals';
import { pastedMembers } from './pasted-members';

describe('members pasted from a spreadsheet', () => {
  test('reads the usual columns and leaves running numbers out', () => {
    expect(pastedMembers('1\tLê Văn A\tGiám đốc\tSở X\tTrưởng đoàn\n2\tTrần B\tChuyên viên\tSở X\t')).toEqual([
      { personId: null, fullName: 'Lê Văn A', position: 'Giám đốc', organisation: 'Sở X', role: 'leader' },
      { personId: null, fullName: 'Trần B', position: 'Chuyên viên', organisation: 'Sở X', role: 'member' },
    ]);
  });

  test('follows a header row in whatever order it names the columns', () => {
    expect(pastedMembers('STT\tĐơn vị\tHọ và tên\tVai trò\r\n1\tSở Y\tĐỗ C\tPhó trưởng đoàn\r\n')).toEqual([
      { personId: null, fullName: 'Đỗ C', position: '', organisation: 'Sở Y', role: 'deputy' },
    ]);
  });

  test('takes nothing from blank lines', () => {
    expect(pastedMembers('\n\t\t\n')).toEqual([]);
  });
});
