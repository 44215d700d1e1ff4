import type { Random } from '../random.ts';
import type { Level, StudyKey } from './studies.ts';

/**
 * A family of functional posts. `expert` = keahlian (Ahli Pertama to Utama), `skilled` = keterampilan
 * (Pemula to Penyelia): the share of `expert` when a family has both. `women` is the usual share of women.
 */
export type FunctionalFamily = {
	name: string;
	expert: number;
	women: number;
	studies: readonly StudyKey[];
	level?: 'profession';
	/** False where the law or the duty keeps the post for PNS. */
	contract: boolean;
};

function family(
	name: string,
	expert: number,
	women: number,
	studies: readonly StudyKey[],
	rest: Partial<FunctionalFamily> = {}
): FunctionalFamily {
	return { name, expert, women, studies, contract: true, ...rest };
}

const PNS_ONLY = { contract: false } as const;
const PROFESSION = { level: 'profession' } as const;

export const FUNCTIONAL = {
	primaryTeacher: family('Guru', 1, 0.78, [
		'primaryTeaching',
		'primaryTeaching',
		'primaryTeaching',
		'islamicTeaching',
		'sports'
	]),
	juniorTeacher: family('Guru', 1, 0.68, [
		'mathematics',
		'indonesian',
		'english',
		'biology',
		'islamicTeaching',
		'sports'
	]),
	schoolSupervisor: family('Pengawas Sekolah', 1, 0.5, ['primaryTeaching', 'mathematics'], PNS_ONLY),
	learningTechnology: family('Pengembang Teknologi Pembelajaran', 1, 0.5, ['computing', 'primaryTeaching']),
	physician: family('Dokter', 1, 0.62, ['medicine'], PROFESSION),
	specialist: family('Dokter', 1, 0.45, ['medicine'], { ...PROFESSION, ...PNS_ONLY }),
	dentist: family('Dokter Gigi', 1, 0.75, ['dentistry'], PROFESSION),
	nurse: family('Perawat', 0.45, 0.78, ['nursing']),
	midwife: family('Bidan', 0.35, 0.9999, ['midwifery']),
	pharmacist: family('Apoteker', 1, 0.78, ['pharmacy'], PROFESSION),
	pharmacyAssistant: family('Asisten Apoteker', 0, 0.8, ['pharmacy']),
	nutritionist: family('Nutrisionis', 0.4, 0.85, ['nutrition']),
	sanitarian: family('Tenaga Sanitasi Lingkungan', 0.4, 0.65, ['sanitation']),
	laboratory: family('Pranata Laboratorium Kesehatan', 0.3, 0.75, ['laboratory']),
	radiographer: family('Radiografer', 0.25, 0.5, ['radiology']),
	physiotherapist: family('Fisioterapis', 0.3, 0.6, ['physiotherapy']),
	medicalRecords: family('Perekam Medis', 0.2, 0.7, ['medicalRecords']),
	healthEducator: family('Tenaga Promosi Kesehatan dan Ilmu Perilaku', 1, 0.75, ['publicHealth']),
	epidemiologist: family('Epidemiolog Kesehatan', 1, 0.65, ['publicHealth']),
	healthAdministrator: family('Administrator Kesehatan', 1, 0.65, ['publicHealth']),
	humanResources: family('Analis SDM Aparatur', 0.9, 0.55, [
		'administration',
		'psychology',
		'management',
		'law'
	]),
	trainer: family(
		'Widyaiswara',
		1,
		0.4,
		['government', 'administration', 'management', 'psychology'],
		PNS_ONLY
	),
	computer: family('Pranata Komputer', 0.75, 0.35, ['computing']),
	auditor: family('Auditor', 0.85, 0.48, ['accounting', 'law', 'civil'], PNS_ONLY),
	governmentSupervisor: family(
		'Pengawas Penyelenggaraan Urusan Pemerintahan Daerah',
		1,
		0.45,
		['government', 'law'],
		PNS_ONLY
	),
	archivist: family('Arsiparis', 0.6, 0.62, ['library', 'administration']),
	librarian: family('Pustakawan', 0.6, 0.7, ['library']),
	planner: family('Perencana', 1, 0.5, ['planning', 'management', 'government']),
	policy: family('Analis Kebijakan', 1, 0.5, ['administration', 'government', 'law']),
	finance: family('Analis Keuangan Pusat dan Daerah', 1, 0.58, ['accounting', 'management']),
	legalDrafter: family('Perancang Peraturan Perundang-undangan', 1, 0.5, ['law'], PNS_ONLY),
	council: family('Perisalah Legislatif', 0.5, 0.6, ['law', 'administration']),
	procurement: family('Pengelola Pengadaan Barang/Jasa', 1, 0.4, ['civil', 'management', 'law']),
	publicRelations: family('Pranata Hubungan Masyarakat', 0.8, 0.55, ['communication']),
	statistician: family('Statistisi', 0.9, 0.5, ['statistics']),
	cryptography: family('Sandiman', 0.7, 0.3, ['computing'], PNS_ONLY),
	cityPolice: family('Polisi Pamong Praja', 0.2, 0.14, ['government', 'law'], PNS_ONLY),
	firefighter: family('Pemadam Kebakaran', 0, 0.05, ['management']),
	fireAnalyst: family('Analis Kebakaran', 1, 0.15, ['civil', 'environment']),
	roads: family('Penata Kelola Jalan dan Jembatan', 1, 0.25, ['civil']),
	irrigation: family('Penata Kelola Sumber Daya Air', 1, 0.28, ['civil']),
	construction: family('Pembina Jasa Konstruksi', 1, 0.3, ['civil', 'architecture']),
	spatial: family('Penata Ruang', 1, 0.4, ['planning', 'architecture']),
	building: family('Penata Kelola Bangunan Gedung dan Kawasan Permukiman', 1, 0.35, [
		'architecture',
		'civil'
	]),
	socialWorker: family('Pekerja Sosial', 0.7, 0.6, ['welfare']),
	socialEducator: family('Penyuluh Sosial', 1, 0.6, ['welfare']),
	employment: family('Pengantar Kerja', 0.8, 0.5, ['management', 'psychology']),
	industrialMediator: family('Mediator Hubungan Industrial', 1, 0.4, ['law'], PNS_ONLY),
	instructor: family('Instruktur', 0.5, 0.35, ['civil', 'computing']),
	familyPlanning: family('Penyuluh Keluarga Berencana', 0.7, 0.72, ['publicHealth', 'welfare']),
	agriculture: family('Penyuluh Pertanian', 0.7, 0.5, ['agriculture']),
	veterinarian: family('Medik Veteriner', 1, 0.55, ['veterinary'], PROFESSION),
	fishery: family('Penyuluh Perikanan', 0.8, 0.45, ['fishery']),
	environment: family('Pengendali Dampak Lingkungan', 1, 0.5, ['environment']),
	environmentEducator: family('Penyuluh Lingkungan Hidup', 1, 0.55, ['environment']),
	populationDatabase: family('Administrator Database Kependudukan', 1, 0.5, ['computing', 'statistics']),
	vehicleTester: family('Penguji Kendaraan Bermotor', 0, 0.12, ['transport']),
	transport: family('Penata Kelola Transportasi', 1, 0.25, ['transport', 'civil']),
	cooperative: family('Pengawas Koperasi', 1, 0.5, ['management', 'accounting']),
	metrology: family('Penera', 0.5, 0.3, ['management']),
	industryEducator: family('Penyuluh Perindustrian dan Perdagangan', 0.9, 0.5, ['management']),
	licensing: family('Penata Perizinan', 1, 0.52, ['law', 'administration', 'civil']),
	sportsCoach: family('Pelatih Olahraga', 1, 0.3, ['sports']),
	tourism: family('Adyatama Kepariwisataan dan Ekonomi Kreatif', 1, 0.5, ['tourism']),
	disaster: family('Penata Penanggulangan Bencana', 1, 0.3, ['environment', 'welfare'])
} as const satisfies Record<string, FunctionalFamily>;

