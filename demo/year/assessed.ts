import { addImportKind } from '#slices/people/public.server.ts';
import { assessmentKind } from '#slices/needs/server/import-kinds.ts';
import { normal } from '../random.ts';
import { type Abilities, type Competency } from './ability.ts';
import { bringIn } from './agencies.ts';
import { randomOf, type City, type World } from './world.ts';

/** Heads of offices and their deputies: those whom an agency sends to a centre. */
const HIGHEST_LEVELS = ['01', '02', '03'];
const MOST = 60;
/** Of an assessor's level around the true one; centres give quarters. */
const ERROR = 0.35;

/**
 * Results of an assessment centre for those who lead, brought in from its file between the two campaigns: they stand on
 * the pages of these people now, and weigh in the estimate of the campaign that is open.
 */
export async function assessLeaders(
	world: World,
	city: City,
	competencies: readonly Competency[],
	abilities: Abilities
): Promise<void> {
	const random = randomOf(world, city, 'assessment centre');
	const { clock } = world;
	const on = clock.day(-30);
	const leaders = city.staff
		.filter(({ isHead, level, nip }) => isHead && nip !== '' && HIGHEST_LEVELS.includes(level))
		.toSorted((a, b) => (a.nip < b.nip ? -1 : 1))
		.slice(0, MOST);
	const rows = leaders.flatMap(({ id, nip, name }) =>
		competencies.map(({ code }, place) => {
			const level = (abilities.get(id)?.[place] ?? 0) + normal(random) * ERROR;
			const quarters = Math.round(Math.min(5, Math.max(0, level)) * 4) / 4;
			return [
				nip,
				name,
				code,
				String(quarters).replace('.', ','),
				on,
				`800/AC/${clock.year} (contoh)`,
				'Puspenkom BKN'
			];
		})
	);
	if (rows.length === 0) return;
	addImportKind(assessmentKind);
	await bringIn(world, city.agencyId, assessmentKind.shape.name, `assessment-center-${clock.year}.csv`, {
		header: ['NIP', 'NAMA', 'KODE KOMPETENSI', 'LEVEL', 'TANGGAL ASESMEN', 'NOMOR LAPORAN', 'LEMBAGA'],
		rows
	});
}
