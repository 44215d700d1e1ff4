import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../make/database.ts';
import { ROOT } from './tree.ts';

/**
 * UU 27/2022 Ps 7: whoever asks gets a copy of what is kept about them (src/app/server/my-data.ts). A table with a
 * person's own rows is read for the copy in the file named here, or left out for a reason that can be told.
 */
const IN_THE_COPY: Readonly<Record<string, string>> = {
	'classes.absence': 'src/slices/classes/server/own-attendance.ts',
	'classes.attendance': 'src/slices/classes/server/own-attendance.ts',
	'classes.attendance_request': 'src/slices/classes/server/own-attendance.ts',
	'classes.refused_scan': 'src/slices/classes/server/own-attendance.ts',
	'classes.registration': 'src/slices/classes/public.server.ts',
	'credentials.certificate': 'src/slices/credentials/server/proof-of.ts',
	'credentials.ip_score': 'src/slices/credentials/server/proof-of.ts',
	'credentials.jp_entry': 'src/slices/credentials/server/proof-of.ts',
	'credentials.sanction': 'src/slices/credentials/server/proof-of.ts',
	'followup.action_plan': 'src/slices/followup/server/queries.ts',
	'needs.gap': 'src/slices/needs/server/queries/ratings-about.ts',
	'needs.rating': 'src/slices/needs/server/queries/ratings-about.ts',
	'notices.notice': 'src/slices/notices/server/queries/own.ts',
	'notices.hours': 'src/slices/notices/server/queries/own.ts',
	'notices.preference': 'src/slices/notices/server/queries/own.ts',
	'people.correction': 'src/slices/people/server/queries/corrections.ts',
	'people.access_log': 'src/slices/people/server/queries/privacy.ts',
	'people.assignment': 'src/slices/people/server/queries/timeline.ts',
	'people.movement': 'src/slices/people/server/queries/timeline.ts',
	'people.posting': 'src/slices/people/server/queries/timeline.ts',
	'people.privacy_request': 'src/slices/people/server/queries/privacy.ts',
	'people.role_grant': 'src/slices/people/server/queries/timeline.ts',
	'people.standing': 'src/slices/people/server/queries/timeline.ts',
	'people.supervisor_exception': 'src/slices/people/server/queries/timeline.ts',
	'followup.evaluation': 'src/slices/followup/server/own-evaluations.ts',
	'growth.wish': 'src/slices/growth/server/own-wishes.ts',
	'impact.person_measurement': 'src/slices/impact/server/own-figures.ts',
	'impact.person_measurement_change': 'src/slices/impact/server/own-figures.ts',
	'impact.study_person': 'src/slices/impact/server/own-figures.ts',
	'learning.attempt': 'src/slices/learning/server/own-learning.ts',
	'learning.lesson_view': 'src/slices/learning/server/own-learning.ts',
	'needs.estimate': 'src/slices/needs/server/queries/needs-about.ts',
	'needs.evidence': 'src/slices/needs/server/queries/needs-about.ts',
	'needs.idp': 'src/slices/needs/server/queries/needs-about.ts',
	'needs.performance_need': 'src/slices/needs/server/queries/needs-about.ts',
	'needs.snapshot_person': 'src/slices/needs/server/queries/needs-about.ts',
	'needs.target': 'src/slices/needs/server/queries/needs-about.ts',
	'people.departure': 'src/slices/people/server/queries/record-about.ts',
	'people.education': 'src/slices/people/server/queries/record-about.ts',
	'people.headship': 'src/slices/people/server/queries/record-about.ts',
	'people.performance_rating': 'src/slices/people/server/queries/record-about.ts',
	'platform.push_subscription': 'src/platform/push/subscriptions.ts'
};
const LEFT_OUT: Readonly<Record<string, string>> = {
	'classes.contact': 'a clock’s lead and the hash of a device, to judge late scans',
	'classes.seat_time': 'follows from registrations, which are in',
	'classes.session_change_person': 'who was told of a change; the change is the class’s',
	'classes.session_facilitator': 'hours taught are seen on the calendar of the person',
	'classes.session_member': 'follows from the session that one attends',
	'classes.split_facilitator': 'whom the office may ask to teach a class; a draft until the class stands',
	'classes.split_person': 'a draft of the office until a class stands',
	'classes.split_wish': 'seen and changed on one’s own page until the class stands',
	'credentials.jp_time': 'the hours of entries that are in',
	'evaluation.reaction_given': 'only that one has answered; the answers are anonymous (decision 10)',
	'evaluation.session_given': 'only that one has answered; the answers are anonymous (decision 10)',
	'impact.study_remark': 'said of a study as an officer, not about the person',
	'needs.answer': 'single answers of raters: the levels made of them are in',
	'needs.assignment': 'who rates whom is shown to the rater alone',
	'needs.reminder': 'that mail was sent; without a text',
	'notices.digest': 'that a digest was sent; without a text',
	'papers.cost': 'what the office pays for a class',
	'papers.paper': 'letters are read on the page of the class',
	'papers.recipient': 'letters are read on the page of the class',
	'papers.signatory': 'an office held, printed on every letter',
	'platform.access_code': 'a secret that lapses by itself',
	'platform.api_token': 'a key, shown on its own page',
	'platform.audit': 'what one did for the office, not what is kept about one',
	'platform.letter': 'that mail was sent; without a text'
};

let base: Awaited<ReturnType<typeof testDatabase>>;
let tables: string[];
beforeAll(async () => {
	base = await testDatabase();
	const owner = new pg.Client({ connectionString: base.url });
	await owner.connect();
	const { rows } = await owner.query<{ name: string }>(
		`select c.table_schema || '.' || c.table_name as name from information_schema.columns c
		join information_schema.tables t using (table_schema, table_name)
		where c.column_name = 'person_id' and t.table_type = 'BASE TABLE' and c.table_schema <> 'auth' order by 1`
	);
	tables = rows.map(({ name }) => name);
	await owner.end();
});
afterAll(() => base.drop());

test('every table about a person is in their copy, or left out for a reason', () => {
	const known = { ...IN_THE_COPY, ...LEFT_OUT };
	expect(tables.filter((table) => !(table in known))).toEqual([]);
	expect(Object.keys(known).filter((table) => !tables.includes(table))).toEqual([]);
});

test('what is in the copy is read where the list says', () => {
	for (const [table, file] of Object.entries(IN_THE_COPY))
		expect(readFileSync(join(ROOT, file), 'utf8'), table).toContain(table);
});
