import { sql } from 'kysely';
import { addDays } from '#kernel/time.ts';
import { askCorrection } from '#slices/people/server/commands/correct-record.ts';
import { giveRole } from '#slices/people/server/commands/give-role.ts';
import { askPrivacy } from '#slices/people/server/commands/privacy-requests.ts';
import { act, actorOf, personaOf, read, write, type City, type World } from './world.ts';

/** Two corrections wait for the unit's verifier, one request for who watches over privacy, and some have looked. */
export async function askRights(world: World, city: City): Promise<void> {
	const { clock } = world;
	const supervisor = personaOf(city, 'supervisor');
	const employee = personaOf(city, 'employee');
	const colleague = city.staff.find(
		({ supervisorId, id }) => supervisorId === supervisor.id && id !== employee.id
	);
	const yesterday = addDays(clock.today, -1);
	await act(world, askCorrection, city.actors.employee, clock.at(yesterday, '19:40'), {
		field: 'education_level',
		proposed: 'D4',
		evidence: 'Ijazah D4 tahun lalu, nomor 0412 (contoh), sudah diserahkan ke Subbagian Umum.'
	});
	if (colleague) {
		await act(world, askCorrection, actorOf(city, colleague), clock.at(yesterday, '20:10'), {
			field: 'post_title',
			proposed: 'Pengelola Layanan Perizinan',
			evidence: 'SK penempatan 821.3/77 (contoh).'
		});
		await act(world, askPrivacy, actorOf(city, colleague), clock.at(yesterday, '20:15'), {
			kind: 'object',
			reason: 'Ingin tahu bagaimana urutan usulan pelatihan saya dihitung.'
		});
	}
	const auditor = personaOf(city, 'auditor');
	const top = await read(world, city, async (db) =>
		db
			.selectFrom('people.unit')
			.select('id')
			.where('agency_id', '=', city.agencyId)
			.where('parent_id', 'is', null)
			.executeTakeFirstOrThrow()
	);
	await act(world, giveRole, city.actors.trainingAdmin, clock.at(clock.day(-50), '09:00'), {
		personId: auditor.id,
		role: 'privacyOfficer',
		unitId: top.id,
		validFrom: clock.day(-50),
		reason: 'Penunjukan PPDP (contoh)'
	});
	await write(world, city, async (tx) => {
		const viewers = [
			{ actor: city.actors.supervisor, days: [-2, -16] },
			{ actor: city.actors.unitAdmin, days: [-9] },
			{ actor: city.actors.trainingAdmin, days: [-30] }
		];
		for (const { actor, days } of viewers)
			for (const day of days)
				await sql`insert into people.access_log (agency_id, person_id, on_day, account_id, viewer_id, viewer_name, hat, first_at)
					values (${city.agencyId}, ${employee.id}, ${addDays(clock.today, day)}, ${actor.accountId}, ${actor.personId},
						${actor.name}, ${actor.hat?.role ?? null}, ${clock.at(addDays(clock.today, day), '10:20')})`.execute(tx);
	});
}
