import tls from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { log } from '#platform/log/log.ts';
import type { MailSettings } from './mail-settings.ts';
import type { Letter } from './mail.ts';
import { judge, openSmtp } from './smtp.ts';
import { CERTIFICATE, KEY } from './test-certificate.ts';
import { header, post, reply } from './test-post.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
	vi.restoreAllMocks();
});

const open = async (...options: Parameters<typeof post>) => {
	const server = await post(...options);
	closing.push(server.close);
	return server;
};
const via = (settings: MailSettings) => {
	const { send, close } = openSmtp(settings);
	// Before the server it holds a connection to.
	closing.unshift(close);
	return send;
};
const letter = (change: Partial<Letter> = {}): Letter => ({
	id: '019a0000-0000-7000-8000-000000000001',
	to: { name: 'Siti Nurhaliza, S.Kom.', address: 'siti@medan.example' },
	subject: 'Survei AKPK menunggu Anda',
	text: 'Yth. Siti,\n\nSurvei belum selesai.',
	...change
});

describe('a letter', () => {
	test('arrives with its subject and text, in letters of any kind, and says who sent it to whom', async () => {
		const server = await open();
		const text =
			'Yth. Ibu Renée Šimić,\n\nSurvei “AKPK – 2028” dibuka sampai 9 Maret 2026 · ꦲꦱꦃ\n.\n.titik di awal baris';
		expect(
			await via(server.settings())(
				letter({
					to: { name: 'Renée Šimić', address: 'renee@medan.example' },
					subject: 'Survei “AKPK” menunggu – ꦲꦱꦃ',
					text
				})
			)
		).toEqual({ outcome: 'sent' });
		const [arrived] = server.arrived;
		expect(arrived).toMatchObject({ from: 'asah@uji.example', to: ['renee@medan.example'], text });
		expect(header(arrived, 'subject')).toEqual(['Survei “AKPK” menunggu – ꦲꦱꦃ']);
		expect(header(arrived, 'from')).toEqual(['Asah Kota Uji <asah@uji.example>']);
		expect(header(arrived, 'to')).toEqual(['Renée Šimić <renee@medan.example>']);
		expect(header(arrived, 'content-type')).toEqual(['text/plain; charset=utf-8']);
		expect(header(arrived, 'message-id')).toEqual(['<019a0000-0000-7000-8000-000000000001@uji.example>']);
		expect(header(arrived, 'auto-submitted')).toEqual(['auto-generated']);
	});

	test.each(['\r\n', '\n', '\r', '\u2028', '\u0085', '\0'])(
		'cannot be given another header by a name or a subject with %j in it',
		async (end) => {
			const server = await open();
			const evil = `Siti${end}Bcc: semua@medan.example${end}${end}<script>`;
			await via(server.settings())(
				letter({ to: { name: evil, address: 'siti@medan.example' }, subject: evil })
			);
			const [arrived] = server.arrived;
			expect(arrived?.to).toEqual(['siti@medan.example']);
			expect(header(arrived, 'bcc')).toEqual([]);
			expect(arrived?.headers.map(([name]) => name).sort()).toEqual(HEADERS);
			expect(arrived?.text).toBe('Yth. Siti,\n\nSurvei belum selesai.');
		}
	);

	test.each([
		'siti@medan.example, semua@medan.example',
		'siti@medan.example\r\nRCPT TO:<semua@medan.example>',
		'Siti <siti@medan.example>',
		'"siti@jahat.example, "@medan.example',
		'siti@medan.example>',
		'siti',
		'pegawai1@medan.go.invalid'
	])('to %j never leaves the house', async (address) => {
		const server = await open();
		expect(await via(server.settings())(letter({ to: { name: 'Siti', address } }))).toEqual({
			outcome: 'refused',
			why: 'platform.mail.refusedAddress'
		});
		expect(server.connections()).toBe(0);
	});

	test('goes over the connection of the one before', async () => {
		const server = await open();
		const send = via(server.settings());
		for (let count = 0; count < 5; count++) await send(letter());
		expect(server.arrived).toHaveLength(5);
		expect(server.connections()).toBe(1);
	});
});

const HEADERS = [
	'auto-submitted',
	'content-transfer-encoding',
	'content-type',
	'date',
	'from',
	'message-id',
	'mime-version',
	'subject',
	'to',
	'x-auto-response-suppress'
];

