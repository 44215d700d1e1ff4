import { missing } from '#kernel/errors.ts';
import { hasAbility } from '#kernel/actor.ts';
import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { IDP_EDITABLE, MOST_LINES } from '#slices/needs/idp.ts';
import { saveIdp } from '#slices/needs/server/commands/write-idp.ts';
import { idpsWaitingFor, ownIdp } from '#slices/needs/server/queries/idps.ts';

export const load = page(async ({ db, actor, url, today }) => {
	if (actor.personId === null) throw missing();
	const next = Number(today.slice(0, 4)) + 1;
	const asked = Number(url.searchParams.get('year'));
	const year = [next - 1, next].includes(asked) ? asked : next;
	const own = await ownIdp(db, actor, year);
	return {
		year,
		years: [next - 1, next],
		...own,
		most: MOST_LINES,
		waiting: (await idpsWaitingFor(db, actor)).length,
		can: {
			write: own.idp === null || IDP_EDITABLE.includes(own.idp.status),
			list: hasAbility(actor, 'needs.read')
		}
	};
});

type Line = { drop?: unknown; topic?: unknown; learningHours?: unknown; quarter?: unknown; reason?: unknown };
const isLine = (value: unknown): value is Line => typeof value === 'object' && value !== null;

/** The form is always chosen, so it says nothing; a line of which anything else was filled in is meant. */
const isMeant = (line: unknown): boolean =>
	isLine(line) &&
	line.drop === undefined &&
	[line.topic, line.learningHours, line.quarter, line.reason].some((value) => value !== undefined);

export const actions = formActions({
	// Lines left empty, or marked to go, are no lines; they keep their place, so that a refusal stands beside the right one.
	save: formAction(saveIdp, {
		input: (form) => {
			const fields = fieldsOf(form);
			const lines = Array.isArray(fields['lines']) ? fields['lines'] : [];
			return { ...fields, lines: lines.map((line) => (isMeant(line) ? line : null)) };
		},
		then: ({ handedIn }) => ({ say: handedIn ? 'needs.idp.submittedNow' : 'needs.idp.saved' })
	})
});
