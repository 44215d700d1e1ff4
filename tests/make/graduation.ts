import { newId } from '#kernel/ids.ts';
import { writing } from '#platform/db/pools.ts';
import { finishClass, markAttendance } from '#slices/classes/server/commands/mark-attendance.ts';
import { issueCertificates } from '#slices/credentials/server/commands/certificates.ts';
import { seedJpRates } from '#slices/credentials/public.server.ts';
import { classroom } from './classroom.ts';

type ClassFacts = {
	/** Who was there, and passes. */
	present?: readonly string[];
	/** Who had a seat and never came, and fails. */
	absent?: readonly string[];
	from?: string;
	to?: string;
	/** Bentuk of domain.md §2. */
	form?: string;
	abroad?: boolean;
	/** JP of its one session, whatever the clock says. */
	hours?: number;
	planLineId?: string;
};

/**
 * The classroom with the conversion table of JP, a signatory and classes that are
 * over by 16:00 of the test's day: `over` ends one, `issue` prints its certificates.
 */
export async function graduation() {
	const it = await classroom();
	await writing(it.agencyId, (tx) => seedJpRates(tx, it.agencyId), it.db);
	const signatoryGrant = newId();
	await it.owner.query(
		`insert into people.role_grant (agency_id, id, person_id, role, unit_id, valid_from, made_by) values ($1, $2, $3, 'agencyHead', $4, '2020-01-01', 'uji')`,
		[it.agencyId, signatoryGrant, it.who('officer'), it.unit.bkpsdm]
	);
	const certifier = it.as('officer', ['credentials.issue', 'credentials.verify', 'credentials.read'], '');
	return {
		...it,
		/** Issues, revokes and verifies for the agency. */
		certifier,
		signatoryGrant,
		/** A class of the day that is over: its id. */
		over: async ({
			present = [],
			absent = [],
			form,
			abroad = false,
			hours,
			planLineId,
			...clock
		}: ClassFacts): Promise<string> => {
			const { classId, sessionId } = await it.aClass({ ...clock, seats: 20 });
			await it.owner.query(
				`update classes.class set form = coalesce($2, form), abroad = $3, plan_line_id = $4, place = 'Balai Diklat' where id = $1`,
				[classId, form ?? null, abroad, planLineId ?? null]
			);
			if (hours !== undefined)
				await it.owner.query('update classes.session set learning_hours = $2 where id = $1', [
					sessionId,
					hours
				]);
			await it.enrolled(classId, ...present, ...absent);
			const marks = [
				...present.map((name) => ({ personId: it.who(name), status: 'present' })),
				...absent.map((name) => ({ personId: it.who(name), status: 'absent' }))
			];
			await it.does(it.office, markAttendance, { sessionId, marks }, { now: it.at('15:00') });
			await it.does(it.office, finishClass, { classId }, { now: it.at('16:00') });
			return classId;
		},
		/** Presses "issue" for the class in the evening of the test's day; answers how many certificates there are new. */
		issue: async (classId: string): Promise<number> =>
			(await it.does(certifier, issueCertificates, { classId }, { now: it.at('17:00') })).issued,
		/** The ledger of one person, oldest first. */
		ledger: async (name: string) => {
			const { rows } = await it.owner.query<{
				id: string;
				jp: number;
				status: string;
				reason: string;
				classId: string | null;
			}>(
				`select id, learning_hours::float8 as jp, status, reason, class_id as "classId" from credentials.jp_entry
				where agency_id = $1 and person_id = $2 order by ends_on, created_at, id`,
				[it.agencyId, it.who(name)]
			);
			return rows;
		},
		/** Certificates of a class by holder's name. */
		certificates: async (classId: string) => {
			const { rows } = await it.owner.query<{
				id: string;
				name: string;
				number: string;
				version: number;
				status: string;
				code: string;
			}>(
				`select c.id, p.name, c.number, c.version, c.status, c.verify_code as code
				from credentials.certificate c join people.person p on p.agency_id = c.agency_id and p.id = c.person_id
				where c.class_id = $1 order by c.number`,
				[classId]
			);
			return rows;
		}
	};
}
