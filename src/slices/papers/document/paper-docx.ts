import type { IRunOptions, ParagraphChild, Table as DocxTable } from 'docx';
import { formatNip } from '#kernel/nip.ts';
import { printable } from '#platform/documents/printable.ts';
import type { Block, PaperFacts } from '../facts.ts';
import { pictureSize } from '#platform/files/picture-size.ts';
import { headLines } from './paper-pdf.ts';
import { LABELS } from './words.ts';

type Docx = typeof import('docx');

/** 1 mm in twentieths of a point, by which Word measures. */
const MM = 56.7;
const WIDE = 165;
const FONT = 'Arial';

/**
 * The paper as a Word file (ECMA-376) for an office that must go on writing in it: the same words as the PDF, a
 * plainer layout. Words are runs of text, never fields, so nothing in a name is carried out. `logo`: PNG or JPEG.
 */
export async function paperDocx(facts: PaperFacts, logo: Buffer | null): Promise<Buffer> {
	// Loaded when the first file is asked for, as the workbooks are.
	const docx = await import('docx');
	const file = new docx.Document({
		creator: printable(facts.letterhead.office),
		title: printable(`${facts.letter?.subject ?? facts.title} · ${facts.number}`),
		styles: {
			default: { document: { run: { font: FONT, size: 21 }, paragraph: { spacing: { after: 100 } } } }
		},
		sections: [
			{
				properties: {
					page: {
						size: { width: 210 * MM, height: 297 * MM },
						margin: { top: 15 * MM, bottom: 20 * MM, left: 25 * MM, right: 20 * MM }
					}
				},
				children: [
					...head(docx, facts, logo),
					...opening(docx, facts),
					...facts.blocks.flatMap((block) => drawn(docx, block)),
					...signature(docx, facts),
					...annex(docx, facts)
				]
			}
		]
	});
	return docx.Packer.toBuffer(file);
}

const run = (docx: Docx, words: string, options: IRunOptions = {}) =>
	new docx.TextRun({ ...options, text: printable(words) });

function line(docx: Docx, words: string, options: IRunOptions & { center?: boolean; indent?: number } = {}) {
	const { center = false, indent, ...look } = options;
	return paragraph(docx, [run(docx, words, look)], { center, ...(indent === undefined ? {} : { indent }) });
}

const paragraph = (
	docx: Docx,
	children: readonly ParagraphChild[],
	{ center = false, indent }: { center?: boolean; indent?: number } = {}
) =>
	new docx.Paragraph({
		children,
		...(center ? { alignment: docx.AlignmentType.CENTER } : {}),
		...(indent === undefined ? {} : { indent: { left: indent * MM } })
	});

function head(docx: Docx, facts: PaperFacts, logo: Buffer | null) {
	const { letterhead } = facts;
	const size = logo === null ? null : pictureSize(logo);
	const picture =
		logo === null || size === null
			? []
			: [
					paragraph(
						docx,
						[
							new docx.ImageRun({
								type: size.mime === 'image/png' ? 'png' : 'jpg',
								data: logo,
								transformation: { height: 72, width: Math.round((72 * size.width) / size.height) }
							})
						],
						{ center: true }
					)
				];
	return [
		...picture,
		line(docx, letterhead.government.toUpperCase(), { center: true, bold: true, size: 24 }),
		line(docx, letterhead.office.toUpperCase(), { center: true, bold: true, size: 27 }),
		...headLines(facts).map((words) => line(docx, words, { center: true, size: 17 })),
		new docx.Paragraph({
			border: { bottom: { style: docx.BorderStyle.DOUBLE, size: 12, color: '000000', space: 1 } }
		})
	];
}

function opening(docx: Docx, { form, letter, title, number, placeAndDate }: PaperFacts) {
	if (form === 'sheet' || letter === null)
		return [
			line(docx, title.toUpperCase(), { center: true, bold: true, size: 24 }),
			line(docx, `${LABELS.numberOfSheet} ${number}`, { center: true })
		];
	return [
		new docx.Paragraph({
			alignment: docx.AlignmentType.RIGHT,
			children: [run(docx, placeAndDate.join(', '))]
		}),
		factTable(docx, [
			[LABELS.number, number],
			[LABELS.nature, letter.nature],
			[LABELS.attachment, letter.attachment],
			[LABELS.subject, letter.subject]
		]),
		line(docx, ''),
		...letter.to.map((words) => line(docx, words))
	];
}