export type FunctionalKey = keyof typeof FUNCTIONAL;

/** A key read from a data file. Throws when no such family exists. */
export function functionalKey(text: string): FunctionalKey {
	if (isFunctionalKey(text)) return text;
	throw new Error(`no functional post ${text}`);
}

function isFunctionalKey(text: string): text is FunctionalKey {
	return Object.hasOwn(FUNCTIONAL, text);
}

/** Pelaksana (PermenPANRB 45/2022: klerek, operator, teknisi) by the place they work at and their schooling. */
export const GENERAL = {
	counter: {
		women: 0.55,
		posts: [
			['SMA', 'Operator Layanan Operasional', 4],
			['SMA', 'Pengadministrasi Umum', 2],
			['D3', 'Pengelola Layanan Operasional', 2],
			['S1', 'Penata Layanan Operasional', 3]
		]
	},
	office: {
		women: 0.5,
		posts: [
			['SMA', 'Pengadministrasi Perkantoran', 4],
			['SMA', 'Pengadministrasi Umum', 2],
			['D3', 'Pengolah Data dan Informasi', 2],
			['S1', 'Penelaah Teknis Kebijakan', 4],
			['S1', 'Penata Layanan Operasional', 1]
		]
	},
	street: {
		women: 0.16,
		posts: [
			['SD', 'Pengelola Umum Operasional', 1],
			['SMP', 'Pengelola Umum Operasional', 2],
			['SMA', 'Operator Layanan Operasional', 6],
			['SMA', 'Teknisi Sarana dan Prasarana', 2],
			['D3', 'Pengelola Layanan Operasional', 1],
			['S1', 'Penata Layanan Operasional', 1]
		]
	},
	village: {
		women: 0.45,
		posts: [
			['SMP', 'Pengelola Umum Operasional', 1],
			['SMA', 'Pengadministrasi Umum', 4],
			['SMA', 'Operator Layanan Operasional', 4],
			['D3', 'Pengelola Layanan Operasional', 1],
			['S1', 'Penata Layanan Operasional', 2]
		]
	},
	school: {
		women: 0.5,
		posts: [
			['SMP', 'Pengelola Umum Operasional', 1],
			['SMA', 'Pengadministrasi Perkantoran', 4],
			['SMA', 'Operator Layanan Operasional', 3],
			['S1', 'Penata Layanan Operasional', 1]
		]
	},
	health: {
		women: 0.6,
		posts: [
			['SMA', 'Operator Layanan Kesehatan', 3],
			['SMA', 'Pengadministrasi Perkantoran', 2],
			['D3', 'Pengelola Layanan Kesehatan', 3],
			['S1', 'Penata Layanan Operasional', 1]
		]
	}
} as const satisfies Record<string, { women: number; posts: readonly (readonly [Level, string, number])[] }>;

export type GeneralKey = keyof typeof GENERAL;

export function generalPost(random: Random, key: GeneralKey): { level: Level; name: string } {
	const posts: readonly (readonly [Level, string, number])[] = GENERAL[key].posts;
	const [level, name] = random.weighted(posts.map((post) => [post, post[2]] as const));
	return { level, name };
}
