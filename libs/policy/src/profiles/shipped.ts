import type { ProvinceProfile } from '../profile.js';
import { daNangProfile } from './da-nang.js';
import { dongNaiProfile } from './dong-nai.js';
import { haNoiProfile } from './ha-noi.js';
import { thaiNguyenProfile } from './thai-nguyen.js';
import { tuyenQuangProfile } from './tuyen-quang.js';

/** What the product brings along. A province starts from the one of its code and keeps its own versions from then on. */
export const shippedProfiles: readonly ProvinceProfile[] = [
  tuyenQuangProfile,
  thaiNguyenProfile,
  dongNaiProfile,
  haNoiProfile,
  daNangProfile,
];