describe('a mail server', () => {
	test('that is not there is away, and takes letters when it is back', async () => {
		const first = await post();
		await first.close();
		const send = via(first.settings());
		expect(await send(letter())).toEqual({ outcome: 'away', why: 'platform.mail.away' });
		const server = await open({}, first.port);
		expect(await send(letter())).toEqual({ outcome: 'sent' });
		expect(server.arrived).toHaveLength(1);
	});

	test('that never says whether it took a letter does not keep us from stopping', async () => {
		let asked: () => void = () => undefined;
		const reached = new Promise<void>((resolve) => (asked = resolve));
		const server = await open({ onMailFrom: () => asked(), closeTimeout: 100 });
		const { send, close } = openSmtp(server.settings());
		const going = send(letter());
		await reached;
		close();
		expect(await going).toEqual({ outcome: 'away', why: 'platform.mail.away' });
	});

	test('that knows no such person refuses this letter and takes the next', async () => {
		const server = await open({
			onRcptTo: ({ address }, _session, done) =>
				done(address.startsWith('pindah') ? reply(550, '5.1.1 no such user') : null)
		});
		const send = via(server.settings());
		expect(await send(letter({ to: { name: 'P', address: 'pindah@medan.example' } }))).toEqual({
			outcome: 'refused',
			why: 'platform.mail.refusedAddress'
		});
		expect(await send(letter())).toEqual({ outcome: 'sent' });
	});

	test('is told user name and password, which no log ever shows, also when they are wrong', async () => {
		const said = vi.spyOn(log, 'warn');
		const server = await open({
			authOptional: false,
			allowInsecureAuth: true,
			onAuth: ({ username, password }, _session, done) =>
				password === 'r@hasia:1' ? done(null, { user: username }) : done(new Error('salah: s@lah'))
		});
		const auth = (pass: string) => server.settings({ auth: { user: 'asah', pass } });
		expect(await via(auth('s@lah'))(letter())).toEqual({ outcome: 'away', why: 'platform.mail.signIn' });
		expect(await via(auth('r@hasia:1'))(letter())).toEqual({ outcome: 'sent' });
		expect(said).toHaveBeenCalled();
		expect(JSON.stringify(said.mock.calls)).not.toMatch(/hasia|s@lah|siti/);
	});

	test('without STARTTLS is told nothing unless that was allowed by name', async () => {
		const server = await open({
			authOptional: false,
			allowInsecureAuth: true,
			onAuth: (_auth, _session, done) => done(null, { user: 'x' })
		});
		const settings = server.settings({ startTls: true, auth: { user: 'asah', pass: 'rahasia' } });
		expect(await via(settings)(letter())).toEqual({ outcome: 'away', why: 'platform.mail.tls' });
		expect(server.arrived).toEqual([]);
	});

	test.each([
		['STARTTLS', { startTls: true }, { disabledCommands: [] }],
		['TLS from the first byte', { secure: true }, { secure: true }]
	])(
		'whose certificate nobody vouches for gets no letter by %s, and gets it once it is vouched for',
		async (_, change, options) => {
			const server = await open({ ...options, key: KEY, cert: CERTIFICATE });
			const settings = server.settings({ ...change, host: 'localhost' });
			expect(await via(settings)(letter())).toEqual({ outcome: 'away', why: 'platform.mail.tls' });
			expect(server.arrived).toEqual([]);
			const before = tls.getCACertificates('default');
			closing.push(() => tls.setDefaultCACertificates(before));
			tls.setDefaultCACertificates([...before, CERTIFICATE]);
			expect(await via(settings)(letter())).toEqual({ outcome: 'sent' });
			// Vouched for, but for somebody else.
			expect(await via({ ...settings, host: '127.0.0.1' })(letter())).toEqual({
				outcome: 'away',
				why: 'platform.mail.tls'
			});
			expect(server.arrived).toHaveLength(1);
		}
	);
});

describe('what a failure means', () => {
	const facts = { code: 'EENVELOPE', reply: 550, detail: null, command: 'RCPT TO' };
	test.each([
		['an unknown address is final', {}, 'refused', 'refusedAddress'],
		['a full mailbox is not', { reply: 452 }, 'later', 'later'],
		['greylisting is not', { reply: 450, detail: '4.7.1' }, 'later', 'later'],
		[
			'a server that may not relay is not the address’s fault',
			{ reply: 554, detail: '5.7.1' },
			'later',
			'policy'
		],
		['a server that wants us to sign in is not either', { reply: 530, detail: null }, 'later', 'policy'],
		['a server that shuts down is away', { reply: 421 }, 'away', 'away'],
		['a sender it does not want holds all letters', { command: 'MAIL FROM' }, 'away', 'sender'],
		[
			'a letter it does not want is final',
			{ code: 'EMESSAGE', command: 'DATA', reply: 552 },
			'refused',
			'refusedLetter'
		],
		[
			'a letter it cannot store now is not',
			{ code: 'EMESSAGE', command: 'DATA', reply: 451 },
			'later',
			'later'
		],
		[
			'a wrong password holds all letters',
			{ code: 'EAUTH', command: 'AUTH PLAIN', reply: 535 },
			'away',
			'signIn'
		],
		[
			'an unfriendly greeting holds all letters',
			{ code: 'EPROTOCOL', command: 'CONN', reply: 554 },
			'away',
			'away'
		],
		['no answer is away', { code: 'ETIMEDOUT', command: 'CONN', reply: null }, 'away', 'away']
	])('%s', (_, change, outcome, why) => {
		expect(judge({ ...facts, ...change })).toEqual({ outcome, why: `platform.mail.${why}` });
	});
});
