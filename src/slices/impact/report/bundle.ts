import { createHash } from 'node:crypto';
import type { PanelRow } from '#kernel/statistics/panel.ts';
import type { ZipEntry } from '#platform/documents/zip.ts';
import type { Finding, Question } from '../finding.ts';
import { monthOf, type Indicator } from '../model.ts';
import { DESIGN_TEXT, ESTIMATOR_TEXT } from '../plan-text.ts';
import type { Study } from '../server/queries/studies.ts';
import { rScript } from './r-script.ts';

/** The R in which every design's script was run and gave the app's figures. */
const CHECKED_WITH = '4.2.2';

export type Bundled = { study: Study; question: Question; finding: Finding };

/**
 * All that a statistician needs to make the same figures again: rows without names, the plan with its hash, what was
 * found, how, and a script. The same study and rows give the same bytes.
 */
export function bundleOf({ study, question, finding }: Bundled): ZipEntry[] {
	const text = (name: string, content: string): ZipEntry => ({ name, content: Buffer.from(content, 'utf8') });
	return [
		text('data.csv', dataCsv({ study, question, finding })),
		text('rencana.txt', study.fixed?.text ?? 'Studi ini dikunci sebelum teks rencana disimpan.\n'),
		text('hasil.json', `${JSON.stringify(numbersOf(study, finding), null, 2)}\n`),
		text('cara.txt', methodText(study, finding, isOfPeople(question))),
		text(
			'ulang.R',
			rScript(finding.analysis.followed, finding.analysis.main, study.covariates, isOfPeople(question))
		)
	];
}

const isOfPeople = ({ rows }: Question): boolean => rows[0]?.cluster !== undefined;

/**
 * Unit codes follow the order of a hash of each unit's own figures: neither the plan's order nor a name leads back to a unit,
 * and the same rows get the same codes.
 */
export function unitCodes(rows: readonly PanelRow[]): Map<string, string> {
	const marks = [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, own]) => ({
		unit,
		mark: createHash('sha256')
			.update(JSON.stringify(own.map(({ period, value }) => [period, value])))
			.digest('hex')
	}));
	const digits = String(marks.length).length;
	// Two with the very same figures stand in the order of a hash too, or that of the plan would show.
	const told = (unit: string) => createHash('sha256').update(unit).digest('hex');
	return new Map(
		marks
			.sort((a, b) => (a.mark === b.mark ? (told(a.unit) < told(b.unit) ? -1 : 1) : a.mark < b.mark ? -1 : 1))
			.map(({ unit }, at) => [unit, `U${String(at + 1).padStart(digits, '0')}`])
	);
}

/** Codes of the groups that errors are counted by, in the order in which their first member stands among the codes. */
function groupCodes(rows: readonly PanelRow[], codes: ReadonlyMap<string, string>): Map<string, string> {
	const first = new Map<string, string>();
	for (const { unit, cluster } of rows) {
		const code = codes.get(unit) ?? '';
		if (cluster !== undefined && code < (first.get(cluster) ?? '~')) first.set(cluster, code);
	}
	const order = [...first].sort(([, a], [, b]) => (a < b ? -1 : 1));
	return new Map(
		order.map(([cluster], at) => [cluster, `K${String(at + 1).padStart(String(order.length).length, '0')}`])
	);
}

function dataCsv({ study, question, finding }: Bundled): string {
	const codes = unitCodes([...question.rows, ...question.outcomes.flatMap(({ rows }) => rows)]);
	const counted = new Set(finding.analysis.unitsCounted);
	const ofPeople = isOfPeople(question);
	const groups = groupCodes(question.rows, codes);
	const lines = [
		`indicator,indicator_role,unit,month,month_index,treated,post,first_treated,value,counted${ofPeople ? ',cluster' : ''}`
	];
	const add = (indicator: Indicator, role: string, rows: readonly PanelRow[]) => {
		const named = rows.map((row) => ({ ...row, code: codes.get(row.unit) ?? '' }));
		named.sort((a, b) => (a.code === b.code ? a.period - b.period : a.code < b.code ? -1 : 1));
		for (const { code, unit, cluster, period, treated, post, value } of named)
			lines.push(
				[
					cell(indicator.code),
					role,
					code,
					monthOf(period).slice(0, 7),
					period,
					treated ? 1 : 0,
					post ? 1 : 0,
					question.setting.starts.get(unit) ?? '',
					value,
					counted.has(unit) ? 1 : 0,
					...(ofPeople ? [groups.get(cluster ?? '') ?? ''] : [])
				].join(',')
			);
	};
	add(study.indicator, 'utama', question.rows);
	for (const { indicator, placebo, rows } of question.outcomes)
		add(indicator, placebo ? 'penguji' : 'lain', rows);
	return `${lines.join('\n')}\n`;
}

