import { isId } from '#kernel/ids.ts';
import { addDays, isValidDate } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { holdTemplate } from '#slices/classes/server/commands/hold-template.ts';
import { retireTemplate } from '#slices/classes/server/commands/write-template.ts';
import { facilitatorChoices, linesToHold, programsInForce } from '#slices/classes/server/queries/choices.ts';
import { previewOf, templateById } from '#slices/classes/server/queries/templates.ts';

/** Two weeks are what an office needs to invite people. */
const AHEAD = 14;

export const load = page(async ({ db, actor, url, id, today }) => {
	const template = await templateById(db, actor, id('template'));
	const lines = await linesToHold(db, actor);
	const programs = await programsInForce(db, actor);
	// "line:<id>" or "program:<id>": what the class carries out.
	const [kind, asked] = (url.searchParams.get('for') ?? '').split(':');
	const known = asked !== undefined && isId(asked);
	const line = known && kind === 'line' ? (lines.find((one) => one.id === asked) ?? null) : null;
	const program = known && kind === 'program' ? (programs.find((one) => one.id === asked) ?? null) : null;
	const start = url.searchParams.get('start') ?? '';
	const startsOn = isValidDate(start) ? start : addDays(today, AHEAD);
	const programId = line?.program_id ?? program?.id ?? null;
	return {
		template,
		lines,
		programs,
		chosen:
			programId === null
				? null
				: {
						programId,
						planLineId: line?.id ?? null,
						program: line?.program ?? program?.name ?? '',
						seatsLeft: line === null ? null : Math.max(1, line.seats - line.planned_seats)
					},
		startsOn,
		preview: programId === null ? null : await previewOf(db, actor, template.plan, programId, startsOn),
		facilitators: programId === null ? [] : await facilitatorChoices(db, actor)
	};
});

export const actions = formActions({
	hold: formAction(holdTemplate, {
		then: ({ classId, rooms, facilitators, modules }) => ({
			to: `/classes/${classId}?tab=sessions&left=${rooms}-${facilitators}-${modules}`
		})
	}),
	retire: formAction(retireTemplate, { then: () => ({ say: 'classes.template.saved' }) })
});
