import departments from '../reference/departments.json' with { type: 'json' };
import kelurahan from '../reference/kelurahan.json' with { type: 'json' };
import opd from '../reference/opd.json' with { type: 'json' };
import puskesmas from '../reference/puskesmas.json' with { type: 'json' };
import type { AgencyKey } from './model.ts';

/** What the reference files say about a city: its offices, their inside, kelurahan, puskesmas, schools. */

export type OfficeShape = (typeof departments.offices)[number];
export type Office = { name: string; kind: string; kelurahanCount: number };
export type Place = {
	name: string;
	city: string;
	offices: readonly Office[];
	healthCentres: readonly string[];
	juniorSchools: readonly string[];
	primarySchools: readonly string[];
	/** Offices shown with their bidang and seksi; null = all of them. */
	deep: readonly string[] | null;
	/** The kecamatan shown with all its seksi and kelurahan; null = all of them. */
	deepSubdistrict: string | null;
};

const BY_CODE: Readonly<Record<string, readonly string[]>> = kelurahan.byKecamatan;
const SHAPES = departments.offices.toSorted((a, b) => b.office.length - a.office.length);
const SMALL = ['Sekretariat Daerah', 'Inspektorat', 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia'];

/** The inside of an office, by the beginning of its name; null when nobody described it. */
export function shapeOf(officeName: string): OfficeShape | null {
	return SHAPES.find((shape) => officeName.startsWith(shape.office)) ?? null;
}

/** Kelurahan of a kecamatan. Throws when the list does not have as many names as opd.json counts. */
export function kelurahanOf(office: Office): readonly string[] {
	const names = BY_CODE[office.name] ?? [];
	if (names.length !== office.kelurahanCount) throw new Error(`${office.name}: ${names.length} kelurahan`);
	return names;
}

export function placeOf(key: AgencyKey): Place {
	const city = opd.cities.find((entry) => entry.key === key);
	if (!city) throw new Error(`no city ${key} in opd.json`);
	const offices = city.units.map(({ name, kind, ...rest }) => ({
		name,
		kind,
		kelurahanCount: 'kelurahanCount' in rest ? (rest.kelurahanCount ?? 0) : 0
	}));
	return { name: city.name, offices, ...DETAIL[key] };
}

const DETAIL: Readonly<Record<AgencyKey, Omit<Place, 'name' | 'offices'>>> = {
	medan: {
		city: 'Medan',
		healthCentres: puskesmas.medan,
		juniorSchools: numbered(45, (n) => `SMP Negeri ${n} Medan`),
		primarySchools: numbered(150, (n) => `SD Negeri 060${800 + n}`),
		deep: null,
		deepSubdistrict: null
	},
	pematangsiantar: {
		city: 'Pematangsiantar',
		healthCentres: puskesmas.pematangsiantar,
		juniorSchools: numbered(3, (n) => `SMP Negeri ${n} Pematangsiantar`),
		primarySchools: numbered(4, (n) => `SD Negeri 1223${40 + n}`),
		deep: SMALL,
		deepSubdistrict: 'Kecamatan Siantar Timur'
	},
	palembang: {
		city: 'Palembang',
		healthCentres: puskesmas.palembang,
		juniorSchools: numbered(2, (n) => `SMP Negeri ${n + 14} Palembang`),
		primarySchools: numbered(3, (n) => `SD Negeri ${n + 80} Palembang`),
		deep: SMALL,
		deepSubdistrict: 'Kecamatan Plaju'
	}
};

function numbered(count: number, name: (n: number) => string): readonly string[] {
	return Array.from({ length: count }, (_, index) => name(index + 1));
}
