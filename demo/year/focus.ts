import { sql } from 'kysely';
import type { Actor } from '#kernel/actor.ts';
import { addDays } from '#kernel/time.ts';
import { GUIDES, type GuideKey } from '#slices/evaluation/focus-guides.ts';
import { takeCodes } from '#slices/evaluation/server/commands/codebook.ts';
import { finishGroup, holdGroup } from '#slices/evaluation/server/commands/focus-groups.ts';
import {
	addPassages,
	codePassages,
	handOverCodes
} from '#slices/evaluation/server/commands/focus-passages.ts';
import { writeFinding } from '#slices/evaluation/server/commands/write-finding.ts';
import { findingFacts } from '#slices/evaluation/server/findings.ts';
import { askChange, decideChange } from '#slices/programs/public.server.ts';
import type { HeldClass } from './attendance.ts';
import {
	AFTER_CLASS,
	BACK_AT_WORK,
	FINDINGS,
	STILL_CODING,
	type PlannedFinding,
	type PlannedPassage
} from './catalogue/focus.ts';
import type { Taught } from './programs.ts';
import { act, actorOf, personaOf, read, type City, type Staff, type World } from './world.ts';

type Planned = {
	title: string;
	about: string;
	guide: GuideKey;
	heldOn: string;
	people: number;
	place: string;
	notes: string;
	passages: readonly PlannedPassage[];
	second?: Staff | undefined;
	finished: boolean;
};

/**
 * What participants said in focus groups, what was found in it and in the forms, and what became of that: one change
 * made, one in part, one not, two still to be answered. All by the office's own commands.
 */
