import { isSelf, mayEverywhere, mayIn } from '#kernel/actor.ts';
import { isValidDate } from '#kernel/time.ts';
import { formAction, formActions } from '#platform/http/form-action.ts';
import { page } from '#platform/http/page.ts';
import { say } from '#platform/i18n/say.server.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import { canSeeHours } from '#slices/credentials/access.ts';
import { canReadPerson as canReadFigures } from '#slices/impact/access.ts';
import { learnedBy } from '#slices/credentials/server/queries/learned.ts';
import { canImport } from '#slices/people/access.ts';
import { dayAsked } from '#slices/people/history.ts';
import { GIVEN_ROLES } from '#slices/people/model.ts';
import { noteLook } from '#slices/people/server/access-log.ts';
import { endRole } from '#slices/people/server/commands/end-role.ts';
import { giveRole } from '#slices/people/server/commands/give-role.ts';
import { resetAccess } from '#slices/people/server/commands/reset-access.ts';
import { personPage } from '#slices/people/server/queries/people.ts';
import { placeOf } from '#slices/people/server/queries/places.ts';
import { sourcesOf } from '#slices/people/server/queries/sources.ts';
import { grantableUnits } from '#slices/people/server/queries/units.ts';

export const load = page(async ({ db, actor, id, url, today, now }) => {
	const personId = id('id');
	const day = dayAsked(url.searchParams.get('on'), today, isValidDate);
	const sheet = await personPage(db, actor, personId, today, day ?? today);
	noteLook({ actor, personId, day: today, at: now });
	const place = await placeOf(db, personId);
	const units = isSelf(actor, personId) ? [] : await grantableUnits(db, actor, place.unitPath);
	const seesHours = canSeeHours(actor, { ...place, unitPath: sheet.person.active ? place.unitPath : '' });
	// Rooms to the right that hold something of this person; each asks for itself who may see it.
	const links = [
		{
			href: `/needs/person/${personId}`,
			label: say('people.person.linkNeeds'),
			shown:
				isSelf(actor, personId) ||
				isSelf(actor, place.supervisorId) ||
				mayIn(actor, 'needs.read', place.unitPath)
		},
		{
			href: `/classes/calendar?whose=person:${personId}`,
			label: say('people.person.linkCalendar'),
			shown:
				isSelf(actor, personId) ||
				isSelf(actor, place.supervisorId) ||
				mayEverywhere(actor, 'classes.manage') ||
				mayIn(actor, 'classes.read', place.unitPath)
		},
		{ href: '/needs/idp', label: say('people.person.linkIdp'), shown: isSelf(actor, personId) },
		{ href: `/credentials/year/${personId}`, label: say('people.person.linkHours'), shown: seesHours },
		{ href: `/credentials/ip/person/${personId}`, label: say('people.person.linkIp'), shown: seesHours },
		{
			href: `/people/${personId}/figures`,
			label: say('impact.figures.link'),
			shown:
				sheet.person.active &&
				canReadFigures(actor, {
					personId,
					unitPath: place.unitPath,
					restricted: place.restricted === true
				})
		},
		{ href: `/people/${personId}/data`, label: say('people.data.link'), shown: sheet.can.openData }
	];
	return {
		...sheet,
		today,
		day,
		career: sheet.career.map((line) =>
			line.kind === 'role' ? { ...line, text: say(`app.role.${line.text}`) } : line
		),
		learned: (seesHours ? await learnedBy(db, personId) : []).map(
			({ id: entryId, title, from, provider, hours }) => ({
				title,
				from,
				note: [provider, say('people.career.hours', { hours: formatNumber(hours, 2) })]
					.filter(Boolean)
					.join(' · '),
				href: `/credentials/entry/${entryId}`
			})
		),
		grants: sheet.grants.map((grant) => ({ ...grant, roleName: say(`app.role.${grant.role}`) })),
		units,
		roles:
			units.length === 0 ? [] : GIVEN_ROLES.map((role) => ({ value: role, label: say(`app.role.${role}`) })),
		sources: (await sourcesOf(db, personId)).map(({ importId, ...source }) => ({
			...source,
			label: say(`people.import.field.${source.field}`),
			href: canImport(actor) ? `/people/import/${importId}` : null
		})),
		links: links.filter(({ shown }) => shown).map(({ href, label }) => ({ href, label }))
	};
});

export const actions = formActions({
	reset: formAction(resetAccess),
	give: formAction(giveRole, { then: () => ({ say: 'people.grant.given' }) }),
	end: formAction(endRole, { then: () => ({ say: 'people.grant.endedNow' }) })
});
