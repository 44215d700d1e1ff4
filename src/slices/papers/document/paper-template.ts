import { DOCUMENT_FONT } from '#platform/documents/fonts.ts';

/** Layout 1 of papers: kop surat, body, signature to the right, tembusan, lampiran. Frozen: a change is layout 2. */
export const PAPER_TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.data))
#let head = d.letterhead
#set document(title: d.heading, author: head.office)
#set text(font: "${DOCUMENT_FONT}", lang: "id", size: 10pt, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.9em, justify: false)
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 15mm, bottom: 20mm), footer: context {
  let last = counter(page).final().first()
  if last > 1 {
    set text(size: 7.5pt, fill: rgb("#575d6f"))
    grid(columns: (1fr, auto), d.foot, [#counter(page).display() / #last])
  }
})
#set enum(indent: 0mm, body-indent: 2.5mm, spacing: 0.62em)
#show heading: set block(above: 1.4em, below: 0.8em, sticky: true)
#show heading.where(level: 1): set text(size: 12pt, weight: 700)
#show heading.where(level: 2): set text(size: 10.5pt, weight: 700)
#show figure: set block(breakable: true)
#show figure.caption: set text(size: 8.5pt, weight: 600)
#show figure.caption: set align(left)
#set figure(numbering: none, supplement: none, gap: 0.6em)
#set figure.caption(position: top)

#let width(text) = {
  if text == "auto" { auto }
  else if text.ends-with("fr") { float(text.slice(0, -2)) * 1fr }
  else { float(text.slice(0, -2)) * 1mm }
}
#let labelled(label, body) = grid(columns: (28mm, 4mm, 1fr), label, [:], body)
#let show-block(part) = {
  if part.kind == "text" { par(justify: true, part.text) }
  else if part.kind == "heading" { heading(level: 2, part.text) }
  else if part.kind == "order" { align(center, text(weight: 700, tracking: 0.06em, part.text)) }
  else if part.kind == "facts" {
    block(inset: (left: 8mm), grid(columns: (34mm, 4mm, 1fr), row-gutter: 0.62em,
      ..part.rows.map(((label, value)) => (label, [:], value)).flatten()))
  }
  else if part.kind == "list" {
    let items = if part.items.len() == 1 { par(justify: true, part.items.first()) } else { enum(..part.items.map(item => text(item))) }
    if part.label == none { items } else { block(labelled(part.label, items)) }
  }
  else {
    let size = if part.head.len() > 6 { 8pt } else { 9pt }
    let high = if part.tall { 3.6mm } else { 1.5mm }
    figure(kind: table, caption: if part.caption == "" { none } else { part.caption }, {
      set text(size: size)
      set par(leading: 0.5em, justify: false)
      table(columns: part.widths.map(width),
        align: (x, y) => if y == 0 { center + horizon } else if part.figures.contains(x) { right } else { left },
        stroke: 0.5pt + rgb("#3c4253"), inset: (x: 1.5mm, y: high),
        fill: (x, y) => if y == 0 { rgb("#eef1fb") },
        table.header(..part.head.map(cell => text(weight: 600, cell))),
        ..part.rows.flatten())
    })
  }
}

#block(width: 100%, below: 0mm, {
  let middle = align(center, {
    set par(leading: 0.45em, spacing: 0.5em)
    par(text(size: 12pt, weight: 600, upper(head.government)))
    par(text(size: 13.5pt, weight: 700, upper(head.office)))
    set text(size: 8.5pt)
    for line in d.headLines { par(line) }
  })
  if d.hasLogo {
    grid(columns: (20mm, 1fr, 20mm), column-gutter: 3mm, align: horizon,
      image(bytes(sys.inputs.logo), format: "svg", width: 20mm, height: 23mm, fit: "contain", alt: d.logoAlt), middle, [])
  } else { middle }
})
#pdf.artifact(block(above: 2.5mm, below: 5mm, {
  line(length: 100%, stroke: 1.8pt)
  v(-0.9em)
  line(length: 100%, stroke: 0.5pt)
}))

#if d.form == "letter" [
  #align(right, d.placeAndDate.join(", "))
  #grid(columns: (20mm, 4mm, 1fr), row-gutter: 0.62em,
    ..d.letterFacts.map(((label, value)) => (label, [:], value)).flatten())
  #v(3mm)
  #block(inset: (left: 0mm), for line in d.letter.to { par(line) })
  #v(2mm)
] else [
  #align(center, {
    block(below: 0.5em, heading(level: 1, upper(d.title)))
    d.numberLine
  })
  #v(2mm)
]
#for part in d.blocks { show-block(part) }

#v(6mm)
// Signature and copies stay together: neither begins a page alone.
#block(breakable: d.copies.len() > 12, width: 100%, {
  block(breakable: false, width: 100%, grid(columns: (1fr, 82mm), [], {
    set par(spacing: 0.62em)
    if d.form == "sheet" { for line in d.placeAndDate { par(line) } }
    for line in d.signatory.lines { par(text(weight: 600, line)) }
    v(19mm)
    par(text(weight: 700, underline(d.signatory.name)))
    if d.signatory.rank != none { par(d.signatory.rank) }
    if d.signatory.nip != none { par(d.nipLine) }
  }))
  if d.copies.len() > 0 {
    v(4mm)
    set text(size: 8.5pt)
    par(d.copiesLabel)
    enum(..d.copies.map(line => text(line)))
  }
})
#if d.annex != none {
  pagebreak()
  block(width: 100%, grid(columns: (1fr, 82mm), [], {
    set par(spacing: 0.5em)
    set text(size: 9pt)
    for line in d.annex.title { par(line) }
  }))
  v(4mm)
  for part in d.annex.blocks { show-block(part) }
}
`;
