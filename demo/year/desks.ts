import { decidePlan, checkIn, savePlan } from '#slices/followup/server/commands.ts';
import { requestSeat } from '#slices/classes/server/commands/request-seat.ts';
import { saveAnswer, startQuiz } from '#slices/learning/server/commands/quizzes.ts';
import { addDays } from '#kernel/time.ts';
import type { HeldClass } from './attendance.ts';
import { ACTIONS, CHECK_IN_NOTES } from './catalogue/action-plans.ts';
import { quizzesOf, ticked } from './learning.ts';
import { counterPicture } from './picture.ts';
import { act, actorOf, personaOf, randomOf, read, type City, type Staff, type World } from './world.ts';

/** What lies on the desks of the people whose accounts are printed, beyond what the year left there by itself. */
export async function fillDesks(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	await askForSeats(world, city, classes);
	await leaveQuiz(world, city, classes);
	await sendPlans(world, city, classes);
}

/** Two clerks ask their head of section, and a head of section asks the camat, for a seat in an open class. */
async function askForSeats(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const { clock } = world;
	const team = teamOf(city, personaOf(city, 'supervisor'));
	const heads = teamOf(city, personaOf(city, 'unitHead')).filter(
		({ id }) => id !== personaOf(city, 'supervisor').id && id !== personaOf(city, 'unitAdmin').id
	);
	const asking = [
		{ person: team[0], code: 'DPT', note: 'Ingin melihat alur loket terpadu.' },
		{ person: team[1], code: 'KPK', note: 'Keluhan lisan di loket makin banyak.' },
		{ person: heads[0], code: 'KPK', note: 'Supaya dapat melatih petugas sendiri.' }
	];
	for (const { person, code, note } of asking) {
		const open = classes.find((one) => one.code === code && one.planned.stage === 'open');
		if (!person || !open || open.people.some(({ id }) => id === person.id)) continue;
		await act(world, requestSeat, actorOf(city, person), clock.at(addDays(clock.today, -1), '20:05'), {
			classId: open.classId,
			note
		});
	}
}

/** The clerk began the test before the e-learning and was called away after half of it. */
async function leaveQuiz(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const { clock } = world;
	const clerk = city.actors.employee;
	const one = classes.find(({ code, planned }) => code === 'ELP' && planned.stage === 'running');
	const quiz = one && (await quizzesOf(world, city)).get(`${one.program.versionId}/pretest`);
	if (!one || !quiz) return;
	const random = randomOf(world, city, 'unfinished');
	const begun = clock.at(addDays(clock.today, -1), '20:40');
	const { attemptId } = await act(world, startQuiz, clerk, begun, { classId: one.classId, quizId: quiz.id });
	for (const [index, question] of quiz.questions.slice(0, 3).entries())
		await act(world, saveAnswer, clerk, new Date(begun.getTime() + (index + 1) * 70_000), {
			attemptId,
			questionId: question.id,
			choiceIds: ticked(question, index < 2, random)
		});
}

/** One colleague's plan waits for the head of section, another's check-in for an answer. */
async function sendPlans(world: World, city: City, classes: readonly HeldClass[]): Promise<void> {
	const { clock } = world;
	const supervisor = personaOf(city, 'supervisor');
	const clerk = personaOf(city, 'employee');
	const plans = new Set(await planned(world, city));
	const cohorts = classes.filter(({ code, planned: { stage } }) => code === 'PPP' && stage === 'certified');
	const free = cohorts.flatMap((one) =>
		one.passed
			.filter((person) => person.supervisorId === supervisor.id && person.id !== clerk.id)
			.filter((person) => !plans.has(`${one.classId}/${person.id}`))
			.map((person) => ({ one, person }))
	);
	const yesterday = addDays(clock.today, -1);
	const [first, second] = free;
	if (first)
		await act(
			world,
			savePlan,
			actorOf(city, first.person),
			clock.at(yesterday, '16:20'),
			planFrom(world, first.one, 1, yesterday)
		);
	if (!second) return;
	const sent = addDays(clock.today, -40);
	const { actionPlanId } = await act(
		world,
		savePlan,
		actorOf(city, second.person),
		clock.at(sent, '16:20'),
		planFrom(world, second.one, 2, sent)
	);
	await act(world, decidePlan, city.actors.supervisor, clock.at(addDays(sent, 2)), {
		actionPlanId,
		decision: 'approved',
		note: 'Silakan, mulai dari buku pengaduan.'
	});
	await act(world, checkIn, actorOf(city, second.person), clock.at(yesterday, '15:45'), {
		actionPlanId,
		progress: 40,
		note: CHECK_IN_NOTES[2],
		obstacle: 'colleagues',
		photo: { name: 'loket.png', bytes: counterPicture(6, 2) }
	});
}

function planFrom(world: World, one: HeldClass, which: number, sent: string) {
	const action = ACTIONS['PPP']?.[which];
	return {
		classId: one.classId,
		goal: action?.goal ?? '',
		indicator: action?.indicator ?? '',
		steps: (action?.steps ?? []).map((what, at) => ({ what, dueOn: addDays(sent, 30 * (at + 1)) })),
		submit: true
	};
}

const teamOf = (city: City, head: Staff): readonly Staff[] =>
	city.staff.filter(
		({ supervisorId, nip }) => supervisorId === head.id && nip !== city.personas.employee.nip
	);

const planned = (world: World, city: City): Promise<string[]> =>
	read(world, city, async (db) => {
		const rows = await db
			.selectFrom('followup.action_plan')
			.select(['class_id', 'person_id'])
			.where('agency_id', '=', city.agencyId)
			.execute();
		return rows.map((row) => `${row.class_id}/${row.person_id}`);
	});
