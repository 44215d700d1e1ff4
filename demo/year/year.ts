import { addDays } from '#kernel/time.ts';
import { plantAbilities, trained, type Abilities, type Competency } from './ability.ts';
import { assessLeaders } from './assessed.ts';
import { holdClasses } from './attendance.ts';
import { PROGRAMS } from './catalogue/programs.ts';
import { setUpClasses } from './classes.ts';
import { leaveCohorts } from './cohorts.ts';
import { claimYear, issueYear, measureYear } from './credentials.ts';
import { fillDesks } from './desks.ts';
import { evaluateAlumni } from './evaluations.ts';
import { talk } from './focus.ts';
import { followUp } from './followup.ts';
import { study } from './impact.ts';
import { learn } from './learning.ts';
import { writeMaterial } from './material.ts';
import { competenciesOf, holdCampaign, requiredOf, setStandard } from './needs.ts';
import { fillClasses } from './participants.ts';
import { decreeYear, leavePlans } from './plan.ts';
import { studyOfficers } from './officers.ts';
import { writePapers } from './papers.ts';
import { decideNeeds, leaveProposals, planPeople, recordOrganisation } from './proposals.ts';
import { leaveDrafts, writePrograms } from './programs.ts';
import { react } from './reactions.ts';
import { reactToSessions } from './session-reactions.ts';
import { askRights } from './rights.ts';
import { calculateServices } from './services.ts';
import { setTechnical, withTechnical } from './standards.ts';
import { setWeights } from './weights.ts';
import { keepTemplates } from './templates.ts';
import { makeWishes } from './wishes.ts';
import { refreshed, type City, type World } from './world.ts';

type Timed = <T>(what: string, work: () => Promise<T>) => Promise<T>;

/**
 * The finished year of the full city in the order of the cycle. Stages that do not need each other run side by side,
 * because the server has two cores; each draws from its own stream of chance, so the result does not depend on it.
 */
export async function liveYear(world: World, city: City, timed: Timed): Promise<void> {
	const { clock } = world;
	await setStandard(world, city);
	await timed('kamus dan standar teknis', () => setTechnical(world, city));
	const competencies = await competenciesOf(world, city);
	const required = await requiredOf(world, city, clock.day(-60));
	await setWeights(world, city, competencies);
	const abilities = plantAbilities(world, city, competencies, required);
	const [campaignId, taught] = await Promise.all([
		timed('analisis kebutuhan', () => holdYear(world, city, competencies, abilities)),
		timed('program dan kurikulum', () => writePrograms(world, city, PROGRAMS, competencies)).then(
			async (made) => {
				await timed('materi dan kuis', () => writeMaterial(world, city, made));
				return made;
			}
		)
	]);
	await timed('bahan organisasi', () => recordOrganisation(world, city, competencies));
	const evidence = { campaignId, competencies, taught };
	const accepted = await timed('usulan dan FGD', () => decideNeeds(world, city, evidence));
	const lines = await timed('rencana tahunan', () => decreeYear(world, city, { ...evidence, accepted }));
	const classes = await timed('kelas dan sesi', () => setUpClasses(world, city, taught, lines));
	await refreshed(world, 'classes.class', 'classes.session');
	const seats = await timed('peserta', () =>
		fillClasses(world, city, classes, { competencies, abilities, required })
	);
	await refreshed(world, 'classes.registration');
	const held = await timed('kehadiran', () => holdClasses(world, city, classes, seats));

	const improved = trained(world, city, abilities, competencies, held);
	const [nextId] = await Promise.all([
		timed('kebutuhan tahun depan', () => openNext(world, city, competencies, improved)),
		(async () => {
			await timed('tes dan bacaan', () => learn(world, city, held));
			await timed('sertifikat dan JP', async () => {
				await refreshed(world, 'classes.registration', 'classes.attendance');
				await issueYear(world, city, held);
			});
			await Promise.all([
				timed('klaim JP dari luar', () => claimYear(world, city)).then(() =>
					timed('IP ASN', () => measureYear(world, city))
				),
				timed('reaksi peserta', async () => {
					await react(world, city, held);
					await reactToSessions(world, city, held);
				}).then(() => timed('kelompok diskusi dan temuan', () => talk(world, city, taught, held))),
				timed('tindak lanjut', () => followUp(world, city, held)).then(() =>
					timed('evaluasi pascapelatihan', () =>
						evaluateAlumni(world, city, competencies, { before: abilities, after: improved }, held)
					)
				),
				timed('indikator dan kajian dampak', async () => {
					await study(world, city, competencies, taught, lines);
					await calculateServices(world, city);
					await studyOfficers(world, city, taught, lines);
				}),
				makeWishes(world, city, taught)
			]);
		})()
	]);
	await timed('meja kerja', async () => {
		await Promise.all([
			leavePlans(world, city, evidence),
			leaveProposals(world, city, nextId, competencies).then(() => planPeople(world, city, competencies)),
			leaveDrafts(world, city, taught, competencies),
			fillDesks(world, city, held).then(() => leaveCohorts(world, city, taught, lines)),
			keepTemplates(world, city, classes).then(() => writePapers(world, city, held)),
			askRights(world, city).then(() => assessLeaders(world, city, competencies, improved))
		]);
	});
}

const holdYear = (world: World, city: City, competencies: readonly Competency[], abilities: Abilities) =>
	holdCampaign(
		world,
		city,
		{
			name: `Analisis kebutuhan ${world.clock.year}`,
			year: world.clock.year,
			from: world.clock.day(-60),
			to: world.clock.day(-56, 4),
			until: world.clock.day(-56, 4),
			selfShare: 0.82,
			supervisorShare: 0.9,
			close: true,
			survey: { template: 'managers', group: true },
			silent: new Set()
		},
		competencies,
		abilities
	);

/** The campaign for next year is open and half answered; the people whose accounts are printed have it before them. */
async function openNext(
	world: World,
	city: City,
	national: readonly Competency[],
	improved: Abilities
): Promise<string> {
	const from = world.clock.day(-2);
	const { competencies, abilities, asked } = await withTechnical(world, city, national, improved, from);
	const { employee, supervisor, unitHead } = city.personas;
	return holdCampaign(
		world,
		city,
		{
			name: `Analisis kebutuhan ${world.clock.year + 1}`,
			year: world.clock.year + 1,
			from,
			to: world.clock.day(3, 4),
			until: addDays(world.clock.today, -1),
			selfShare: 0.35,
			supervisorShare: 0.22,
			close: false,
			technical: asked,
			survey: { template: 'full', group: false },
			silent: new Set([employee.nip, supervisor.nip, unitHead.nip])
		},
		competencies,
		abilities
	);
}
