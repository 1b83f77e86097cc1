/** Admins change things; viewers look. */
export type Role = 'admin' | 'viewer';

export const roleOf = (userId: string, admins: ReadonlySet<string>): Role =>
  admins.has(userId) ? 'admin' : 'viewer';
