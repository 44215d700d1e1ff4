import { createServer, type IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { foreignForm, isForeignForm } from './foreign-form.ts';

const asked = (headers: IncomingHttpHeaders, method = 'POST') =>
	isForeignForm({
		method,
		headers: {
			host: 'asah.medan.go.id',
			'x-forwarded-proto': 'https',
			'content-type': 'application/x-www-form-urlencoded',
			origin: 'https://asah.medan.go.id',
			...headers
		}
	});

test('a form of our own pages passes', () => {
	expect(asked({})).toBe(false);
	expect(asked({ 'content-type': 'multipart/form-data; boundary=x' })).toBe(false);
	expect(asked({ host: 'dalam:3000', 'x-forwarded-host': 'asah.medan.go.id' })).toBe(false);
	expect(asked({ host: 'ASAH.medan.go.id:443' })).toBe(false);
});

test('a form from anywhere else is refused, also from nowhere and over plain http', () => {
	for (const origin of [
		'https://palsu.example',
		'http://asah.medan.go.id',
		'https://asah.medan.go.id:8443',
		'null',
		undefined
	])
		expect(asked({ origin }), origin).toBe(true);
	for (const kind of ['multipart/form-data; boundary=x', 'TEXT/PLAIN', undefined])
		expect(asked({ origin: 'https://palsu.example', 'content-type': kind }), kind).toBe(true);
	expect(asked({ host: undefined })).toBe(true);
});

test('what is no form is for the app to judge', () => {
	expect(asked({ origin: 'https://palsu.example', 'content-type': 'application/json' })).toBe(false);
	expect(asked({ origin: 'https://palsu.example' }, 'GET')).toBe(false);
});

test('the refusal is a page in the language that was chosen, a sentence for programs, and repeats no markup', async () => {
	const server = createServer(foreignForm).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const address = server.address();
	const url = `http://127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
	const send = (headers: Record<string, string>) =>
		fetch(url, { method: 'POST', body: 'a=1', headers: { accept: 'text/html', ...headers } });
	try {
		const page = await send({ origin: '"><b>x' });
		expect(page.status).toBe(403);
		const html = await page.text();
		expect(html).toContain('lang="id"');
		expect(html).toContain('Formulir ini dikirim dari alamat lain');
		expect(html).not.toContain('<b>');
		expect(await (await send({ cookie: 'a=b; asah_language=en' })).text()).toContain('another address');
		const answer = await send({ accept: 'application/json' });
		expect(answer.headers.get('content-type')).toBe('application/json');
		expect(await answer.json()).toMatchObject({
			message: expect.stringContaining('tidak diproses') as string
		});
	} finally {
		server.close();
	}
});