export async function talk(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>,
	classes: readonly HeldClass[]
): Promise<void> {
	const { clock } = world;
	const office = city.actors.trainingAdmin;
	await act(world, takeCodes, office, clock.at(clock.day(-45)), {});
	const codes = await codesOf(world, city);
	const before = clock.day(-9);
	const over = (code: string) =>
		classes
			.filter(
				(one) =>
					one.code === code && one.endsOn < before && ['certified', 'finished'].includes(one.planned.stage)
			)
			.toSorted((a, b) => b.endsOn.localeCompare(a.endsOn) || a.index - b.index)[0];
	const [counter, digital, program] = [over('PPP'), over('LDK'), taught.get('PPP')];
	const second = city.staff.find(
		({ office: of, isHead, id }) =>
			of === 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia' &&
			!isHead &&
			id !== personaOf(city, 'facilitator').id
	);
	const groups: Planned[] = [];
	if (counter)
		groups.push({
			title: 'Petugas loket setelah kelas',
			about: `class:${counter.classId}`,
			guide: 'class',
			heldOn: addDays(counter.endsOn, 2),
			people: 7,
			place: 'Ruang Kelas A BKPSDM',
			notes:
				'Suasana terbuka. Setelah pertanyaan kedua dua orang yang lebih senior banyak bicara; pemandu memberi giliran berkeliling.',
			passages: AFTER_CLASS,
			second,
			finished: true
		});
	if (program)
		groups.push({
			title: 'Beberapa bulan kemudian di loket',
			about: `version:${program.versionId}`,
			guide: 'work',
			heldOn: clock.day(-8, 2),
			people: 6,
			place: 'Daring',
			notes: 'Enam orang dari empat kelas. Sambungan satu peserta putus dua kali.',
			passages: BACK_AT_WORK,
			finished: true
		});
	if (digital)
		groups.push({
			title: 'Pendamping layanan daring',
			about: `class:${digital.classId}`,
			guide: 'class',
			heldOn: clock.workday(-4),
			people: 4,
			place: 'Kantor kelurahan (contoh)',
			notes: '',
			passages: STILL_CODING,
			finished: false
		});
	for (const group of groups) await hold(world, city, group, codes);
	for (const finding of FINDINGS) await find(world, city, finding, { taught, classes, codes });
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

async function hold(
	world: World,
	city: City,
	group: Planned,
	codes: ReadonlyMap<string, string>
): Promise<void> {
	const { clock } = world;
	const office = city.actors.trainingAdmin;
	const when = (days: number) => clock.at(earlier(addDays(group.heldOn, days), clock.today), '10:00');
	const { groupId } = await act(world, holdGroup, office, when(0), {
		title: group.title,
		about: group.about,
		heldOn: group.heldOn,
		people: group.people,
		place: group.place,
		notes: group.notes,
		questions: GUIDES[group.guide].join('\n'),
		facilitatorNip: personaOf(city, 'facilitator').nip,
		...(group.second ? { secondCoderNip: group.second.nip } : {})
	});
	// As an office writes them down: question by question, those for others apart from the rest.
	const parts = [...Map.groupBy(group.passages, ({ question, shared }) => `${question} ${shared}`).values()];
	for (const part of parts)
		await act(world, addPassages, office, when(1), {
			groupId,
			lines: part.map(({ speaker, said }) => `${speaker}: ${said}`).join('\n'),
			question: part[0]?.question,
			shareable: part[0]?.shared ?? false
		});
	const ids = await passageIds(world, city, groupId);
	const give = (by: Actor, days: number, given: (passage: PlannedPassage) => readonly string[]) =>
		act(world, codePassages, by, when(days), {
			groupId,
			coded: group.passages.map((passage) => ({
				passageId: ids.get(passage.said) ?? '',
				codes: given(passage).flatMap((code) => codes.get(code) ?? [])
			}))
		});
	await give(office, 2, (passage) => passage.codes);
	if (group.second) {
		const coder = actorOf(city, group.second);
		await give(coder, 4, (passage) => passage.second);
		await act(world, handOverCodes, coder, when(4), { groupId });
	}
	if (group.finished) await act(world, finishGroup, office, when(5), { groupId });
}

type Known = {
	taught: ReadonlyMap<string, Taught>;
	classes: readonly HeldClass[];
	codes: ReadonlyMap<string, string>;
};

/** A finding, the request that it becomes, and the answer. */
async function find(
	world: World,
	city: City,
	{ code, theme, byTeacher, week, answered, ...finding }: PlannedFinding,
	{ taught, classes, codes }: Known
): Promise<void> {
	const { clock } = world;
	const program = taught.get(code);
	if (!program) return;
	const teacher = personaOf(city, 'facilitator');
	const own = classes.find(
		(one) =>
			one.code === code &&
			one.planned.stage === 'certified' &&
			one.sessions.some(({ facilitator }) => facilitator?.id === teacher.id)
	);
	const codeId = theme === undefined ? undefined : codes.get(theme);
	const written = clock.at(clock.day(week, 1), '11:00');
	const { findingId } = await act(
		world,
		writeFinding,
		byTeacher && own ? city.actors.facilitator : city.actors.trainingAdmin,
		written,
		{
			...finding,
			...(byTeacher && own ? { classId: own.classId } : { versionId: program.versionId }),
			...(codeId === undefined ? {} : { codeId })
		}
	);
	const asked = await read(world, city, (db) => findingFacts(db, findingId));
	if (asked) await act(world, askChange, city.system, written, asked);
	if (answered)
		await act(
			world,
			decideChange,
			city.actors.trainingAdmin,
			clock.at(clock.day(answered.week, 2), '14:00'),
			{ changeId: findingId, decision: answered.decision, answer: answered.answer }
		);
}

const codesOf = async (world: World, city: City): Promise<ReadonlyMap<string, string>> => {
	const { rows } = await read(world, city, (db) =>
		sql<{
			id: string;
			code: string;
		}>`select id, code from evaluation.theme_code where agency_id = ${city.agencyId}`.execute(db)
	);
	return new Map(rows.map(({ id, code }) => [code, id]));
};

const passageIds = async (
	world: World,
	city: City,
	groupId: string
): Promise<ReadonlyMap<string, string>> => {
	const { rows } = await read(world, city, (db) =>
		sql<{ id: string; said: string }>`
			select id, said from evaluation.focus_passage where agency_id = ${city.agencyId} and group_id = ${groupId}`.execute(
			db
		)
	);
	return new Map(rows.map(({ id, said }) => [said, id]));
};
