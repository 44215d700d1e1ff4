import { readFile, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { createAgency } from '#app/server/agency.ts';
import { systemActor } from '#app/server/actor.ts';
import type { Actor } from '#kernel/actor.ts';
import type { DB } from '#platform/db/db.ts';
import { makeAgency } from '../demo/people/agency.ts';
import { csvText, writeXlsx } from '../demo/people/sheets.ts';
import { asnTable, unorTable } from '../demo/people/siasn.ts';

export type CityFiles = { units: Uint8Array; csv: Uint8Array; xlsx: Uint8Array };

/** The files of the demo city as SIASN gives them: 1,095 units, 14,351 people × 66 columns. */
export async function cityFiles(): Promise<CityFiles> {
	const city = makeAgency('medan');
	const people = asnTable(city);
	const folder = await mkdtemp(join(tmpdir(), 'asah-bench-'));
	try {
		await writeXlsx(join(folder, 'asn.xlsx'), 'ASN', people);
		const xlsx = new Uint8Array(await readFile(join(folder, 'asn.xlsx')));
		const text = new TextEncoder();
		return { units: text.encode(csvText(unorTable(city))), csv: text.encode(csvText(people)), xlsx };
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** An agency without anybody in it yet; the answer acts for it with every ability. */
export async function emptyAgency(owner: Kysely<DB>, code: string): Promise<Actor> {
	const agency = { code, name: 'Kota Bench', city: 'Bench', timeZone: 'Asia/Jakarta', isDemo: true };
	return systemActor(await owner.transaction().execute((tx) => createAgency(tx, agency)));
}
