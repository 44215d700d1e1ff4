import { CompiledQuery, type Kysely } from 'kysely';
import { z } from 'zod';
import { missing } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { parseNip } from '#kernel/nip.ts';
import { todayIn } from '#kernel/time.ts';
import { hashOf } from '#platform/auth/agency-secret.ts';
import { createAccount } from '#platform/auth/auth.ts';
import { openKysely, openPool, type DB } from '#platform/db/db.ts';
import { database } from '#platform/db/pools.ts';
import { shaped } from '#platform/work/shape.ts';
import { createAgency } from './agency.ts';

export const FirstRun = z.object({
	token: z.string().min(1),
	agencyName: z.string().trim().min(5).max(200),
	agencyCode: z
		.string()
		.trim()
		.toLowerCase()
		.regex(/^[a-z][a-z0-9-]{1,30}$/, 'app.firstRun.codeForm'),
	city: z.string().trim().min(2).max(100),
	timeZone: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']),
	name: z.string().trim().min(2).max(200),
	nip: z
		.string()
		.trim()
		.refine((nip) => parseNip(nip, '9999-12-31').ok, 'app.firstRun.nipForm'),
	password: z.string().min(10)
});

/** The owner's handle, for the one thing that the app's own role cannot do: make an agency. */
async function asOwner<T>(work: (kysely: Kysely<DB>) => Promise<T>): Promise<T> {
	const kysely = openKysely(openPool(database().url, null, 1));
	try {
		return await work(kysely);
	} finally {
		await kysely.destroy();
	}
}

let setUpBefore = false;

/** Is there an agency? Asked of the database until the first yes: an installation never becomes empty again. */
export async function isSetUp(): Promise<boolean> {
	setUpBefore ||= await asOwner(async (kysely) => {
		const found = await kysely.selectFrom('platform.agency').select('agency_id').limit(1).executeTakeFirst();
		return found !== undefined;
	});
	return setUpBefore;
}

/** Is this the one-time token printed in the terminal, still unused? */
export const firstRunIsOpen = (token: string): Promise<boolean> =>
	asOwner(async (kysely) => {
		const row = await kysely
			.selectFrom('platform.instance')
			.select('value')
			.where('key', '=', 'first_run')
			.executeTakeFirst();
		return row !== undefined && token !== '' && row.value === hashOf(token);
	});

/**
 * Makes the agency, its top unit and its first administrator in one transaction, and uses up the token. Refuses: a
 * token that is wrong or used (as a page that does not exist), answers out of shape.
 */
export const setUp = async (typed: unknown, now: Date): Promise<void> => {
	const input = shaped(FirstRun, typed);
	await asOwner((kysely) =>
		kysely.transaction().execute(async (tx) => {
			const open = await tx
				.deleteFrom('platform.instance')
				.where('key', '=', 'first_run')
				.where('value', '=', hashOf(input.token))
				.executeTakeFirst();
			if (open.numDeletedRows !== 1n) throw missing();
			const today = todayIn(input.timeZone, now);
			const agencyId = await createAgency(tx, {
				code: input.agencyCode,
				name: input.agencyName,
				city: input.city,
				timeZone: input.timeZone,
				isDemo: false
			});
			const nip = parseNip(input.nip, today);
			if (!nip.ok) throw missing();
			const unitId = newId();
			const personId = newId();
			await tx
				.insertInto('people.unit')
				.values({
					agency_id: agencyId,
					id: unitId,
					name: input.agencyName,
					kind: 'pemerintah',
					label: 'u0',
					path: 'u0',
					valid_from: today
				})
				.execute();
			await tx
				.insertInto('people.person')
				.values({
					agency_id: agencyId,
					id: personId,
					nip: nip.nip,
					name: input.name,
					sex: nip.sex,
					birth_date: nip.birthDate,
					employment_kind: nip.kind
				})
				.execute();
			await tx
				.insertInto('people.posting')
				.values({
					agency_id: agencyId,
					id: newId(),
					person_id: personId,
					unit_id: unitId,
					title: 'Administrator Asah',
					kind: 'general',
					level: '06',
					valid_from: today
				})
				.execute();
			await tx
				.insertInto('people.role_grant')
				.values({
					agency_id: agencyId,
					id: newId(),
					person_id: personId,
					role: 'trainingAdmin',
					unit_id: unitId,
					valid_from: today,
					reason: 'first run',
					made_by: 'system'
				})
				.execute();
			// The account is made on the same connection, so that either everything is there or nothing is.
			await createAccount(
				{ agencyId, personId, username: nip.nip, name: input.name, password: input.password },
				{ query: (text: string, values?: unknown[]) => tx.executeQuery(CompiledQuery.raw(text, values)) }
			);
		})
	);
};
