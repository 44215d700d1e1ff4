import pg from 'pg';
import { ABILITIES } from '#kernel/abilities.ts';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { DB } from '#platform/db/db.ts';
import { testDatabase } from '../../../../../tests/make/database.ts';
import { applyFile, importFile } from '../import-file.ts';

/** For tests of imports: four units and three people as files write them, and an agency to bring them into. */
export const NOW = new Date('2026-11-21T02:00:00Z');
const UNITS = 'Id;DiatasanId;EselonId;NamaUnor;NamaJabatan;CepatKode;IndukUnorId;PemimpinPnsId';
export const PEOPLE =
	'PNS ID,NIP BARU,NAMA,JENIS JABATAN ID,JABATAN NAMA,TMT JABATAN,UNOR ID,KEDUDUKAN HUKUM NAMA,NIK,ALAMAT';
export const TREE = [
	'TOP;;;Pemerintah Kota Contoh;Sekretaris Daerah;001;TOP;p-sekda',
	'SETDA;TOP;21;Sekretariat Daerah;Sekretaris Daerah;001.001;SETDA;p-sekda',
	'KEC;TOP;31;Kecamatan Contoh;Camat Contoh;001.002;KEC;p-camat',
	'SEKSI;KEC;41;Seksi Pelayanan Umum;Kepala Seksi;001.002.001;KEC;'
];
export const SEKDA =
	'P-SEKDA,197001011995031001,Sekda,1,Sekretaris Daerah,01-01-2022,SETDA,Aktif,1271000000000001,Jalan Contoh 1';
export const CAMAT =
	'P-CAMAT,197502022000032002,Camat,1,Camat Contoh,01-02-2023,KEC,Aktif,1271000000000002,Jalan Contoh 2';
export const ANI =
	'P-ANI,199003032015032003,Ani,4,Pengadministrasi Umum,01-03-2020,SEKSI,Aktif,1271000000000003,Jalan Contoh 3';
export const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));

export const units = (...rows: string[]) => bytes(UNITS, ...rows);
export const people = (...rows: string[]) => bytes(PEOPLE, ...rows);

/** A database; `empty()` starts over in a new agency. */
export async function importTown() {
	const base = await testDatabase();
	const owner = new pg.Pool({ connectionString: base.url, max: 2 });
	const town = {
		db: base.db,
		url: base.url,
		owner,
		agencyId: '',
		actor: actorOf(''),
		empty: async (): Promise<void> => {
			town.agencyId = newId();
			town.actor = actorOf(town.agencyId);
			await owner.query(
				`insert into platform.agency (agency_id, code, name, city, time_zone) values ($1, $2, 'Kota Contoh', 'Contoh', 'Asia/Jakarta')`,
				[town.agencyId, `uji-${town.agencyId}`]
			);
		},
		check: (file: Uint8Array, now = NOW) =>
			importFile({ kysely: base.db, actor: town.actor, fileName: 'berkas.csv', bytes: file, now }),
		/** Checked and applied. */
		bring: async (file: Uint8Array, now = NOW) => {
			const dry = await town.check(file, now);
			await applyFile(dry.importId, { kysely: base.db, actor: town.actor, now });
			return dry;
		},
		count: async (table: keyof DB): Promise<number> => {
			const { rows } = await owner.query(`select count(*)::int as many from ${table} where agency_id = $1`, [
				town.agencyId
			]);
			return rows[0].many;
		},
		posts: async (externalId: string) => {
			const { rows } = await owner.query(
				`select j.title, u.name as unit, j.level, j.valid_from::text as "from", j.valid_to::text as "to", j.is_head as head
				from people.posting j join people.person p using (agency_id)
				join people.unit u on u.agency_id = j.agency_id and u.id = j.unit_id
				where p.id = j.person_id and p.agency_id = $1 and p.external_id = $2 order by j.valid_from`,
				[town.agencyId, externalId]
			);
			return rows;
		},
		supervisorOf: async (name: string) => {
			const { rows } = await owner.query(
				`select v.name from people.staff s
				left join people.person v on v.agency_id = s.agency_id and v.id = s.supervisor_id
				where s.agency_id = $1 and s.name = $2`,
				[town.agencyId, name]
			);
			return rows[0]?.name;
		},
		close: async (): Promise<void> => {
			await owner.end();
			await base.drop();
		}
	};
	return town;
}

const actorOf = (agencyId: string): Actor => ({
	agencyId,
	accountId: 'account-office',
	personId: null,
	name: 'Pengelola',
	unitPath: '',
	hat: null,
	grants: ABILITIES.map((ability) => ({ ability, unitPath: '' }))
});
