import { sql } from 'kysely';
import { invalidField } from '#kernel/errors.ts';
import type { Tx } from '#platform/db/db.ts';
import { command } from '#platform/work/command.ts';
import { canManage } from '../../access.ts';
import { HandOver } from '../../input.ts';
import { changeable } from '../../rules.ts';
import { lockClass } from '../lock.ts';

/**
 * Somebody else answers for a class, or nobody: who is told when its room is closed. Both are told, and nobody when it stays.
 * Refuses: class over; no one who works here has that NIP.
 */
export const handOver = command(
	'classes.handOver',
	HandOver,
	async ({ tx, actor, permit, record, note }, { classId, nip }) => {
		const held = await lockClass(tx, actor.agencyId, classId);
		permit(canManage(actor));
		changeable(held.status);
		const ownerId = nip === undefined ? null : await staffBy(tx, actor.agencyId, nip);
		const { rows } = await sql<{ formerId: string | null }>`
			update classes.class c set owner_id = ${ownerId} from (select id, owner_id from classes.class
				where agency_id = ${actor.agencyId} and id = ${held.id}) w
			where c.agency_id = ${actor.agencyId} and c.id = w.id and w.owner_id is distinct from ${ownerId}::uuid
			returning w.owner_id as "formerId"`.execute(tx);
		const [changed] = rows;
		if (changed)
			record('classes.handedOver', {
				classId: held.id,
				...(changed.formerId === null ? {} : { answeredId: changed.formerId }),
				...(ownerId === null ? {} : { answersId: ownerId }),
				...(actor.personId === null ? {} : { handedBy: actor.personId })
			});
		else note({ classId: held.id });
		return { classId: held.id, changed: changed !== undefined };
	},
	{ summary: 'Gives a class to somebody else to answer for' }
);

async function staffBy(tx: Tx, agencyId: string, nip: string): Promise<string> {
	const person = await tx
		.selectFrom('people.staff')
		.select('person_id')
		.where('agency_id', '=', agencyId)
		.where('nip', '=', nip)
		.executeTakeFirst();
	if (!person) throw invalidField('nip', 'classes.handOver.unknownNip');
	return person.person_id;
}