function drawn(docx: Docx, block: Block) {
	switch (block.kind) {
		case 'text':
			return [line(docx, block.text)];
		case 'heading':
			return [line(docx, block.text, { bold: true })];
		case 'order':
			return [line(docx, block.text, { bold: true, center: true })];
		case 'facts':
			return [factTable(docx, block.rows), line(docx, '')];
		case 'list':
			return [
				...(block.label === null ? [] : [line(docx, `${block.label}:`)]),
				...block.items.map((item, at) =>
					line(docx, block.items.length === 1 ? item : `${at + 1}. ${item}`, {
						indent: block.label === null ? 0 : 20
					})
				)
			];
		case 'table':
			return [
				...(block.caption === '' ? [] : [line(docx, block.caption, { bold: true })]),
				grid(docx, block),
				line(docx, '')
			];
	}
}

function factTable(docx: Docx, rows: readonly (readonly [string, string])[]): DocxTable {
	const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
	const borders = {
		top: none,
		bottom: none,
		left: none,
		right: none,
		insideHorizontal: none,
		insideVertical: none
	};
	return new docx.Table({
		columnWidths: [35 * MM, 5 * MM, (WIDE - 40) * MM],
		borders,
		rows: rows.map(
			([label, value]) =>
				new docx.TableRow({
					children: [label, ':', value].map((words) => new docx.TableCell({ children: [line(docx, words)] }))
				})
		)
	});
}

function grid(
	docx: Docx,
	{ head: titles, rows, widths, figures }: Extract<Block, { kind: 'table' }>
): DocxTable {
	const parts = widths.map((width) =>
		width === 'auto' ? 10 : width.endsWith('mm') ? Number.parseFloat(width) : Number.parseFloat(width) * 25
	);
	const scale = WIDE / parts.reduce((sum, part) => sum + part, 0);
	const cell = (words: string, at: number, bold: boolean) =>
		new docx.TableCell({
			width: { size: Math.round((parts[at] ?? 10) * scale * MM), type: docx.WidthType.DXA },
			children: [
				new docx.Paragraph({
					children: [run(docx, words, { size: 18, bold })],
					...(figures.includes(at) && !bold ? { alignment: docx.AlignmentType.RIGHT } : {})
				})
			]
		});
	return new docx.Table({
		columnWidths: parts.map((part) => Math.round(part * scale * MM)),
		rows: [
			new docx.TableRow({ tableHeader: true, children: titles.map((words, at) => cell(words, at, true)) }),
			...rows.map(
				(row) =>
					new docx.TableRow({ cantSplit: true, children: row.map((words, at) => cell(words, at, false)) })
			)
		]
	});
}

const SIGN_AT = 85;

function signature(docx: Docx, { form, placeAndDate, signatory, copies }: PaperFacts) {
	const at = (words: string, look: IRunOptions = {}) => line(docx, words, { ...look, indent: SIGN_AT });
	return [
		line(docx, ''),
		...(form === 'sheet' ? placeAndDate.map((words) => at(words)) : []),
		...signatory.lines.map((words) => at(words, { bold: true })),
		...[1, 2, 3].map(() => at('')),
		at(signatory.name, { bold: true, underline: {} }),
		...(signatory.rank === null ? [] : [at(signatory.rank)]),
		...(signatory.nip === null ? [] : [at(`NIP ${formatNip(signatory.nip)}`)]),
		...(copies.length === 0 ? [] : [line(docx, LABELS.copies, { size: 17 })]),
		...copies.map((words, index) => line(docx, `${index + 1}. ${words}`, { size: 17 }))
	];
}

function annex(docx: Docx, { annex: it }: PaperFacts) {
	if (it === null) return [];
	return [
		new docx.Paragraph({ pageBreakBefore: true, children: [] }),
		...it.title.map((words) => line(docx, words, { indent: SIGN_AT, size: 18 })),
		line(docx, ''),
		...it.blocks.flatMap((block) => drawn(docx, block))
	];
}
