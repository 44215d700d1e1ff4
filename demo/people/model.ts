/** The day the export was taken. Ages, service and grades are counted to it, never to the clock. */
export const AS_OF = '2026-11-01';

export type AgencyKey = 'medan' | 'pematangsiantar' | 'palembang';
export type Sex = 'male' | 'female';
export type EmploymentKind = 'PNS' | 'CPNS' | 'PPPK';
/** SIASN ids of jenis_jabatan: 1 structural, 2 functional, 4 pelaksana. */
export type PostKind = 'structural' | 'functional' | 'general';
/** SIASN echelon ids (domain.md §10.3). A unit led by a functional post (school, puskesmas) has none. */
export type Echelon = '21' | '22' | '31' | '32' | '41' | '42';

export type UnitKind =
	| 'government'
	| 'office'
	| 'hospital'
	| 'subdistrict'
	| 'urbanVillage'
	| 'assistant'
	| 'division'
	| 'secretariat'
	| 'field'
	| 'section'
	| 'subdivision'
	| 'technicalUnit'
	| 'healthCentre'
	| 'primarySchool'
	| 'juniorSchool';

export type Unit = {
	id: string;
	parentId: string | null;
	/** The unit of opd.json that this one belongs to (SIASN: unor induk); itself when it is one. */
	officeId: string;
	kind: UnitKind;
	name: string;
	headPost: string;
	echelon: Echelon | null;
	/** Quick code: the parent's code and a running number of three digits, so that text order is tree order. */
	code: string;
};

export type LedUnit = Unit & { headId: string };

export type Education = {
	levelId: string;
	levelName: string;
	name: string;
	school: string;
	graduated: number;
	titleBefore: string;
	titleAfter: string;
};

export type Person = {
	id: string;
	nip: string;
	name: string;
	sex: Sex;
	faith: string;
	birthDate: string;
	birthPlace: string;
	kind: EmploymentKind;
	postKind: PostKind;
	post: string;
	unitId: string;
	/** ISO dates; for PPPK `appointed` is the first day of the first contract. */
	appointed: string;
	confirmed: string | null;
	firstGrade: string;
	grade: string;
	gradeSince: string;
	postSince: string;
	education: Education;
};

export type Agency = {
	key: AgencyKey;
	id: string;
	name: string;
	city: string;
	seed: number;
	units: readonly LedUnit[];
	people: readonly Person[];
};
