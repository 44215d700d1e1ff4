import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { run } from '#platform/work/run.ts';
import { undoImport } from '#slices/people/server/commands/undo-import.ts';
import {
	ANI,
	CAMAT,
	importTown,
	NOW,
	people,
	SEKDA,
	TREE,
	units
} from '#slices/people/server/import/test-town.ts';
import { addRoomsImportKinds } from './import-kinds.ts';

/** A staff list brought while a survey is open: the survey asks the new people by itself, which is no reason to keep them. */
let town: Awaited<ReturnType<typeof importTown>>;
beforeAll(async () => {
	addRoomsImportKinds();
	town = await importTown();
});
afterAll(() => town.close());

const campaignId = newId();
let importId = '';
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const undo = () =>
	run(undoImport, { actor: town.actor, input: { importId }, kysely: town.db, now: later(9) });

beforeEach(async () => {
	await town.empty();
	await town.bring(units(...TREE));
	await town.bring(people(SEKDA), later(1));
	await town.owner.query(
		`insert into needs.campaign (agency_id, id, name, year, status, opens_on, closes_on, created_by, created_at)
		values ($1, $2, 'Survei', 2027, 'open', '2026-11-01', '2026-12-31', 'x', now())`,
		[town.agencyId, campaignId]
	);
	({ importId } = await town.bring(people(SEKDA, CAMAT, ANI), later(2)));
	await town.owner.query(
		`insert into needs.target (agency_id, campaign_id, person_id, unit_id, post_level)
		select p.agency_id, $2, p.id, j.unit_id, '06' from people.person p
		join people.posting j on j.agency_id = p.agency_id and j.person_id = p.id where p.agency_id = $1`,
		[town.agencyId, campaignId]
	);
	await town.owner.query(
		`insert into needs.assignment (agency_id, campaign_id, person_id, rater_id, source, origin)
		select a.agency_id, $2, a.id, b.id, 'peer', 'proposed' from people.person a join people.person b using (agency_id)
		where a.agency_id = $1 and a.name = 'Sekda' and b.name = 'Ani'`,
		[town.agencyId, campaignId]
	);
	expect(await town.count('needs.target')).toBe(3);
});

it('goes again when nobody has answered about them', async () => {
	await undo();
	expect([await town.count('people.person'), await town.count('needs.target')]).toEqual([1, 1]);
});

it('stays once the survey was closed over them', async () => {
	await town.owner.query(`update needs.campaign set status = 'closed' where agency_id = $1`, [town.agencyId]);
	await expect(undo()).rejects.toMatchObject({
		issues: [{ code: 'needs.import.depends.answered', params: { count: 2 } }]
	});
});
