import { DOCUMENT_FONT } from '#platform/documents/fonts.ts';
import { printableJson } from '#platform/documents/printable.ts';
import { renderPdf } from '#platform/documents/render-pdf.ts';

/** A part of a chapter: a paragraph, or a table whose first row is repeated on every page. */
export type Block =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'heading'; readonly text: string }
	| {
			readonly kind: 'table';
			readonly caption: string;
			readonly head: readonly string[];
			readonly rows: readonly (readonly string[])[];
			/** Columns of figures, set to the right; the first column is wide unless `wide` names another. */
			readonly figures?: readonly number[];
			readonly wide?: readonly number[];
	  };

/** A letter or report of an office (kop surat, nomor, bab, tabel, tanda tangan). */
export type OfficeDocument = {
	readonly title: string;
	readonly agency: string;
	readonly office: string;
	/** Label and value under the title: Nomor, Hari dan tanggal, … */
	readonly facts: readonly (readonly [string, string])[];
	/** Numbered I, II, III when there are several. */
	readonly chapters: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
	readonly placeAndDate: string;
	/** Who signs: post and, when known, name; side by side. */
	readonly signatures: readonly { readonly post: string; readonly name: string }[];
	/** On every page's foot, before the page number. */
	readonly foot: string;
};

const TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.agency)
#set text(font: "${DOCUMENT_FONT}", lang: "id", size: 9.5pt, hyphenate: false)
#set par(leading: 0.6em, spacing: 0.9em)
#set page(paper: "a4", flipped: d.flipped, margin: (x: 20mm, top: 18mm, bottom: 20mm), footer: context {
  set text(size: 7.5pt, fill: rgb("#575d6f"))
  grid(columns: (1fr, auto), d.foot, [#counter(page).display() / #counter(page).final().first()])
})
#show heading.where(level: 1): set text(size: 13pt, weight: 700)
#show heading.where(level: 1): set block(above: 1.6em, below: 0.8em)
#show heading.where(level: 2): set text(size: 10.5pt, weight: 700)
#show heading.where(level: 2): set block(above: 1.3em, below: 0.7em, sticky: true)
#show figure: set block(breakable: true)
#show figure.caption: set text(size: 8.5pt, weight: 600)
#show figure.caption: set block(sticky: true)
#set figure(numbering: none, supplement: none)
#set figure.caption(position: top)

#align(center)[
  #text(size: 13pt, weight: 700, upper(d.agency)) \
  #text(size: 11pt, weight: 600, upper(d.office))
]
#pdf.artifact(block(above: 3mm, below: 5mm, line(length: 100%, stroke: 1.6pt)))
#align(center, text(size: 13pt, weight: 700, upper(d.title)))
#v(2mm)
#for (label, value) in d.facts [
  #grid(columns: (42mm, 4mm, 1fr), label, [:], value)
]
#for (at, chapter) in d.chapters.enumerate() {
  heading(level: 1, if d.chapters.len() > 1 { numbering("I.", at + 1) + " " + chapter.title } else { chapter.title })
  for (place, part) in chapter.blocks.enumerate() {
    // The last words go along with who signs: a signature alone on a page signs nothing.
    let last = at == d.chapters.len() - 1 and place == chapter.blocks.len() - 1
    if part.kind == "text" { block(sticky: last, par(part.text)) }
    else if part.kind == "heading" { heading(level: 2, part.text) }
    else {
      let figures = part.at("figures", default: ())
      let wide = part.at("wide", default: (0,))
      let size = if part.head.len() > 9 { 7pt } else if part.head.len() > 6 { 8pt } else { 8.5pt }
      figure(kind: table, caption: part.caption, {
        set text(size: size)
        table(columns: range(part.head.len()).map(at => if wide.contains(at) { 1fr } else { auto }),
          align: (x, y) => if figures.contains(x) { right } else { left },
          stroke: 0.4pt + rgb("#8a91a5"), inset: (x: 1.6mm, y: 1.3mm),
          fill: (x, y) => if y == 0 { rgb("#eef1fb") },
          table.header(..part.head.map(cell => text(weight: 600, cell))),
          ..part.rows.flatten())
      })
    }
  }
}
#block(above: 8mm, breakable: false, width: 100%)[
  #if d.signatures.len() == 1 {
    // One signature stands under its date, at the right.
    let one = d.signatures.first()
    grid(columns: (1fr, 80mm), [], align(center)[#d.placeAndDate #v(2mm) #one.post #v(18mm) #text(weight: 700, one.name)])
  } else {
    align(right, d.placeAndDate)
    v(2mm)
    grid(columns: d.signatures.map(_ => 1fr), column-gutter: 8mm, align: center,
      ..d.signatures.map(one => [#one.post #v(18mm) #text(weight: 700, one.name)]))
  }
]
`;

/** The document as tagged PDF/UA; wide tables lay the paper across. Same document and date, same bytes. */
export function officePdf(document: OfficeDocument, createdAt: Date): Promise<Uint8Array> {
	const columns = document.chapters.flatMap(({ blocks }) =>
		blocks.map((block) => (block.kind === 'table' ? block.head.length : 0))
	);
	const data = { ...document, flipped: Math.max(0, ...columns) > 9 };
	return renderPdf(TEMPLATE, { data: printableJson(data) }, { createdAt, standard: 'ua-1' });
}
