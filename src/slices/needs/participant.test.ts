import { expect, test } from 'vitest';
import { participantOf } from './participant.ts';

test.each([
	['Ani, Kecamatan Marelan', 'Ani', 'Kecamatan Marelan'],
	['Rusli Rangkuti, S.T., M.T., Sekretariat Daerah', 'Rusli Rangkuti, S.T., M.T.', 'Sekretariat Daerah'],
	['Eka Handayani, A.Md.Kep, M.Si, BKPSDM', 'Eka Handayani, A.Md.Kep, M.Si', 'BKPSDM'],
	['Dr. Budi, Ph.D.', 'Dr. Budi, Ph.D.', ''],
	['Wakil Bappeda', 'Wakil Bappeda', ''],
	['Sari, Dinas Kesehatan, Bidang SDK', 'Sari', 'Dinas Kesehatan, Bidang SDK']
])('%s', (line, name, office) => expect(participantOf(line)).toEqual({ name, office }));
