import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { once } from 'node:events';
import { invalidField, refused } from '#kernel/errors.ts';

/** Longest that somebody waits for a scanner; after that the file is not taken. */
const PATIENCE_MS = 20_000;
const CHUNK_BYTES = 64 * 1024;

/** True: harmful. Rejects when the scanner cannot be asked. */
type Scanner = (bytes: Uint8Array) => Promise<boolean>;

/**
 * The scanner of an installation, or null: none. `ASAH_VIRUS_SCAN` is `clamd:HOST:PORT` or `clamd:/path/of/socket`
 * (INSTREAM of clamd(8)), or a command line that reads the file from its standard input and ends with 0 clean, 1 harmful
 * (clamscan(1) and clamdscan(1) with `-`).
 */
export function virusScanner(setting: string | undefined): Scanner | null {
	const text = setting?.trim() ?? '';
	if (text === '') return null;
	return text.startsWith('clamd:')
		? (bytes) => byClamd(text.slice(6), bytes)
		: (bytes) => byCommand(text, bytes);
}

/** Whatever files a form carries, seen by the scanner before anything else reads them; `formAction` and `openAction` ask. */
export async function scanForm(form: FormData, scan = scannerSet()): Promise<void> {
	if (scan === null) return;
	for (const [field, value] of form)
		if (value instanceof File && value.size > 0)
			await scanFile(field, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) }, scan);
}

/** The same for a command of the machine door, which carries files as base64 beside their name. */
export async function scanInput(input: unknown, scan = scannerSet(), field = ''): Promise<void> {
	if (scan === null || typeof input !== 'object' || input === null) return;
	if ('base64' in input && typeof input.base64 === 'string') {
		const name = 'name' in input && typeof input.name === 'string' ? input.name : field;
		await scanFile(field, { name, bytes: Buffer.from(input.base64, 'base64') }, scan);
	}
	for (const [name, value] of Object.entries(input))
		await scanInput(value, scan, field === '' ? name : `${field}.${name}`);
}

const scannerSet = () => virusScanner(process.env['ASAH_VIRUS_SCAN']);

/** Refuses a harmful file, and any file while the scanner that was set does not answer; nothing without a setting. */
export async function scanFile(
	field: string,
	{ name, bytes }: { name: string; bytes: Uint8Array },
	scan = scannerSet()
): Promise<void> {
	if (scan === null) return;
	const harmful = await scan(bytes).catch(() => null);
	if (harmful === null) throw refused('platform.files.scanSilent');
	if (harmful) throw invalidField(field, 'platform.files.harmful', { name });
}

async function byCommand(line: string, bytes: Uint8Array): Promise<boolean> {
	const [program = '', ...given] = line.split(/\s+/);
	const child = spawn(program, given, { stdio: ['pipe', 'ignore', 'ignore'], timeout: PATIENCE_MS });
	// A scanner that has seen enough may close its end before the whole file is there.
	child.stdin.on('error', () => undefined);
	child.stdin.end(bytes);
	const [code]: unknown[] = await once(child, 'close');
	if (code !== 0 && code !== 1) throw new Error(`${program} ended with ${String(code)}`);
	return code === 1;
}

async function byClamd(address: string, bytes: Uint8Array): Promise<boolean> {
	const [host = '', port] = address.split(':');
	const socket = address.startsWith('/') ? connect(address) : connect(Number(port), host);
	socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('clamd does not answer')));
	socket.write('zINSTREAM\0');
	for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
		const chunk = bytes.subarray(at, at + CHUNK_BYTES);
		const length = Buffer.alloc(4);
		length.writeUInt32BE(chunk.length);
		socket.write(length);
		socket.write(chunk);
	}
	socket.write(Buffer.alloc(4));
	let answer = '';
	for await (const part of socket) answer += String(part);
	if (/\bFOUND\b/.test(answer)) return true;
	if (/\bOK\b/.test(answer)) return false;
	throw new Error(`clamd said ${answer.slice(0, 100)}`);
}
