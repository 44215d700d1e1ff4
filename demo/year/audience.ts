import type { Audience } from './catalogue/model.ts';
import type { Staff } from './world.ts';

export const COUNTER_UNIT = 'Seksi Pelayanan Umum';

const HEALTH = /^(Perawat|Bidan|Dokter|Apoteker|Nutrisionis)/;
const PLANNING = /^(Perencana|Analis|Penelaah Teknis)/;
const ORDER = /^(Satuan Polisi|Dinas Pemadam|Badan Penanggulangan)/;
const ONE_STOP = /^(Dinas Kependudukan|Dinas Penanaman Modal)/;

/** Does a program of this audience send for this person? */
const FITS: Readonly<Record<Audience, (person: Staff) => boolean>> = {
	everyone: () => true,
	counter: (person) =>
		person.unitName === COUNTER_UNIT || (person.kind === 'general' && ONE_STOP.test(person.office)),
	village: (person) => person.unitKind === 'kelurahan',
	office: (person) =>
		person.kind === 'general' && !['sekolah', 'puskesmas', 'kelurahan', 'rsud'].includes(person.unitKind),
	heads: (person) => person.level === '04',
	lowestHeads: (person) => person.level === '05',
	teachers: (person) => person.unitKind === 'sekolah' && person.kind === 'functional',
	schoolHeads: (person) => person.unitKind === 'sekolah' && person.isHead,
	health: (person) => HEALTH.test(person.post),
	planners: (person) => PLANNING.test(person.post),
	police: (person) => ORDER.test(person.office) || person.unitName.includes('Ketenteraman')
};

export const fits = (audience: Audience, person: Staff): boolean => FITS[audience](person);
