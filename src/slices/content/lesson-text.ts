/**
 * The marks that a lesson's text may carry, as in Markdown: blank lines part paragraphs, `#`/`##`/`###` begin headings,
 * `-` and `1.` lists, `**bold**`, `*italic*`, `[words](https://…)`. The text becomes blocks, never HTML: whatever else
 * stands there is shown as it was typed.
 */
export type Span = { text: string; bold?: true; italic?: true; href?: string };
export type Block =
	| { kind: 'heading'; level: 2 | 3; spans: Span[] }
	| { kind: 'paragraph'; spans: Span[] }
	| { kind: 'list'; ordered: boolean; items: Span[][] };

const MARK = /\*\*([^*\n]{1,500})\*\*|\*([^*\s][^*\n]{0,500})\*|\[([^[\]\n]{1,300})\]\(([^()\s]{1,500})\)/g;
/** Only addresses that cannot run anything: the web, mail, and this site's own pages. */
const SAFE = /^(https?:\/\/|mailto:|\/(?!\/))/i;

export function spansOf(text: string): Span[] {
	const spans: Span[] = [];
	let end = 0;
	for (const match of text.matchAll(MARK)) {
		const [whole, bold, italic, label, href] = match;
		if (href !== undefined && !SAFE.test(href)) continue;
		if (match.index > end) spans.push({ text: text.slice(end, match.index) });
		if (bold !== undefined) spans.push({ text: bold, bold: true });
		else if (italic !== undefined) spans.push({ text: italic, italic: true });
		else if (label !== undefined && href !== undefined) spans.push({ text: label, href });
		end = match.index + whole.length;
	}
	if (end < text.length) spans.push({ text: text.slice(end) });
	return spans;
}

type Line =
	| { kind: 'heading'; level: 2 | 3; text: string }
	| { kind: 'item'; ordered: boolean; text: string }
	| { kind: 'blank' }
	| { kind: 'text'; text: string };

function lineOf(line: string): Line {
	const text = line.trim();
	if (text === '') return { kind: 'blank' };
	const heading = /^(#{1,3}) +(.+)$/.exec(text);
	if (heading?.[2] !== undefined)
		return { kind: 'heading', level: heading[1] === '###' ? 3 : 2, text: heading[2] };
	const bullet = /^[-*•] +(.+)$/.exec(text);
	if (bullet?.[1] !== undefined) return { kind: 'item', ordered: false, text: bullet[1] };
	const number = /^\d{1,3}[.)] +(.+)$/.exec(text);
	if (number?.[1] !== undefined) return { kind: 'item', ordered: true, text: number[1] };
	return { kind: 'text', text };
}

export function lessonBlocks(body: string): Block[] {
	const blocks: Block[] = [];
	let open:
		{ kind: 'paragraph'; lines: string[] } | { kind: 'list'; ordered: boolean; items: string[] } | null =
		null;
	const close = () => {
		if (open?.kind === 'paragraph') blocks.push({ kind: 'paragraph', spans: spansOf(open.lines.join('\n')) });
		else if (open) blocks.push({ kind: 'list', ordered: open.ordered, items: open.items.map(spansOf) });
		open = null;
	};
	for (const line of body.replace(/\r\n?/g, '\n').split('\n').map(lineOf)) {
		if (line.kind === 'blank') close();
		else if (line.kind === 'heading') {
			close();
			blocks.push({ kind: 'heading', level: line.level, spans: spansOf(line.text) });
		} else if (line.kind === 'item') {
			if (open?.kind !== 'list' || open.ordered !== line.ordered) {
				close();
				open = { kind: 'list', ordered: line.ordered, items: [] };
			}
			open.items.push(line.text);
		} else if (open?.kind === 'list') {
			// A line that goes on under an item belongs to it.
			open.items.push(`${open.items.pop() ?? ''} ${line.text}`);
		} else {
			open ??= { kind: 'paragraph', lines: [] };
			open.lines.push(line.text);
		}
	}
	close();
	return blocks;
}
