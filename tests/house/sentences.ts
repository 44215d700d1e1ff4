import { parse } from 'svelte/compiler';
import ts from 'typescript';
import type { Source } from './tree.ts';

const WORD = /(?<![\w.:/#@$[-])\p{L}{2,}(?!\.\w|[\w:/=()[\]-])/gu;
const SQL = /^\s*(?:select|insert|update|delete|with|grant|create|comment on|set|start transaction|is not)\b/;

/** Three words or more with spaces between, and no SQL: what a person would read as language. */
export const isSentence = (text: string): boolean =>
	!SQL.test(text) && (text.trim().match(/\s/g) ?? []).length >= 2 && (text.match(WORD) ?? []).length >= 3;

/** Names and abbreviations that are the same in every language. */
const SAME_EVERYWHERE = /\b(?:Asah|JP|NIP|Ctrl K|sha256)\b/g;

/** A word left over that a translator would have to know. */
export const needsTranslator = (text: string): boolean =>
	/\p{L}{2,}/u.test(text.replace(SAME_EVERYWHERE, ''));

/** Where a sentence speaks to whoever keeps the program running, not to whoever uses it. */
const TO_DEVELOPERS = /^(?:Error|RangeError|TypeError|sql|raw|log\.\w+|emit|describe|test|it)$/;

/** Text of string literals and templates of a TypeScript file, but for those told to developers, imports and types. */
export function literalsOf({ path, text }: Source): string[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
		if (
			(ts.isNewExpression(node) || ts.isCallExpression(node)) &&
			TO_DEVELOPERS.test(node.expression.getText())
		)
			return;
		if (ts.isTaggedTemplateExpression(node)) return;
		// The one line of a command for the OpenAPI document, which is English like the code.
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'summary') return;
		if (ts.isStringLiteralLike(node)) found.push(node.text);
		if (ts.isTemplateExpression(node))
			found.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' … '));
		ts.forEachChild(node, visit);
	};
	visit(file);
	return found;
}

const SPOKEN = new Set([
	'alt',
	'title',
	'label',
	'placeholder',
	'aria-label',
	'question',
	'answer',
	'caption'
]);

/** What a component shows as it stands: text between tags, and attributes that are read out; script literals too. */
export function shownOf({ path, text }: Source): { shown: string[]; literals: string[] } {
	const shown: string[] = [];
	const root = parse(text, { modern: true, filename: path });
	const visit = (value: unknown, inAttribute: string | null): void => {
		if (Array.isArray(value)) return value.forEach((item) => visit(item, inAttribute));
		if (typeof value !== 'object' || value === null) return;
		const node: Record<string, unknown> = { ...value };
		const type = node['type'];
		const attribute = type === 'Attribute' ? String(node['name']) : inAttribute;
		if (type === 'Text' && (attribute === null || SPOKEN.has(attribute))) shown.push(String(node['data']));
		for (const [name, child] of Object.entries(node))
			if (name !== 'metadata' && name !== 'loc') visit(child, attribute);
	};
	visit(root.fragment, null);
	const script = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
	return { shown, literals: literalsOf({ path, text: script.join('\n') }) };
}
