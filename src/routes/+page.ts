import type { PageLoad } from './$types';

/** Of the seven homes only the one that is shown goes to the browser: an employee's phone gets nothing of the others. */
export const load: PageLoad = async ({ data }) => {
	switch (data.home) {
		case 'today':
			return { ...data, Today: (await import('#app/ui/Today.svelte')).default };
		case 'team':
			return { ...data, Team: (await import('#app/ui/Team.svelte')).default };
		case 'cycle':
			return { ...data, Cycle: (await import('#app/ui/Cycle.svelte')).default };
		case 'unit':
			return { ...data, Unit: (await import('#app/ui/Unit.svelte')).default };
		case 'classroom':
			return { ...data, Classroom: (await import('#app/ui/Classroom.svelte')).default };
		case 'results':
			return { ...data, Results: (await import('#app/ui/Results.svelte')).default };
		case 'trace':
			return { ...data, Trace: (await import('#app/ui/TraceHome.svelte')).default };
		default:
			return { ...data, Welcome: (await import('#app/ui/Welcome.svelte')).default };
	}
};
