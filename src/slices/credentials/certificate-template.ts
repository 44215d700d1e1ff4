/**
 * The certificate, in typst: A4 landscape, the proof in front, the modules on the back.
 * A string, because it must be at hand both in the bundled server and under plain Node.
 * Inputs: `data`, JSON as `certificatePdf` makes it; `frame`, `rosette`, `qr` and optionally `logo`, SVG texts.
 */
export const CERTIFICATE_TEMPLATE = String.raw`
#let d = json(bytes(sys.inputs.data))
// Each part by its own name: typst sets afresh only what holds a value that changed, and among the thirty
// certificates of a class that is the name, the number and the code.
#let (words, agency, recipient, programme, signatory, number, status, stamp, totals) = d
#let verify-link = link(d.verifyUrl, text(weight: 600, d.verifyText))
#let picture(source, ..options) = image(bytes(source), format: "svg", ..options)
#let rosette = sys.inputs.rosette
#let decoration(body) = pdf.artifact(body)

#let nila = rgb("#384ca2")
#let nila-deep = rgb("#1f2a56")
#let ink = rgb("#13192d")
#let quiet = rgb("#575d6f")
#let hair = rgb("#c1cdef")
#let alarm = rgb("#b02b27")

// 39 x 27 tiles of 87/12 mm fill 297 x 210 mm but for the same edge of 7 mm, which printers reach, on all four sides.
#let tile = 87mm / 12
#let edge = (297mm - 39 * tile) / 2
#let inner = edge + tile

#set text(font: "Plus Jakarta Sans", lang: d.language, size: 10pt, spacing: 118%, fill: ink, hyphenate: false)
#set par(leading: 0.55em, spacing: 0.6em)
#let outline(inset, weight) = place(center + horizon, rect(width: 297mm - 2 * inset, height: 210mm - 2 * inset, stroke: weight + nila))
#let ground(lines) = {
  lines
  if stamp != none {
    let pale = alarm.transparentize(72%)
    place(center + horizon, rotate(-24deg, block(stroke: 3pt + pale, inset: (x: 14mm, y: 6mm), radius: 3mm,
      text(size: 52pt, weight: 700, tracking: 0.14em, fill: pale, upper(stamp)))))
  }
}
#set page(width: 297mm, height: 210mm, margin: (x: inner + 17mm, y: inner + 7.5mm))
#show heading: set text(size: 1em, weight: "regular")
#show heading: set block(above: 0pt, below: 0pt)

// One line, as large as the width allows.
#let one-line(most, body) = layout(room => {
  let wide = measure(text(size: most, body)).width
  text(size: if wide > room.width { most * (room.width / wide) * 0.998 } else { most }, body)
})
// The first of the sizes, falling, at which the height given is enough; else the last. Halving: measuring is dear.
#let fitted(sizes, height, make) = layout(room => {
  let fits(size) = measure(make(size), width: room.width).height <= height
  let (low, high) = (0, if fits(sizes.first()) { 0 } else { sizes.len() - 1 })
  while low < high {
    let middle = calc.quo(low + high, 2)
    if fits(sizes.at(middle)) { high = middle } else { low = middle + 1 }
  }
  make(sizes.at(low))
})
// A title on one line if a slightly smaller letter allows it, else on lines of like length.
#let title-lines(sizes, height, make) = layout(room => {
  let tall(size, width) = measure(make(size), width: width).height
  let one = sizes.slice(0, 4).find(size => measure(make(size)).width <= room.width)
  if one != none { make(one) } else {
    let fits(size) = tall(size, room.width) <= height
    let size = sizes.find(fits)
    if size == none { size = sizes.last() }
    let least = tall(size, room.width) + 0.1pt
    let share = range(50, 100, step: 3).find(share => tall(size, room.width * share / 100) <= least)
    block(width: if share == none { 100% } else { share * 1% }, make(size))
  }
})
#let second(gap, key) = if "second" in words {
  v(gap)
  text(size: 9pt, style: "italic", fill: quiet, lang: words.second.lang, words.second.at(key))
}
// The groups of digits stand apart; the typeface's own space is too narrow for that.
#let nip(digits) = text(spacing: 160%)[#words.nip #digits]

// The line under a name or a title.
#let ornament = decoration(box(width: 120mm, grid(columns: (1fr, auto, 1fr), align: horizon, column-gutter: 2mm,
  line(length: 100%, stroke: 0.5pt + nila), picture(rosette, height: 3.4mm), line(length: 100%, stroke: 0.5pt + nila))))

// ---------------------------------------------------------------- front
#set page(background: ground({
  place(top + left, dx: edge, dy: edge, picture(sys.inputs.frame, width: 39 * tile))
  outline(edge - 1.1mm, 0.5pt)
  outline(inner + 1.1mm, 0.5pt)
}))
#align(center)[
  #layout(room => box(grid(columns: (auto, auto), column-gutter: 5mm, align: left + horizon,
    if "logo" in sys.inputs { picture(sys.inputs.logo, height: 15mm, alt: agency.logoAlt) } else { decoration(picture(rosette, height: 15mm)) },
    {
      let widest = room.width - 40mm
      let line(most, body) = block(width: calc.min(measure(text(size: most, body)).width + 1pt, widest), above: 0pt, below: 0pt, one-line(most, body))
      line(13.5pt, text(weight: 700, tracking: 0.08em, fill: nila-deep, upper(agency.name)))
      v(2.2mm)
      line(10.5pt, text(weight: 500, fill: nila-deep, agency.office))
    })))

  #v(1fr)
  #heading(level: 1, text(size: 29pt, weight: 700, tracking: 0.2em, fill: nila, upper(words.title)))
  #second(2.4mm, "title")
  #v(2mm)
  #one-line(10pt)[#words.number #text(weight: 600, number)]

  #v(1fr)
  #text(fill: quiet, words.awardedTo)
  #v(2.6mm)
  #one-line(27pt, text(weight: 600, recipient.name))
  #v(1.6mm)
  #ornament
  #v(1.2mm)
  #if recipient.nip != none { text(weight: 600, nip(recipient.nip)) }
  #if recipient.place != none { one-line(10pt, recipient.place) }

  #v(0.8fr)
  #text(fill: quiet, words.statement)
  #v(2mm)
  #title-lines((17pt, 16pt, 15pt, 14pt, 13pt, 12pt, 11pt, 10pt), 15mm, size => heading(level: 2, text(size: size, weight: 700, fill: nila-deep, programme.name)))
  #if d.predicate != none { v(1.6mm); one-line(11pt, text(weight: 600, d.predicate)) }
  #v(3.6mm)
  #let fact(label, value) = block(width: 100%, {
    text(size: 8.5pt, fill: quiet, label)
    v(0.2mm)
    fitted((10pt, 9.5pt, 9pt, 8.5pt, 8pt), 8.4mm, size => text(size: size, weight: 600, value))
  })
  #grid(columns: (1fr, 1.35fr, 1.35fr, 0.8fr), inset: (x: 3mm, y: 2.4mm), align: center + top,
    stroke: (x, y) => (left: if x > 0 { 0.5pt + hair }, top: 0.5pt + hair, bottom: 0.5pt + hair),
    fact(words.form, programme.form), fact(words.period, programme.period),
    fact(words.place, programme.place), fact(words.hours, programme.hours))
]
#v(1.2fr)
#grid(columns: (1fr, 96mm), align: left + bottom,
  grid(columns: (25mm, 76mm), column-gutter: 4.5mm, align: horizon,
    picture(sys.inputs.qr, width: 25mm, alt: d.qrAlt),
    {
      set text(size: 8.5pt)
      text(fill: quiet, words.verify)
      linebreak()
      text(fill: nila-deep, verify-link)
      v(0.4mm)
      text(fill: quiet)[#words.status: ]
      text(weight: 700, fill: if stamp == none { ink } else { alarm }, status)
    }),
  {
    [#signatory.placeAndDate]
    linebreak()
    fitted((10pt, 9.5pt, 9pt, 8.5pt), 9.5mm, size => text(size: size, weight: 500, signatory.post))
    v(16mm)
    fitted((11pt, 10.5pt, 10pt, 9.5pt, 9pt), 9mm, size => underline(offset: 2.2pt, stroke: 0.5pt, evade: false, text(size: size, weight: 700, signatory.name)))
    v(1mm)
    set text(size: 9pt)
    if signatory.rank != none { signatory.rank; linebreak() }
    if signatory.nip != none { nip(signatory.nip) }
  })

// ---------------------------------------------------------------- back
#set page(background: ground({
  outline(edge - 1.1mm, 0.5pt)
  outline(edge + 0.5mm, 1.5pt)
}))
#align(center)[
  #heading(level: 1, text(size: 16pt, weight: 700, tracking: 0.06em, fill: nila, upper(words.modules)))
  #second(2.2mm, "modules")
  #v(2.4mm)
  #ornament
  #v(3mm)
  #title-lines((12pt, 11.5pt, 11pt, 10.5pt, 10pt, 9.5pt, 9pt), 11mm, size => text(size: size, weight: 600, fill: nila-deep, programme.name))
  #v(0.4mm)
  #one-line(9.5pt, text(fill: quiet)[#programme.form · #programme.period · #programme.place])
]
#v(5mm)
#let module-table(rows, first, size, summary) = {
  set text(size: size)
  table(columns: (auto, 1fr, auto), inset: (x: 2.5mm, y: if size < 9pt { 0.48em } else { 0.62em }), align: (right, left, right),
    stroke: (x, y) => (bottom: 0.5pt + if y == 0 { nila } else { hair }),
    table.header(
      text(weight: 600, fill: nila-deep, words.moduleNumber),
      text(weight: 600, fill: nila-deep, words.module),
      text(weight: 600, fill: nila-deep, words.moduleHours)),
    ..rows.enumerate().map(((i, row)) => ([#(first + i)], row.title, row.hours)).flatten(),
    ..summary.map(((label, value)) => (table.cell(colspan: 2, align: right, text(weight: 700, label)), text(weight: 700, value))).flatten())
}
// Two columns from 15 modules on. Some 60 short titles fit; a longer list runs on to a third page, headers repeated.
#let modules = programme.modules
#let half = if modules.len() > 14 { calc.ceil(modules.len() / 2) } else { modules.len() }
#fitted((11.5pt, 11pt, 10.5pt, 10pt, 9.5pt, 9pt, 8.5pt, 8pt, 7.5pt, 7pt, 6.5pt, 6pt), 104mm, size => {
  let left-part = module-table(modules.slice(0, half), 1, size, if half == modules.len() { totals } else { () })
  if half == modules.len() { align(center, block(width: 78%, left-part)) }
  else { grid(columns: (1fr, 1fr), column-gutter: 9mm, left-part, module-table(modules.slice(half), half + 1, size, totals)) }
})
#v(1fr)
#align(center, text(size: 8.5pt, fill: quiet)[#words.title #words.number #number · #recipient.name \ #link(d.verifyUrl, d.verifyText)])

// Last, because it joins the style of all that follows it: at the top, a new title would set every table afresh.
#set document(title: d.title, author: agency.name, date: datetime(..d.issuedOnParts))
`;
