import { sql } from 'kysely';
import { createAgency } from '#app/server/agency.ts';
import { systemActor } from '#app/server/actor.ts';
import { newId } from '#kernel/ids.ts';
import { applyFile, importFile } from '#slices/people/server/import-file.ts';
import type { Agency } from '../people/model.ts';
import { csvText } from '../people/sheets.ts';
import { educationTable, performanceTable } from '../people/histories.ts';
import { asnTable, unorTable, type Table } from '../people/siasn.ts';
import { ZONE } from './clock.ts';
import { mayorOf } from './mayors.ts';
import type { World } from './world.ts';

/** An agency with its units and people, brought in through the product's own importer from files such as SIASN gives. */
export async function raiseAgency(world: World, source: Agency): Promise<string> {
	const agencyId = await world.owner.transaction().execute((tx) =>
		createAgency(tx, {
			code: source.key,
			name: source.name.startsWith('Pemerintah') ? source.name : `Pemerintah ${source.name}`,
			city: source.city,
			timeZone: ZONE,
			isDemo: true
		})
	);
	await bringIn(world, agencyId, 'units', `unor-${source.key}.csv`, unorTable(source));
	await bringIn(world, agencyId, 'people', `asn-${source.key}.csv`, asnTable(source));
	await bringIn(world, agencyId, 'education', `pendidikan-${source.key}.csv`, educationTable(source));
	await bringIn(world, agencyId, 'performance', `kinerja-${source.key}.csv`, performanceTable(source));
	await appointMayor(world, agencyId, source);
	return agencyId;
}

export async function bringIn(
	world: World,
	agencyId: string,
	kind: string,
	fileName: string,
	table: Table
): Promise<void> {
	const by = { kysely: world.app, actor: systemActor(agencyId), now: world.clock.now };
	const bytes = new TextEncoder().encode(csvText(table));
	const { importId, counts } = await importFile({ ...by, kind, fileName, bytes });
	if (counts.wrong > 0 || counts.new !== table.rows.length)
		throw new Error(`${fileName}: ${counts.new} of ${table.rows.length} rows are new, ${counts.wrong} wrong`);
	await applyFile(importId, by);
}

/** The elected head: no civil servant, so no SIASN file knows him; at the top of the tree since the last inauguration. */
async function appointMayor(world: World, agencyId: string, source: Agency): Promise<void> {
	const mayor = mayorOf(source);
	const id = newId();
	await world.owner.transaction().execute(async (tx) => {
		const top = await tx
			.selectFrom('people.unit')
			.select('id')
			.where('agency_id', '=', agencyId)
			.where('parent_id', 'is', null)
			.executeTakeFirstOrThrow();
		await tx
			.insertInto('people.person')
			.values({ agency_id: agencyId, id, name: mayor.name, sex: mayor.sex, employment_kind: 'OFFICIAL' })
			.execute();
		await tx
			.insertInto('people.posting')
			.values({
				agency_id: agencyId,
				id: newId(),
				person_id: id,
				unit_id: top.id,
				title: 'Wali Kota',
				kind: 'official',
				// Above the levels of civil servants: no standard asks anything of an elected official.
				level: '00',
				is_head: true,
				valid_from: '2025-02-20'
			})
			.execute();
		await tx
			.updateTable('people.unit')
			.set({ head_person_id: id })
			.where('agency_id', '=', agencyId)
			.where('id', '=', top.id)
			.execute();
		await sql`select people.refresh_leaders(${agencyId}::uuid)`.execute(tx);
	});
}
