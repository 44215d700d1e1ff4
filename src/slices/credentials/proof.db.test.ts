import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { reading } from '#platform/db/pools.ts';
import { readBack } from '#platform/documents/read-back.ts';
import { graduation } from '../../../tests/make/graduation.ts';
import { certificateDocument } from './certificate-document.ts';
import { revokeCertificate } from './server/commands/certificates.ts';
import { certificateFor, certificatesIn, proofByCode } from './server/queries/certificates.ts';

let it: Awaited<ReturnType<typeof graduation>>;
let anis: { id: string; number: string; code: string };
let classId = '';
beforeAll(async () => {
	it = await graduation();
	it.nextDay();
	classId = await it.over({ present: ['ani', 'stranger'], hours: 8 });
	await it.issue(classId);
	const found = (await it.certificates(classId)).find(({ name }) => name === 'ani');
	if (!found) throw new Error('no certificate');
	anis = found;
});
afterAll(() => it.close());

const proof = (code: string) => it.sees((db) => proofByCode(db, code));

describe('anybody with the code', () => {
	test('sees that it is genuine, whose it is and for what; of the NIP only what the paper in the hand confirms', async () => {
		const nip = it.nip('ani');
		expect(await proof(anis.code)).toEqual({
			name: 'ani',
			nip: `1985${'•'.repeat(12)}${nip.slice(16)}`,
			program: 'Program PPP',
			hours: 8,
			from: it.today(),
			to: it.today(),
			number: anis.number,
			issuedOn: it.today(),
			agency: 'Pemerintah Kota Uji',
			status: 'valid'
		});
	});

	test('gets nothing else of the person: no whole NIP, no unit, no post, no id, no reason', async () => {
		const told = JSON.stringify(await proof(anis.code));
		for (const hidden of [it.nip('ani'), it.who('ani'), 'Unit pelayanan', 'Pengadministrasi', 'officer'])
			expect(told).not.toContain(hidden);
	});

	test('may type it in small letters with spaces around', async () => {
		expect(await proof(` ${anis.code.toLowerCase()} `)).toMatchObject({ number: anis.number });
	});

	test('and an unknown code is an answer, not an error; part of a code opens nothing', async () => {
		for (const code of ['0000-0000-0000', anis.code.slice(0, 9), `${anis.code.slice(0, -1)}%`, ''])
			expect(await proof(code)).toBeUndefined();
	});

	test('a code opens in its own agency only', async () => {
		const other = newId();
		await it.owner.query(
			`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, 'lain', 'Kota Lain', 'Lain', 'Asia/Jakarta')`,
			[other]
		);
		expect(await reading(other, (db) => proofByCode(db, anis.code), it.db)).toBeUndefined();
	});

	test('the code alone tells which agency gave it out; whoever looks that up sees nothing of the certificate', async () => {
		const asWorker = async (statement: string) => {
			const client = await it.owner.connect();
			try {
				await client.query('begin; set local role asah_worker');
				return (await client.query<{ code: string }>(statement, [anis.code])).rows;
			} finally {
				await client.query('rollback');
				client.release();
			}
		};
		const found = (column: string) =>
			asWorker(
				`select a.code, ${column} from credentials.certificate c join platform.agency a using (agency_id) where c.verify_code = $1`
			);
		expect(await found('c.verify_code')).toHaveLength(1);
		for (const column of ['c.facts', 'c.person_id', 'c.number'])
			await expect(found(column)).rejects.toThrow('permission denied');
	});

	test('codes are long enough not to be guessed, without letters that look like others', async () => {
		for (const { code } of await it.certificates(classId))
			expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
	});
});

describe('the sheet', () => {
	const sheet = (name: string, abilities: Parameters<typeof it.as>[1] = []) =>
		it.sees((db) => certificateFor(db, it.as(name, abilities), anis.id));

	test('opens for its holder and for readers of the unit; for anybody else it does not exist', async () => {
		expect(await sheet('ani')).toMatchObject({ number: anis.number, status: 'valid' });
		expect(await sheet('camat', ['credentials.read'])).toMatchObject({ number: anis.number });
		for (const [name, abilities] of [
			['budi', []],
			['kasi', []],
			['stranger', ['credentials.read']]
		] as const)
			await expect(sheet(name, abilities)).rejects.toMatchObject({ kind: 'missing' });
		await expect(it.sees((db) => certificateFor(db, it.certifier, newId()))).rejects.toMatchObject({
			kind: 'missing'
		});
	});

	test('the list shows what the sheet opens, no more', async () => {
		const names = async (name: string, abilities: Parameters<typeof it.as>[1]) =>
			(await it.sees((db) => certificatesIn(db, it.as(name, abilities), '', 1))).rows.map((row) => row.name);
		expect(await names('camat', ['credentials.read'])).toEqual(['ani']);
		expect(await names('stranger', ['credentials.read'])).toEqual(['stranger']);
		expect(await names('ani', [])).toEqual([]);
		const all = await it.sees((db) => certificatesIn(db, it.certifier, '', 1));
		expect(all).toMatchObject({ total: 2 });
		const sort = { by: 'name', descending: true } as const;
		const turned = await it.sees((db) => certificatesIn(db, it.certifier, '', 1, sort));
		expect(turned.rows.map(({ name }) => name)).toEqual(['stranger', 'ani']);
		const found = await it.sees((db) => certificatesIn(db, it.certifier, anis.number.slice(0, 4), 1));
		expect(found.rows).toMatchObject([{ number: anis.number }]);
		expect((await it.sees((db) => certificatesIn(db, it.certifier, '%', 1))).rows).toEqual([]);
	});

	test('becomes a PDF with the number, the name, the JP and the address to check it at', async () => {
		const url = `https://asah.uji.go.id/verify/uji/${anis.code}`;
		const pdf = await certificateDocument(await sheet('ani'), url);
		expect(Buffer.from(pdf).toString('latin1', 0, 5)).toBe('%PDF-');
		const { pages } = readBack(pdf);
		const face = (pages[0] ?? '').replace(/\s+/gu, ' ');
		for (const part of [anis.number, 'ani', 'Program PPP', '8 JP', 'Unit bkpsdm', 'Berlaku', anis.code])
			expect(face).toContain(part);
		expect(pages[1]).toContain('Standar pelayanan');
	});

	test('is printed from what was true on the day: a later name does not touch it, a revocation does', async () => {
		await it.owner.query(`update people.person set name = 'Ani Baru' where id = $1`, [it.who('ani')]);
		const before = await sheet('ani');
		expect(before.facts.recipient.name).toBe('ani');
		const reason = 'Kehadiran ternyata diwakilkan.';
		await it.does(
			it.certifier,
			revokeCertificate,
			{ certificateId: anis.id, reason },
			{ now: it.at('18:00') }
		);
		const pdf = await certificateDocument(await sheet('ani'), 'https://asah.uji.go.id');
		expect(readBack(pdf).pages[0]).toContain('Dicabut');
		expect(await sheet('ani')).toMatchObject({ status: 'revoked', reason });
		const told = await proof(anis.code);
		expect(told).toMatchObject({ status: 'revoked', number: anis.number });
		expect(JSON.stringify(told)).not.toContain('diwakilkan');
	});
});
