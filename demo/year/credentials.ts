import { addDays } from '#kernel/time.ts';
import {
	issueCertificates,
	reissueCertificate,
	revokeCertificate
} from '#slices/credentials/server/commands/certificates.ts';
import { claimExternal, verifyClaim } from '#slices/credentials/server/commands/claims.ts';
import { measureIp } from '#slices/credentials/server/commands/ip.ts';
import type { HeldClass } from './attendance.ts';
import { canvas } from './picture.ts';
import { act, actorOf, randomOf, read, refreshed, type City, type Staff, type World } from './world.ts';

/** Classes between two looks at how the tables have grown. */
const TOLD_EVERY = 8;

/** Certificates and JP, class by class in the order in which they ended, three days after. */
export async function issueYear(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const { clock } = world;
	const admin = city.actors.trainingAdmin;
	const over = classes
		.filter(({ planned }) => planned.stage === 'certified')
		.toSorted((a, b) => a.endsOn.localeCompare(b.endsOn) || a.index - b.index);
	for (const [at, { classId, endsOn }] of over.entries()) {
		await act(world, issueCertificates, admin, clock.at(addDays(endsOn, 3), '14:00'), { classId });
		if (at % TOLD_EVERY === 0)
			await refreshed(world, 'credentials.certificate', 'credentials.jp_entry', 'credentials.jp_time');
	}
	const first = over[2];
	if (!first) return;
	const [wrong, taken] = await certificatesOf(world, city, first);
	if (wrong)
		await act(world, reissueCertificate, admin, clock.at(addDays(first.endsOn, 12), '10:00'), {
			certificateId: wrong,
			reason: 'Gelar pada sertifikat pertama tertulis salah.'
		});
	if (taken)
		await act(world, revokeCertificate, admin, clock.at(addDays(first.endsOn, 20), '10:00'), {
			certificateId: taken,
			reason: 'Kehadiran pada sesi terakhir ternyata diwakilkan kepada orang lain.'
		});
}

const certificatesOf = (world: World, city: City, one: HeldClass): Promise<string[]> =>
	read(world, city, async (db) => {
		const rows = await db
			.selectFrom('credentials.certificate as c')
			.innerJoin('people.person as p', (join) =>
				join.onRef('p.agency_id', '=', 'c.agency_id').onRef('p.id', '=', 'c.person_id')
			)
			.select('c.id')
			.where('c.agency_id', '=', city.agencyId)
			.where('c.class_id', '=', one.classId)
			.where(
				'p.nip',
				'not in',
				Object.values(city.personas).map(({ nip }) => nip)
			)
			.orderBy('p.nip')
			.limit(2)
			.execute();
		return rows.map(({ id }) => id);
	});

/** The index of this year, so that its page answers on the first day. */
export const measureYear = (world: World, city: City): Promise<unknown> =>
	act(world, measureIp, city.actors.trainingAdmin, world.clock.now, {
		year: Number(world.clock.today.slice(0, 4))
	});

/** Learning elsewhere: what people bring, and what becomes of it. */
const ELSEWHERE = [
	{ form: 'KL06', title: 'Seminar Nasional Transformasi Digital Pemerintah Daerah', amount: 1, days: 1 },
	{ form: 'KL07', title: 'Lokakarya Penyusunan Peta Proses Bisnis', amount: 2, days: 2 },
	{ form: 'KL11', title: 'Sosialisasi Manajemen Risiko Sektor Publik', amount: 1, days: 1 },
	{ form: 'NK03', title: 'MOOC Literasi Digital ASN', amount: 12, days: 4 },
	{ form: 'KL03', title: 'Pelatihan Pengadaan Barang dan Jasa Level 1', amount: 40, days: 5 },
	{ form: 'KL10', title: 'Bimbingan Teknis Pengelolaan Arsip Dinamis', amount: 16, days: 2 }
] as const;
const PROVIDERS = [
	'BPSDM Provinsi Sumatera Utara',
	'LAN RI',
	'Kementerian Dalam Negeri',
	'Universitas Contoh Deli'
];
const CLAIMS = 180;
/** The newest ones lie on the desk of the training office. */
const WAITING = 18;
/** Of them sent back to be mended, because the paper says something else. */
const SENT_BACK = 3;

/** A certificate as a scan looks from afar: a sheet with a frame and lines of grey. */
function scan(): Buffer {
	const sheet = canvas(210, 297, [250, 249, 244]);
	sheet.box(10, 10, 190, 3, [58, 78, 160]);
	sheet.box(10, 284, 190, 3, [58, 78, 160]);
	for (let line = 0; line < 8; line++)
		sheet.box(40 + line * 3, 60 + line * 22, 130 - line * 6, 5, [140, 142, 150]);
	return sheet.png();
}

/** Claims of learning elsewhere, verified by the training office as they came in. */
export async function claimYear(world: World, city: City): Promise<void> {
	const { clock } = world;
	const random = randomOf(world, city, 'claims');
	const admin = city.actors.trainingAdmin;
	const personas = new Set(Object.values(city.personas).map(({ nip }) => nip));
	const others = city.staff.filter(({ nip }) => !personas.has(nip));
	const evidence = { name: 'sertifikat.png', bytes: scan() };
	for (let index = 0; index < CLAIMS; index++) {
		const person: Staff = random.pick(others);
		const { form, title, amount, days } = random.pick(ELSEWHERE);
		const waiting = index >= CLAIMS - WAITING;
		const startsOn = clock.day(waiting ? -random.int(3, 5) : -random.int(6, 40), random.int(0, 5 - days));
		const endsOn = addDays(startsOn, days - 1);
		const told = addDays(endsOn, random.int(2, 9));
		const number = `${random.int(100, 9999)}/${form}/${startsOn.slice(0, 4)}`;
		const at = clock.at(told, `${random.int(19, 21)}:30`);
		const isTwice = await isBusy(world, city, person, startsOn, endsOn);
		const { entryId } = await act(world, claimExternal, actorOf(city, person), at, {
			form,
			title,
			provider: random.pick(PROVIDERS),
			number,
			startsOn,
			endsOn,
			amount,
			evidence
		});
		if (index >= CLAIMS - SENT_BACK)
			await act(world, verifyClaim, admin, clock.at(addDays(told, 1), '10:40'), {
				entryId,
				decision: 'revise',
				reason: 'Tanggal pada sertifikat berbeda dengan yang diisi.'
			});
		if (waiting) continue;
		const unclear = random.chance(0.08);
		await act(world, verifyClaim, admin, clock.at(addDays(told, random.int(1, 6)), '10:40'), {
			entryId,
			decision: isTwice || unclear ? 'rejected' : 'counted',
			reason: isTwice
				? 'Pada hari yang sama tercatat di kelas lain; satu orang tidak bisa di dua ruangan.'
				: unclear
					? 'Sertifikat tidak terbaca dan penyelenggara tidak dapat memastikan.'
					: ''
		});
	}
}

/** Were these days already counted for the person? Then the verifier must refuse what the person believes in. */
const isBusy = (world: World, city: City, person: Staff, from: string, to: string): Promise<boolean> =>
	read(world, city, async (db) => {
		const twin = await db
			.selectFrom('credentials.jp_entry')
			.select('id')
			.where('agency_id', '=', city.agencyId)
			.where('person_id', '=', person.id)
			.where('status', '=', 'counted')
			.where('starts_on', '<=', to)
			.where('ends_on', '>=', from)
			.limit(1)
			.executeTakeFirst();
		return twin !== undefined;
	});
