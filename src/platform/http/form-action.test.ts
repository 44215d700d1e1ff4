import { afterEach, expect, test, vi } from 'vitest';
import { ACCOUNT_SECRETS, COMMAND_SECRETS, openAction, typedIn } from './form-action.ts';

test('a refused form gives back what was typed but secrets; in a command a code is what an office calls a thing', () => {
	const form = new FormData();
	for (const [name, value] of Object.entries({
		_key: 'k',
		code: 'PPP',
		postalCode: '20111',
		name: 'Prima',
		newPassword: 'x'
	}))
		form.append(name, value);
	expect(typedIn(form, COMMAND_SECRETS)).toEqual({ code: 'PPP', postalCode: '20111', name: 'Prima' });
	expect(typedIn(form, ACCOUNT_SECRETS)).toEqual({ name: 'Prima' });
});

test('what nobody sees and nobody can keep is taken out of what was typed; files stay as they are', async () => {
	const form = new FormData();
	form.append('note', 'Antrean\0 lebih singkat');
	form.append('file', new File(['a\0b'], 'a.txt'));
	const request = new Request('http://asah/', { method: 'POST', body: form });
	const seen: FormData[] = [];
	const action = openAction('tried', (typed) => {
		seen.push(typed);
		return Promise.resolve({});
	});
	// All that an open action uses of the event.
	await action({ request } as Parameters<typeof action>[0]);
	expect(seen[0]?.get('note')).toBe('Antrean lebih singkat');
	const file = seen[0]?.get('file');
	expect(file instanceof File && (await file.text())).toBe('a\0b');
});

afterEach(() => vi.unstubAllEnvs());

test('a file that the scanner finds harmful reaches no action, and what was typed comes back', async () => {
	// false(1) ends with 1: a scanner for which every file is harmful.
	vi.stubEnv('ASAH_VIRUS_SCAN', 'false');
	const form = new FormData();
	form.append('note', 'Antrean lebih singkat');
	form.append('file', new File(['x'], 'foto.jpg'));
	const act = vi.fn(() => Promise.resolve({}));
	const action = openAction('tried', act);
	const event = { request: new Request('http://asah/', { method: 'POST', body: form }) };
	expect(await action(event as Parameters<typeof action>[0])).toMatchObject({
		status: 422,
		data: {
			code: 'kernel.invalid',
			issues: { file: expect.any(String) },
			values: { note: 'Antrean lebih singkat' }
		}
	});
	expect(act).not.toHaveBeenCalled();
});
