import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { AppError, signedOut, STATUS } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { say, sayIssues } from '#platform/i18n/say.server.ts';
import { scanForm } from '#platform/files/virus-scan.ts';
import type { Command } from '#platform/work/command.ts';
import { run } from '#platform/work/run.ts';
import { isShared, runTogether } from '#platform/work/together.ts';
import { signInAddress } from './page.ts';

type Typed = Record<string, string | string[]>;

/** What a form gets back: a refusal with everything that was typed, or the answer. */
export type FormResult =
	| {
			command: string;
			done: false;
			kind: AppError['kind'];
			code: string;
			message: string;
			issues: Record<string, string>;
			values: Typed;
	  }
	| { command: string; done: true; message: string | null; answer: unknown };

type Options<Answer> = {
	/** What is typed → the command's input, at once or when an uploaded file is read; by default the fields, see `fieldsOf`. */
	input?: (form: FormData, event: RequestEvent) => unknown;
	/** Where to go next (a path), or the message key of what to say here. */
	then?: (
		answer: Answer,
		event: RequestEvent
	) => { to?: string; say?: string; params?: Record<string, string | number> };
};

type Next = { to?: string; say?: string; params?: Record<string, string | number>; answer?: unknown };

/** An action of a screen that runs a command: double clicks are harmless, refusals give back what was typed. */
export const formAction = <Shape extends z.ZodType, Answer>(
	work: Command<Shape, Answer>,
	options: Options<Answer> = {}
) =>
	answering(work.name, COMMAND_SECRETS, async (form, event) => {
		const { actor, requestId } = event.locals.ctx;
		if (!actor) throw signedOut();
		const input = options.input ? await options.input(form, event) : fieldsOf(form);
		const key = form.get('_key');
		const kept = typeof key === 'string' && key.length >= 8 ? key : undefined;
		const answer = await (isShared(work)
			? runTogether(work, { actor, input, requestId, key: kept ?? newId() })
			: run(work, { actor, input, requestId, ...(kept === undefined ? {} : { key: kept }) }));
		return { answer, ...options.then?.(answer, event) };
	});

/**
 * An action that is no command, because nobody is signed in yet or no agency is concerned (sign-in, first run).
 * `name` is what the form's result carries.
 */
export const openAction = (name: string, act: (form: FormData, event: RequestEvent) => Promise<Next>) =>
	answering(name, ACCOUNT_SECRETS, act);

/** Fields that are typed again after a refusal. Codes open accounts; in a command a code is what an office calls a thing. */
export const COMMAND_SECRETS = /password/i;
export const ACCOUNT_SECRETS = /password|code$/i;

const answering =
	(name: string, secrets: RegExp, act: (form: FormData, event: RequestEvent) => Promise<Next>) =>
	async (event: RequestEvent) => {
		const form = withoutNul(await event.request.formData());
		try {
			await scanForm(form);
			const next = await act(form, event);
			if (next.to !== undefined) redirect(303, next.to);
			const done: FormResult = {
				command: name,
				done: true,
				message: next.say === undefined ? null : say(next.say, next.params),
				answer: next.answer
			};
			return done;
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
			// Without scripts the page itself would give way to the sign-in: what was typed goes where it can wait.
			if (error.kind === 'signedOut' && !event.request.headers.has('x-sveltekit-action'))
				redirect(307, `/again?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
			const refusal: FormResult = {
				command: name,
				done: false,
				kind: error.kind,
				code: error.code,
				message: say(error.code, error.params),
				issues: sayIssues(error.issues),
				values: typedIn(form, secrets)
			};
			return fail(STATUS[error.kind], {
				...refusal,
				...(error.kind === 'signedOut' ? { signIn: signInAddress(event.url) } : {})
			});
		}
	};

/** Pasted out of a broken file, this character is seen by nobody, and PostgreSQL keeps no text that has it. */
function withoutNul(form: FormData): FormData {
	if (![...form.values()].some((value) => typeof value === 'string' && value.includes('\0'))) return form;
	const clean = new FormData();
	for (const [name, value] of form) {
		if (typeof value === 'string') clean.append(name, value.replaceAll('\0', ''));
		else clean.append(name, value);
	}
	return clean;
}

/** Several commands of one screen. */
export const formActions = <T extends Record<string, (event: RequestEvent) => Promise<unknown>>>(
	actions: T
): T => actions;

export function typedIn(form: FormData, secrets: RegExp): Typed {
	const typed: Typed = {};
	for (const name of new Set(form.keys())) {
		if (name.startsWith('_') || secrets.test(name)) continue; // secrets are typed again
		const values = form.getAll(name).filter((value) => typeof value === 'string');
		const first = values[0];
		if (first !== undefined) typed[name] = values.length > 1 ? values : first;
	}
	return typed;
}

type Tree = { [name: string]: unknown };
const isTree = (value: unknown): value is Tree =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Fields of a form as one object. `lines.0.goal` nests (numbers make lists), `seats:number`, `rate:whole` and
 * `agree:boolean` say their kind, `choices[]` is always a list. Empty text is left out, so that "required" means the same everywhere.
 */
export function fieldsOf(form: FormData): Tree {
	const root: Tree = {};
	for (const rawName of new Set(form.keys())) {
		if (rawName.startsWith('_')) continue;
		const values = form.getAll(rawName).filter((value) => value !== '');
		const [, name = rawName, list, kind] = /^(.*?)(\[\])?(?::(number|whole|boolean))?$/.exec(rawName) ?? [];
		const converted = values.map((value) => convert(value, kind));
		const value = list === undefined ? converted[0] : converted;
		if (value !== undefined) put(root, name.split('.'), value);
	}
	return lists(root);
}

function convert(value: FormDataEntryValue, kind: string | undefined): unknown {
	if (typeof value !== 'string') return value.size === 0 && value.name === '' ? undefined : value;
	if (kind === 'boolean') return value === 'true' || value === 'on';
	// Nobody means a fraction here, so 10.000 and 10,000 are ten thousand in either language.
	if (kind === 'whole' && /^\s*\d{1,3}([., ]\d{3})+\s*$/.test(value))
		return Number(value.replace(/[., ]/g, ''));
	// A word where a number belongs stays a word, so that the shape says "give a number" beside the field.
	if (kind === 'number' || kind === 'whole')
		return Number.isNaN(Number(value.replace(',', '.'))) ? value : Number(value.replace(',', '.'));
	return value;
}

const UNSAFE = new Set(['__proto__', 'constructor', 'prototype']);

function put(root: Tree, path: string[], value: unknown): void {
	if (path.some((part) => UNSAFE.has(part))) return;
	let at = root;
	for (const part of path.slice(0, -1)) {
		const below = at[part];
		const next: Tree = isTree(below) ? below : {};
		at[part] = next;
		at = next;
	}
	const last = path.at(-1);
	if (last !== undefined) at[last] = value;
}

/** Objects whose names are all numbers become lists, in the order of the numbers. */
function lists(tree: Tree): Tree {
	for (const [name, value] of Object.entries(tree)) {
		if (!isTree(value)) continue;
		const inner = lists(value);
		const names = Object.keys(inner);
		tree[name] =
			names.length > 0 && names.every((part) => /^\d+$/.test(part))
				? names.sort((a, b) => Number(a) - Number(b)).map((part) => inner[part])
				: inner;
	}
	return tree;
}
