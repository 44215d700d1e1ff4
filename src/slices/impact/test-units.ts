import type pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/ids.ts';
import type { town } from '../../../tests/make/town.ts';
import { createIndicator } from './server/commands/indicator.ts';

type Town = { owner: Pick<pg.Pool, 'query'>; agencyId: string; unit: { kota: string } };

/** So many districts below the city, to take part in a study; their ids. */
export async function districts(it: Town, count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let n = 1; n <= count; n++) {
		const id = newId();
		ids.push(id);
		await it.owner.query(
			`insert into people.unit (agency_id, id, code, name, kind, parent_id, label, path, valid_from) values ($1, $2, $3, $4, 'kecamatan', $5, $6, $7, '2020-01-01')`,
			[
				it.agencyId,
				id,
				`K.${String(n).padStart(2, '0')}`,
				`Kecamatan ${n}`,
				it.unit.kota,
				`s${n}`,
				`kota.s${n}`
			]
		);
	}
	return ids;
}

/** An indicator in minutes for each code, lower being better; its id by its code. */
export async function minutesIndicators(
	it: Pick<Awaited<ReturnType<typeof town>>, 'does'>,
	actor: Actor,
	codes: readonly string[]
): Promise<Record<string, string>> {
	const ids: Record<string, string> = {};
	for (const code of codes) {
		const { indicatorId } = await it.does(actor, createIndicator, {
			code,
			name: `Indikator ${code}`,
			unitOfMeasure: 'menit',
			better: 'lower',
			source: 'mesin antrean'
		});
		ids[code] = indicatorId;
	}
	return ids;
}
