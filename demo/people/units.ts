import { idFor } from '../random.ts';
import type { AgencyKey, Echelon, Unit, UnitKind } from './model.ts';
import { kelurahanOf, placeOf, shapeOf } from './places.ts';
import type { Office, OfficeShape, Place } from './places.ts';

/** What a unit needs to be staffed; the rest of the generator reads only this. */
export type PlannedUnit = Unit & { office: string; shape: OfficeShape | null };

type Part = { name: string; kind: UnitKind; headPost: string; echelon: Echelon | null };
type Add = (parent: PlannedUnit, part: Part) => PlannedUnit;

const SECRETARIAT_SECTIONS = ['Umum dan Kepegawaian', 'Keuangan dan Program'] as const;
const SUBDISTRICT_SECTIONS = [
	'Pemerintahan',
	'Ketenteraman dan Ketertiban',
	'Pembangunan',
	'Kesejahteraan Sosial',
	'Pelayanan Umum'
] as const;
const ASSISTANTS: readonly (readonly [
	name: string,
	divisions: readonly (readonly [string, ...string[]])[]
])[] = [
	[
		'Pemerintahan dan Kesejahteraan Rakyat',
		[
			['Tata Pemerintahan', 'Administrasi Pemerintahan', 'Otonomi Daerah'],
			['Kesejahteraan Rakyat', 'Bina Mental Spiritual'],
			['Hukum', 'Perundang-undangan', 'Bantuan Hukum'],
			['Kerja Sama', 'Kerja Sama Daerah']
		]
	],
	[
		'Perekonomian dan Pembangunan',
		[
			['Perekonomian dan Sumber Daya Alam', 'Badan Usaha Milik Daerah'],
			['Administrasi Pembangunan', 'Pengendalian Program'],
			['Pengadaan Barang dan Jasa', 'Pengelolaan Pengadaan', 'Layanan Pengadaan Secara Elektronik']
		]
	],
	[
		'Administrasi Umum',
		[
			['Organisasi', 'Kelembagaan dan Analisis Jabatan', 'Pelayanan Publik dan Tata Laksana'],
			['Umum', 'Tata Usaha Pimpinan dan Kepegawaian', 'Rumah Tangga', 'Perlengkapan'],
			['Protokol dan Komunikasi Pimpinan', 'Protokol', 'Komunikasi Pimpinan', 'Dokumentasi'],
			['Perencanaan dan Keuangan', 'Keuangan', 'Evaluasi Program']
		]
	]
];

/** The tree of one city, parents before children. Ids follow from seed, city and path, not from order. */
export function unitsOf(key: AgencyKey, seed: number): readonly PlannedUnit[] {
	const place = placeOf(key);
	const units: PlannedUnit[] = [];
	const paths = new Map<string, string>();
	const children = new Map<string, number>();

	const rootId = idFor(seed, key, 'unit', '');
	const root: PlannedUnit = {
		id: rootId,
		parentId: null,
		officeId: rootId,
		kind: 'government',
		name: place.name,
		headPost: 'Sekretaris Daerah',
		echelon: null,
		code: '001',
		office: place.name,
		shape: null
	};
	units.push(root);
	paths.set(rootId, '');

	const add: Add = (parent, part) => {
		const path = `${paths.get(parent.id) ?? ''}/${part.name}`;
		const id = idFor(seed, key, 'unit', path);
		const nth = (children.get(parent.id) ?? 0) + 1;
		const isOffice = part.kind === 'office' || part.kind === 'hospital' || part.kind === 'subdistrict';
		const unit: PlannedUnit = {
			id,
			parentId: parent.id,
			officeId: isOffice ? id : parent.officeId,
			...part,
			code: `${parent.code}.${String(nth).padStart(3, '0')}`,
			office: isOffice ? part.name : parent.office,
			shape: isOffice ? shapeOf(part.name) : parent.shape
		};
		children.set(parent.id, nth);
		paths.set(id, path);
		units.push(unit);
		return unit;
	};

	for (const office of place.offices) {
		if (office.kind === 'kecamatan') addSubdistrict(add, root, office, place);
		else if (office.kind === 'sekretariat_daerah') addRegionalSecretariat(add, root, office, place);
		else if (office.kind !== 'rsud') addOffice(add, root, office, place);
	}
	// A regional hospital is a special unit of the health office (PP 72/2019), so it hangs below it.
	const health = units.find((unit) => unit.name === 'Dinas Kesehatan');
	if (!health) throw new Error(`${place.name} has no Dinas Kesehatan`);
	for (const office of place.offices) if (office.kind === 'rsud') addHospital(add, health, office, place);
	return units;
}

