import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { scanFile, scanForm, scanInput, virusScanner } from './virus-scan.ts';

const file = (text: string) => ({ name: 'foto.jpg', bytes: Buffer.from(text) });
const scanned = (setting: string, text: string) => scanFile('photo', file(text), virusScanner(setting));

describe('a command as scanner', () => {
	test('nothing is set: nothing is asked', async () => {
		expect(virusScanner(undefined)).toBeNull();
		await expect(scanned('', 'x')).resolves.toBeUndefined();
	});
	test('0 is clean, 1 is harmful, anything else refuses the file until the scanner answers', async () => {
		await expect(scanned('true', 'x')).resolves.toBeUndefined();
		await expect(scanned('false', 'x')).rejects.toMatchObject({
			issues: [{ path: 'photo', code: 'platform.files.harmful' }]
		});
		// grep: 0 found, 1 not found, so it plays a scanner for which only known good files are clean.
		await expect(scanned('grep -q GOOD', 'GOOD file')).resolves.toBeUndefined();
		await expect(scanned('/no/such/scanner -', 'x')).rejects.toMatchObject({
			code: 'platform.files.scanSilent'
		});
	});
});

describe('what a person or a machine sends', () => {
	const good = () => virusScanner('grep -q GOOD');
	test('each file of a form is seen, and named where it was chosen', async () => {
		const form = new FormData();
		form.append('note', 'typed text is no file');
		form.append('evidence', new File(['GOOD'], 'surat.pdf'));
		await expect(scanForm(form, good())).resolves.toBeUndefined();
		form.append('page', new File(['other'], 'daftar.pdf'));
		await expect(scanForm(form, good())).rejects.toMatchObject({
			issues: [{ path: 'page', code: 'platform.files.harmful', params: { name: 'daftar.pdf' } }]
		});
	});
	test('and each file that a command carries as base64', async () => {
		const carried = (text: string) => ({
			lesson: { picture: { name: 'gambar.png', base64: Buffer.from(text).toString('base64') } }
		});
		await expect(scanInput(carried('GOOD'), good())).resolves.toBeUndefined();
		await expect(scanInput([1, null, carried('other')], good())).rejects.toMatchObject({
			issues: [{ path: '2.lesson.picture', code: 'platform.files.harmful', params: { name: 'gambar.png' } }]
		});
	});
});

describe('clamd', () => {
	let server: Server | undefined;
	afterEach(() => server?.close());
	/** A clamd that says this of whatever holds EICAR; answers its setting. */
	const clamd = () =>
		new Promise<string>((resolve) => {
			server = createServer((socket) => {
				let heard = Buffer.alloc(0);
				socket.on('data', (part: Buffer) => {
					heard = Buffer.concat([heard, part]);
					if (!heard.subarray(-4).equals(Buffer.alloc(4))) return;
					socket.end(heard.includes('EICAR') ? 'stream: Eicar-Test FOUND\0' : 'stream: OK\0');
				});
			}).listen(0, '127.0.0.1', () => {
				const address = server?.address();
				resolve(`clamd:127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
			});
		});
	test('is sent the file in pieces and believed', async () => {
		const setting = await clamd();
		await expect(scanned(setting, 'a photo '.repeat(50_000))).resolves.toBeUndefined();
		await expect(scanned(setting, 'an EICAR')).rejects.toMatchObject({
			issues: [{ code: 'platform.files.harmful' }]
		});
	});
	test('nobody there: the file is not taken', async () => {
		await expect(scanned('clamd:127.0.0.1:1', 'x')).rejects.toMatchObject({
			code: 'platform.files.scanSilent'
		});
	});
});