const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function numbersOf(study: Study, { analysis, result, verdict, checks, outcomes }: Finding) {
	const { main, others, dealtAgain, preTest, placeboDate, balance, detectable, failure, followed } = analysis;
	return {
		design: study.design,
		followed,
		planSha256: study.fixed?.hash ?? null,
		indicator: study.indicator.code,
		unitOfMeasure: study.indicator.unitOfMeasure,
		better: study.indicator.better,
		verdict: { verdict: verdict.verdict, because: verdict.messageKey, cautions: verdict.cautions },
		main,
		others,
		failure,
		clusters: result.clusters,
		...(result.groups === undefined ? {} : { groups: result.groups }),
		observations: result.observations,
		unitsLeftOut: result.unitsLeftOut,
		preTrend: result.preTrend,
		preTest,
		placeboDate,
		dealtAgain,
		balance,
		detectable,
		checks,
		eventStudy: result.eventStudy.map(({ relative, difference, interval }) => ({
			relative,
			difference,
			interval
		})),
		outcomes: outcomes.map(({ indicator, placebo, adjusted, analysis: own, verdict: said }) => ({
			indicator: indicator.code,
			placebo,
			main: own.main,
			adjustedP: adjusted,
			verdict: said.verdict
		}))
	};
}

const PEOPLE_METHOD = `  Studi ini tentang orang: "unit" di sini seorang peserta, dengan kode yang bukan kode dalam rencana; tidak ada nama, NIP,
  jabatan, atau unit kerja. cluster = kelompok galat: peserta satu unit kerja. Unit dengan kurang dari lima peserta digabung,
  menurut urutan id-nya, sampai lima; unit mana tidak dimuat. Galat dihitung menurut kelompok yang sama persis ini.
  Bulan yang angkanya kurang dari lima orang di satu sisi, atau di antara yang mulai bersamaan, tidak dimuat dan tidak dihitung.
  Kurang dari sepuluh kelompok: tidak dapat disimpulkan.
  Padanan memakai juga golongan, umur, jenis jabatan, atau jenis unit bila rencana menyebutnya; semuanya tidak dimuat.
`;

function methodText(study: Study, { analysis }: Finding, ofPeople: boolean): string {
	return `CARA MENGHITUNG

Rancangan dalam rencana: ${DESIGN_TEXT[study.design]}.
Yang diikuti: ${DESIGN_TEXT[analysis.followed]}.
Penaksir: ${ESTIMATOR_TEXT[analysis.followed]}.

data.csv: satu baris untuk satu indikator, unit, dan bulan. Nama unit diganti kode yang tidak mengikuti urutan rencana.
  treated 1 = unit yang dilatih; post 1 = bulan sejak unit itu terhitung dilatih; month_index = tahun × 12 + bulan − 1;
  first_treated = month_index mulainya menurut rencana (kosong: pembanding);
  counted 1 = unit yang dihitung dalam jawaban utama (${analysis.unitsAside} unit tidak: tidak diundi atau tanpa padanan).
  Baris yang hilang memang tidak diukur; tidak ada yang diisi. Unit yang berakhir selama studi tidak dimuat.
${ofPeople ? PEOPLE_METHOD : ''}hasil.json: angka yang ditampilkan halaman studi, dihitung dari baris yang sama.
rencana.txt: rencana kata demi kata saat dikunci; SHA-256: ${study.fixed?.hash ?? '-'}.
ulang.R: mengulang taksiran utama dengan R saja, tanpa paket: "Rscript ulang.R" di folder ini. Ia menaruh angka R di sebelah
  angka Asah, dan berhenti dengan galat bila taksiran, galat baku, derajat bebas, rentang, atau p berbeda lebih dari sepersejuta.
  Diperiksa ketika dibuat dengan R ${CHECKED_WITH}: setiap rancangan, dengan bulan lengkap dan dengan lubang.
  Padanan dibentuk lagi dari skor kecenderungan, kecuali bila memakai banyaknya pegawai (tidak dimuat: dapat menunjuk unit).
  Tidak diulang di sana: uji pengundian ulang dan bootstrap (bilangan acaknya lain) dan uji sebelum mulai.

ANGGAPAN
- Undian: hanya kebetulan yang menentukan siapa dilatih; pelatihan di satu unit tidak mengubah unit lain.
- Lainnya: tanpa pelatihan kedua kelompok akan bergerak searah; tidak ada yang berubah lebih dulu karena menunggu pelatihan;
  tidak ada rembesan ke pembanding. Uji sebelum mulai dapat membantah anggapan ini, tidak dapat membuktikannya.
- Padanan: tidak ada hal tak terukur yang menentukan siapa dilatih sekaligus perubahannya. Karena itu jawabannya hanya
  "lebih baik daripada unit serupa".

ATURAN JAWABAN
Membaik atau memburuk hanya bila seluruh rentang 95% di satu sisi nol, uji pengundian ulang (di bawah 30 unit) dan
penyesuaian Benjamini-Hochberg (lebih dari satu indikator) setuju. Tidak dapat disimpulkan bila pembanding gagal: kurang
dari 5 unit di satu sisi, arah sebelum mulai berbeda (p < 0,05), indikator penguji bergerak, padanan berbeda lebih dari 0,25
simpangan baku, atau rancangannya sebelum-sesudah tanpa pembanding. Selain itu: belum cukup bukti.

Pustaka: Lin (2013); Bertrand, Duflo & Mullainathan (2004); Cameron & Miller (2015); Callaway & Sant'Anna (2021);
Cameron, Gelbach & Miller (2008); Webb (2023); Rosenbaum & Rubin (1985); Sant'Anna & Zhao (2020); Benjamini & Hochberg (1995).
`;
}
