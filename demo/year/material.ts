import { saveLesson } from '#slices/content/server/commands/lessons.ts';
import { saveQuestion } from '#slices/content/server/commands/questions.ts';
import { createQuiz } from '#slices/content/server/commands/quizzes.ts';
import { tieItem } from '#slices/evaluation/server/commands/tie-item.ts';
import type { PlannedQuestion } from './catalogue/model.ts';
import { MATERIAL } from './catalogue/programs.ts';
import { arrivalsChart } from './picture.ts';
import type { Taught } from './programs.ts';
import { act, randomOf, type City, type World } from './world.ts';

/** The lesson that carries a picture, and what the picture says to who cannot see it. */
const PICTURED = 'Antrean: dari mana lamanya menunggu';
const ARRIVALS = [18, 34, 41, 27, 9, 16, 21, 12];
const PICTURE_WORDS =
	'Grafik batang jumlah warga per jam dari pukul 8 sampai 15: paling ramai pukul 9 dan 10, paling sepi pukul 12.';

const TESTS = [
	{ purpose: 'pretest', title: 'Tes awal' },
	{ purpose: 'posttest', title: 'Tes akhir' }
] as const;

/** Lessons with their picture, and for each program the same questions before and after, tied to what they measure. */
export async function writeMaterial(
	world: World,
	city: City,
	taught: ReadonlyMap<string, Taught>
): Promise<void> {
	const author = city.actors.facilitator;
	for (const { code, lessons, questions } of MATERIAL) {
		const program = taught.get(code);
		if (!program) continue;
		const written = world.clock.at(world.clock.day(-54), '13:00');
		for (const [index, module] of program.modules.entries())
			for (const lesson of lessons[index] ?? [])
				await act(world, saveLesson, author, written, {
					moduleId: module.id,
					...lesson,
					...(lesson.title === PICTURED
						? {
								picture: { name: 'antrean.png', base64: arrivalsChart(ARRIVALS).toString('base64') },
								pictureAlt: PICTURE_WORDS
							}
						: {})
				});
		for (const { purpose, title } of TESTS) {
			const { quizId } = await act(world, createQuiz, author, written, {
				versionId: program.versionId,
				purpose,
				title: `${title} ${program.plan.name}`,
				passPercent: 70
			});
			for (const [index, question] of questions.entries()) {
				const { questionId } = await act(world, saveQuestion, author, written, {
					quizId,
					revision: index + 1,
					...asked(world, city, code, index, question)
				});
				const outcomeId = question.outcome === null ? undefined : program.outcomeIds[question.outcome ?? 0];
				if (outcomeId !== undefined) await act(world, tieItem, author, written, { questionId, outcomeId });
			}
		}
	}
}

/** The choices in an order of their own: nobody learns that the right one stands second. */
function asked(world: World, city: City, code: string, index: number, question: PlannedQuestion) {
	const random = randomOf(world, city, 'choices', code, index);
	const choices = question.choices
		.map((text) => ({ text, place: random.next() }))
		.sort((a, b) => a.place - b.place)
		.map(({ text }) => ({ wording: text.replace(/^\*/, ''), correct: text.startsWith('*') }));
	return {
		stem: question.stem,
		kind: choices.filter(({ correct }) => correct).length > 1 ? ('multiple' as const) : ('single' as const),
		explanation: question.why,
		choices
	};
}
