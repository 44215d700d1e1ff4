import { formAction, formActions, fieldsOf } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { canKeepSanctions, canMeasureIp, canSetRules } from '#slices/credentials/access.ts';
import { hideSmall } from '#slices/credentials/ip-spread.ts';
import { askForIp } from '#slices/credentials/server/commands/ip.ts';
import { lastRun, spreadByUnit, spreadOfAgency } from '#slices/credentials/server/queries/ip.ts';
import { mayEverywhere } from '#kernel/actor.ts';
import { ipRulesOf } from '#slices/credentials/server/ip-rules.ts';

export const load = page(async ({ db, actor, url, today }) => {
	const thisYear = Number(today.slice(0, 4));
	const asked = Number(url.searchParams.get('year'));
	const year = Number.isInteger(asked) && asked >= 2019 && asked <= thisYear ? asked : thisYear;
	const run = await lastRun(db, year);
	const spread = run && (await spreadOfAgency(db, run.id));
	const seesPeople = mayEverywhere(actor, 'credentials.read');
	return {
		year,
		thisYear,
		run,
		rules: await ipRulesOf(db, year),
		spread: spread && (seesPeople ? spread : hideSmall(spread)),
		units: run ? await spreadByUnit(db, actor, run.id, null) : [],
		personId: actor.personId,
		can: { measure: canMeasureIp(actor), rules: canSetRules(actor), sanctions: canKeepSanctions(actor) }
	};
});

export const actions = formActions({
	measure: formAction(askForIp, { input: fieldsOf, then: ({ jobId }) => ({ to: `/jobs/${jobId}` }) })
});
