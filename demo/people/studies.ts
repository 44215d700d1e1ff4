import type { Random } from '../random.ts';
import type { Education } from './model.ts';

export type Level = 'SD' | 'SMP' | 'SMA' | 'D3' | 'S1' | 'profession' | 'S2' | 'S3';
type Master = readonly [name: string, title: string];
type Study = {
	/** Name without level, first-degree title, and the diploma title where the diploma exists. */
	name: string;
	s1: string;
	d3?: string;
	profession?: { name: string; before?: string; after?: string };
	masters: readonly [Master, ...Master[]];
};

const MANAGEMENT: Master = ['Manajemen', 'M.M.'];
const PUBLIC: Master = ['Administrasi Publik', 'M.A.P.'];
const SCIENCE: Master = ['Studi Pembangunan', 'M.Si.'];
const TEACHING: Master = ['Pendidikan', 'M.Pd.'];
const HEALTH: Master = ['Ilmu Kesehatan Masyarakat', 'M.K.M.'];
const LAW: Master = ['Ilmu Hukum', 'M.H.'];
const ENGINEERING: Master = ['Teknik', 'M.T.'];

const STUDIES = {
	primaryTeaching: {
		name: 'Pendidikan Guru Sekolah Dasar',
		s1: 'S.Pd.',
		profession: { name: 'Profesi Guru', after: 'Gr.' },
		masters: [TEACHING]
	},
	mathematics: {
		name: 'Pendidikan Matematika',
		s1: 'S.Pd.',
		profession: { name: 'Profesi Guru', after: 'Gr.' },
		masters: [TEACHING]
	},
	indonesian: { name: 'Pendidikan Bahasa Indonesia', s1: 'S.Pd.', masters: [TEACHING] },
	english: { name: 'Pendidikan Bahasa Inggris', s1: 'S.Pd.', masters: [TEACHING] },
	biology: { name: 'Pendidikan Biologi', s1: 'S.Pd.', masters: [TEACHING] },
	islamicTeaching: { name: 'Pendidikan Agama Islam', s1: 'S.Pd.I.', masters: [TEACHING] },
	sports: { name: 'Pendidikan Jasmani dan Olahraga', s1: 'S.Pd.', masters: [TEACHING] },
	nursing: {
		name: 'Keperawatan',
		s1: 'S.Kep.',
		d3: 'A.Md.Kep.',
		profession: { name: 'Profesi Ners', after: 'Ns.' },
		masters: [['Keperawatan', 'M.Kep.'], HEALTH]
	},
	midwifery: { name: 'Kebidanan', s1: 'S.Tr.Keb.', d3: 'A.Md.Keb.', masters: [HEALTH] },
	medicine: {
		name: 'Kedokteran',
		s1: 'S.Ked.',
		profession: { name: 'Profesi Dokter', before: 'dr.' },
		masters: [['Kesehatan Masyarakat', 'M.K.M.']]
	},
	dentistry: {
		name: 'Kedokteran Gigi',
		s1: 'S.K.G.',
		profession: { name: 'Profesi Dokter Gigi', before: 'drg.' },
		masters: [HEALTH]
	},
	pharmacy: {
		name: 'Farmasi',
		s1: 'S.Farm.',
		d3: 'A.Md.Farm.',
		profession: { name: 'Profesi Apoteker', before: 'apt.' },
		masters: [['Farmasi Klinis', 'M.Farm.']]
	},
	nutrition: { name: 'Gizi', s1: 'S.Gz.', d3: 'A.Md.Gz.', masters: [HEALTH] },
	sanitation: { name: 'Kesehatan Lingkungan', s1: 'S.K.M.', d3: 'A.Md.K.L.', masters: [HEALTH] },
	publicHealth: { name: 'Kesehatan Masyarakat', s1: 'S.K.M.', masters: [HEALTH] },
	laboratory: { name: 'Teknologi Laboratorium Medis', s1: 'S.Tr.Kes.', d3: 'A.Md.A.K.', masters: [HEALTH] },
	radiology: { name: 'Radiologi', s1: 'S.Tr.Rad.', d3: 'A.Md.Rad.', masters: [HEALTH] },
	physiotherapy: { name: 'Fisioterapi', s1: 'S.Ftr.', d3: 'A.Md.Ftr.', masters: [HEALTH] },
	medicalRecords: { name: 'Rekam Medis', s1: 'S.Tr.R.M.I.K.', d3: 'A.Md.R.M.I.K.', masters: [HEALTH] },
	law: { name: 'Hukum', s1: 'S.H.', masters: [LAW] },
	accounting: { name: 'Akuntansi', s1: 'S.E.', d3: 'A.Md.Ak.', masters: [['Akuntansi', 'M.Ak.'], SCIENCE] },
	management: { name: 'Manajemen', s1: 'S.E.', d3: 'A.Md.', masters: [MANAGEMENT] },
	government: { name: 'Ilmu Pemerintahan', s1: 'S.I.P.', masters: [PUBLIC, SCIENCE] },
	administration: { name: 'Administrasi Negara', s1: 'S.Sos.', d3: 'A.Md.', masters: [PUBLIC, SCIENCE] },
	communication: { name: 'Ilmu Komunikasi', s1: 'S.I.Kom.', masters: [['Ilmu Komunikasi', 'M.I.Kom.']] },
	welfare: { name: 'Kesejahteraan Sosial', s1: 'S.Sos.', masters: [['Sosiologi', 'M.Si.']] },
	civil: { name: 'Teknik Sipil', s1: 'S.T.', d3: 'A.Md.T.', masters: [ENGINEERING] },
	planning: {
		name: 'Perencanaan Wilayah dan Kota',
		s1: 'S.T.',
		masters: [['Perencanaan Pembangunan', 'M.Si.'], ENGINEERING]
	},
	architecture: { name: 'Arsitektur', s1: 'S.T.', masters: [ENGINEERING] },
	computing: {
		name: 'Teknik Informatika',
		s1: 'S.Kom.',
		d3: 'A.Md.Kom.',
		masters: [['Ilmu Komputer', 'M.Kom.']]
	},
	statistics: { name: 'Statistika', s1: 'S.Stat.', masters: [['Statistika', 'M.Stat.']] },
	agriculture: { name: 'Agribisnis', s1: 'S.P.', d3: 'A.Md.P.', masters: [['Agribisnis', 'M.P.']] },
	fishery: { name: 'Perikanan', s1: 'S.Pi.', masters: [['Ilmu Perikanan', 'M.Si.']] },
	veterinary: {
		name: 'Kedokteran Hewan',
		s1: 'S.K.H.',
		profession: { name: 'Profesi Dokter Hewan', before: 'drh.' },
		masters: [['Kesehatan Hewan', 'M.Si.']]
	},
	environment: {
		name: 'Teknik Lingkungan',
		s1: 'S.T.',
		d3: 'A.Md.',
		masters: [['Pengelolaan Lingkungan', 'M.Si.']]
	},
	library: {
		name: 'Ilmu Perpustakaan',
		s1: 'S.I.P.',
		d3: 'A.Md.',
		masters: [['Ilmu Informasi dan Perpustakaan', 'M.A.']]
	},
	psychology: { name: 'Psikologi', s1: 'S.Psi.', masters: [['Psikologi', 'M.Psi.']] },
	transport: { name: 'Transportasi Darat', s1: 'S.Tr.Tra.', d3: 'A.Md.LLAJ', masters: [ENGINEERING] },
	tourism: { name: 'Pariwisata', s1: 'S.Par.', d3: 'A.Md.Par.', masters: [['Pariwisata', 'M.Par.']] }
} as const satisfies Record<string, Study>;

