import { expect, test } from 'vitest';
import { ACCOUNT_SECRETS, COMMAND_SECRETS, typedIn } from './form-action.ts';

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
