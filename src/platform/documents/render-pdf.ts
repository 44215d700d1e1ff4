import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type * as typst from '@myriaddreamin/typst-ts-node-compiler';
import { documentFonts, fontFolder } from './fonts.ts';

/** PDF/A-2a: archival and tagged (ISO 19005-2, level a). PDF/UA-1: tagged for assistive technology (ISO 14289-1). */
export type PdfStandard = 'a-2a' | 'ua-1';

export type PdfOptions = {
	/** The document's date in its metadata. An argument, so that the same input gives the same bytes. */
	readonly createdAt: Date;
	readonly standard?: PdfStandard;
};

type Asked = {
	readonly id: number;
	readonly mainFileContent: string;
	readonly inputs: Readonly<Record<string, string>>;
	readonly creationTimestamp: number;
	readonly pdfStandard: PdfStandard | undefined;
};
type Answer = { readonly id: number } & ({ readonly pdf: Uint8Array } | { readonly failed: string });
type Start = { readonly compiler: string; readonly workspace: string; readonly fonts: readonly Uint8Array[] };

// The compiler holds some 60 MB: given back when nobody has asked for a document for so long.
const IDLE_MS = 5 * 60_000;

/**
 * What runs in the thread. It is handed over as its own text, because the built server is one bundle and has no second
 * file to start: so it may use nothing from around it, not even an import.
 */
function thread(): void {
	// typst remembers every intermediate result, and that grows by some 400 MB in a thousand documents unless what has
	// not been used again is forgotten. Forgetting after each document takes 1 ms; after each twentieth it took 17.
	// What documents share (template, pattern, fonts) is used again and stays.
	const DOCUMENTS_REMEMBERED = 4;
	const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
	const { compiler, workspace, fonts }: Start = workerData;
	const { NodeCompiler }: typeof typst = process.getBuiltinModule('node:module').createRequire(compiler)(
		compiler
	);
	// The workspace is all that a template, or an SVG placed by it, may read by name: nothing but the typeface.
	const typesetter = NodeCompiler.create({
		workspace,
		fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }]
	});
	// The compiler puts what is wrong with the template in `code` and leaves `message` empty.
	const reasonOf = (error: unknown): string => {
		if (!(error instanceof Error)) return String(error);
		return error.message || ('code' in error ? String(error.code) : error.name);
	};
	parentPort?.on('message', ({ id, mainFileContent, inputs, creationTimestamp, pdfStandard }: Asked) => {
		const source = { mainFileContent, inputs: { ...inputs } };
		const answer = (standard: PdfStandard | undefined) =>
			parentPort.postMessage({
				id,
				pdf: typesetter.pdf(source, { creationTimestamp, pdfStandard: standard })
			});
		try {
			try {
				answer(pdfStandard);
			} catch (error) {
				if (!pdfStandard || !reasonOf(error).includes('could not be displayed with')) throw error;
				answer(undefined);
			}
		} catch (error) {
			parentPort.postMessage({ id, failed: reasonOf(error) });
		} finally {
			typesetter.evictCache(DOCUMENTS_REMEMBERED);
		}
	});
}

type Waiting = { resolve: (pdf: Uint8Array) => void; reject: (reason: Error) => void };
type Typesetter = { worker: Worker; waiting: Map<number, Waiting>; idle: NodeJS.Timeout | undefined };

let typesetter: Typesetter | undefined;
let asked = 0;

/**
 * Sets a typst template as PDF. `inputs` reach the template as `sys.inputs`: strings, never parsed as markup. Takes some
 * milliseconds in a thread of its own, one document after the other, so that whoever sets a thousand of them holds up
 * nobody's page; the first also starts the thread and unpacks the fonts. Same arguments, same bytes.
 * A letter that no font can show must not stop a person's document, and PDF/A and PDF/UA forbid it (ISO 19005-2
 * §6.2.11.8): such a document is set without the standard, and shows the font's sign for a missing letter.
 * Fails with typst's diagnostics when the template is wrong or breaks the standard in any other way.
 */
export function renderPdf(
	template: string,
	inputs: Readonly<Record<string, string>>,
	{ createdAt, standard }: PdfOptions
): Promise<Uint8Array> {
	const { worker, waiting, idle } = (typesetter ??= started());
	clearTimeout(idle);
	const question: Asked = {
		id: ++asked,
		mainFileContent: template,
		inputs,
		creationTimestamp: Math.floor(createdAt.getTime() / 1000),
		pdfStandard: standard
	};
	return new Promise((resolve, reject) => {
		waiting.set(question.id, { resolve, reject });
		// A script that waits for a document stays; one that does not may end with the thread still there.
		worker.ref();
		worker.postMessage(question);
	});
}

function started(): Typesetter {
	const start: Start = {
		compiler: createRequire(import.meta.url).resolve('@myriaddreamin/typst-ts-node-compiler'),
		workspace: fontFolder(),
		fonts: documentFonts()
	};
	const worker = new Worker(`(${thread.toString()})()`, { eval: true, workerData: start });
	const waiting = new Map<number, Waiting>();
	const one: Typesetter = { worker, waiting, idle: undefined };
	worker.on('message', (answer: Answer) => {
		const who = waiting.get(answer.id);
		waiting.delete(answer.id);
		if (waiting.size === 0) {
			worker.unref();
			one.idle = setTimeout(() => ended(one, 'nobody asked'), IDLE_MS).unref();
		}
		if ('pdf' in answer) who?.resolve(answer.pdf);
		else who?.reject(new Error(`typst: ${answer.failed}`));
	});
	worker.on('error', (error: Error) => ended(one, error.message));
	worker.on('exit', () => ended(one, 'its thread ended'));
	return one;
}

/** Whoever still waits is told why; the next document starts another thread. */
function ended(one: Typesetter, why: string): void {
	if (typesetter === one) typesetter = undefined;
	clearTimeout(one.idle);
	for (const { reject } of one.waiting.values()) reject(new Error(`typst: ${why}`));
	one.waiting.clear();
	void one.worker.terminate();
}