export type StudyKey = keyof typeof STUDIES;

const BY_KEY: Readonly<Record<StudyKey, Study>> = STUDIES;

/** SIASN ids of tingkat_pendidikan. A profession is read after S-1 and counted with it. */
const LEVELS: Readonly<Record<Level, readonly [id: string, name: string, age: number]>> = {
	SD: ['05', 'Sekolah Dasar', 13],
	SMP: ['10', 'SLTP', 16],
	SMA: ['15', 'SLTA', 19],
	D3: ['30', 'Diploma III/Sarjana Muda', 22],
	S1: ['40', 'S-1/Sarjana', 23],
	profession: ['40', 'S-1/Sarjana', 25],
	S2: ['45', 'S-2', 33],
	S3: ['50', 'S-3/Doktor', 42]
};

/** Names of schools are invented: "Contoh" means example. */
const TOWNS = [
	'Deli',
	'Toba',
	'Langkat',
	'Asahan',
	'Karo',
	'Musi',
	'Sriwijaya',
	'Nusantara',
	'Sumatera',
	'Andalas'
] as const;

/** The highest schooling of a person born in that year; studies later in life end before `until`. */
export function educationOf(
	random: Random,
	level: Level,
	key: StudyKey,
	born: number,
	until: number
): Education {
	const study = BY_KEY[key];
	const [levelId, levelName, age] = LEVELS[level];
	const [master, masterTitle] = random.pick(study.masters);
	const first = study.profession?.before ? '' : study.s1;
	const before = study.profession?.before ?? '';
	const after = [first, study.profession?.after];
	const graduated = Math.min(until, born + age + random.int(0, level === 'S2' ? 8 : 2));
	const base = { levelId, levelName, graduated, titleBefore: '' };
	const town = random.pick(TOWNS);
	const university = `Universitas Contoh ${town}`;
	switch (level) {
		case 'SD':
			return {
				...base,
				name: 'Sekolah Dasar',
				school: `SD Contoh ${town} ${random.int(1, 40)}`,
				titleAfter: ''
			};
		case 'SMP':
			return { ...base, name: 'SLTP', school: `SMP Contoh ${town} ${random.int(1, 40)}`, titleAfter: '' };
		case 'SMA':
			return {
				...base,
				name: random.pick(['SLTA IPA', 'SLTA IPS', 'SMK Administrasi Perkantoran', 'SMK Teknik']),
				school: `SMA Contoh ${town} ${random.int(1, 20)}`,
				titleAfter: ''
			};
		case 'D3':
			return {
				...base,
				name: `D-III ${study.name}`,
				school: `Politeknik Contoh ${town}`,
				titleAfter: study.d3 ?? 'A.Md.'
			};
		case 'S1':
			return { ...base, name: `S-1 ${study.name}`, school: university, titleAfter: study.s1 };
		case 'profession':
			return {
				...base,
				name: study.profession?.name ?? `S-1 ${study.name}`,
				school: university,
				titleBefore: before,
				titleAfter: joined(study.profession ? after : [study.s1])
			};
		case 'S2':
			return {
				...base,
				name: `S-2 ${master}`,
				school: university,
				titleBefore: before,
				titleAfter: joined([first, masterTitle])
			};
		case 'S3':
			return {
				...base,
				name: `S-3 ${master}`,
				school: university,
				titleBefore: joined(['Dr.', before], ' '),
				titleAfter: joined([first, masterTitle])
			};
	}
}

function joined(titles: readonly (string | undefined)[], by = ', '): string {
	return titles.filter(Boolean).join(by);
}
