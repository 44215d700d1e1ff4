import type { PageLoad } from './$types';

/** Only the parts of the tab that is open, and of what this person may do, go to the browser. */
export const load: PageLoad = async ({ data }) => {
	const { can } = data;
	// The office has other work on this page; a seat of its own it asks for in the hat of an employee.
	const mine = data.mine !== null || (!can.manage && can.request);
	const MySeat = mine ? (await import('#slices/classes/ui/MySeat.svelte')).default : null;
	if (data.tab === 'participants') {
		const table = await import('#slices/classes/ui/ParticipantTable.svelte');
		return { ...data, MySeat, ParticipantTable: table.default };
	}
	const SessionList = (await import('#slices/classes/ui/SessionList.svelte')).default;
	if (data.tab === 'sessions') {
		const form = await import('#slices/classes/ui/NewSession.svelte');
		return { ...data, MySeat, SessionList, NewSession: form.default };
	}
	const { changes } = data;
	const steps = can.open || can.enrol || can.finish || can.cancel;
	return {
		...data,
		MySeat,
		SessionList,
		SeatRules: (await import('#slices/classes/ui/SeatRules.svelte')).default,
		SessionChanges:
			changes.length > 0 ? (await import('#slices/classes/ui/SessionChanges.svelte')).default : null,
		ClassFacts: (await import('#slices/classes/ui/ClassFacts.svelte')).default,
		ClassSteps: steps ? (await import('#slices/classes/ui/ClassSteps.svelte')).default : null
	};
};