function addRegionalSecretariat(add: Add, root: PlannedUnit, office: Office, place: Place): void {
	const setda = add(root, {
		name: office.name,
		kind: 'office',
		headPost: 'Sekretaris Daerah',
		echelon: '21'
	});
	if (place.deep) {
		add(setda, division('Organisasi'));
		add(setda, division('Umum'));
		return;
	}
	for (const [name, divisions] of ASSISTANTS) {
		const title = `Asisten ${name}`;
		const assistant = add(setda, { name: title, kind: 'assistant', headPost: title, echelon: '22' });
		for (const [bagian, ...subdivisions] of divisions) {
			const unit = add(assistant, division(bagian));
			for (const sub of subdivisions) add(unit, subdivision(sub, '41'));
		}
	}
}

function addOffice(add: Add, root: PlannedUnit, office: Office, place: Place): void {
	const unit = add(root, { name: office.name, kind: 'office', headPost: officeHead(office), echelon: '22' });
	if (office.name.startsWith('Dinas Pendidikan')) addSchools(add, unit, place);
	if (office.name === 'Dinas Kesehatan') {
		for (const name of place.healthCentres) {
			add(unit, {
				name: `Puskesmas ${name}`,
				kind: 'healthCentre',
				headPost: `Kepala Puskesmas ${name}`,
				echelon: null
			});
		}
	}
	const shape = unit.shape;
	if (!shape || (place.deep && !place.deep.includes(office.name))) return;
	if (shape.subdivisions.length > 0) {
		const secretariat = add(unit, {
			name: 'Sekretariat',
			kind: 'secretariat',
			headPost: `Sekretaris ${office.name}`,
			echelon: '31'
		});
		for (const name of shape.subdivisions.slice(0, place.deep ? 1 : 3))
			add(secretariat, subdivision(name, '41'));
	}
	addFields(add, unit, shape, place.deep ? 2 : shape.fields.length);
	if (place.deep) return;
	for (const name of shape.technicalUnits) {
		const technical = add(unit, { name, kind: 'technicalUnit', headPost: `Kepala ${name}`, echelon: '41' });
		add(technical, subdivision('Tata Usaha', '42'));
	}
}

function addFields(add: Add, office: PlannedUnit, shape: OfficeShape, count: number): void {
	for (const field of shape.fields.slice(0, count)) {
		const isInspector = field.name.startsWith('Inspektur');
		const unit = add(office, {
			name: field.name,
			kind: 'field',
			headPost: isInspector ? field.name : `Kepala ${field.name}`,
			echelon: isInspector ? '31' : '32'
		});
		for (const name of field.sections)
			add(unit, { name, kind: 'section', headPost: `Kepala ${name}`, echelon: '41' });
	}
}

function addHospital(add: Add, health: PlannedUnit, office: Office, place: Place): void {
	const isLarge = office.name === 'RSUD Dr. Pirngadi';
	const unit = add(health, {
		name: office.name,
		kind: 'hospital',
		headPost: `Direktur ${office.name}`,
		echelon: isLarge ? '22' : '31'
	});
	if (!place.deep && unit.shape) addFields(add, unit, unit.shape, unit.shape.fields.length);
}

function addSubdistrict(add: Add, root: PlannedUnit, office: Office, place: Place): void {
	const short = office.name.replace('Kecamatan ', '');
	const unit = add(root, {
		name: office.name,
		kind: 'subdistrict',
		headPost: `Camat ${short}`,
		echelon: '31'
	});
	const isDeep = place.deepSubdistrict === null || place.deepSubdistrict === office.name;
	if (isDeep) {
		const secretariat = add(unit, {
			name: 'Sekretariat',
			kind: 'secretariat',
			headPost: `Sekretaris ${office.name}`,
			echelon: '32'
		});
		for (const name of SECRETARIAT_SECTIONS) add(secretariat, subdivision(name, '42'));
	}
	for (const name of isDeep ? SUBDISTRICT_SECTIONS : ['Pelayanan Umum']) {
		add(unit, { name: `Seksi ${name}`, kind: 'section', headPost: `Kepala Seksi ${name}`, echelon: '41' });
	}
	if (!isDeep) return;
	for (const name of kelurahanOf(office)) {
		add(unit, { name: `Kelurahan ${name}`, kind: 'urbanVillage', headPost: `Lurah ${name}`, echelon: '41' });
	}
}

function addSchools(add: Add, office: PlannedUnit, place: Place): void {
	for (const name of place.juniorSchools) add(office, school(name, 'juniorSchool'));
	for (const name of place.primarySchools) add(office, school(name, 'primarySchool'));
}

function school(name: string, kind: 'juniorSchool' | 'primarySchool'): Part {
	return { name, kind, headPost: `Kepala ${name}`, echelon: null };
}

function division(name: string): Part {
	return { name: `Bagian ${name}`, kind: 'division', headPost: `Kepala Bagian ${name}`, echelon: '31' };
}

function subdivision(name: string, echelon: Echelon): Part {
	return { name: `Subbagian ${name}`, kind: 'subdivision', headPost: `Kepala Subbagian ${name}`, echelon };
}

function officeHead(office: Office): string {
	if (office.kind === 'inspektorat') return 'Inspektur';
	if (office.kind === 'sekretariat_dprd') return 'Sekretaris DPRD';
	return `Kepala ${office.name}`;
}
