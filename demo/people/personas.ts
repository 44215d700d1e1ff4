import type { Agency, AgencyKey, LedUnit, Person } from './model.ts';

/** The people whom tests and the printed demo accounts know by their role. */
export const PERSONA_ROLES = [
	'trainingAdmin',
	'agencyHead',
	'authorizedOfficial',
	'unitHead',
	'unitAdmin',
	'supervisor',
	'employee',
	'facilitator',
	'auditor'
] as const;

export type PersonaRole = (typeof PERSONA_ROLES)[number];
export type Persona = { nip: string; name: string; post: string; unit: string };
export type Personas = Readonly<Record<PersonaRole, Persona>>;

const TRAINING_HOUSE = 'Badan Kepegawaian dan Pengembangan Sumber Daya Manusia';
const MAIN_SUBDISTRICT: Readonly<Record<AgencyKey, string>> = {
	medan: 'Kecamatan Medan Marelan',
	pematangsiantar: 'Kecamatan Siantar Timur',
	palembang: 'Kecamatan Plaju'
};

/** Finds each persona by where he or she sits and what he or she does, so another seed finds other people. */
export function personasOf(agency: Agency): Personas {
	const byId = new Map(agency.people.map((person) => [person.id, person]));
	const office = (name: string) =>
		one(agency.units, (unit) => unit.name === name && unit.officeId === unit.id);
	const within = (parent: LedUnit, name: string) =>
		one(agency.units, (unit) => unit.officeId === parent.id && unit.name === name);
	const persona = (person: Person): Persona => ({
		nip: person.nip,
		name:
			[person.education.titleBefore, person.name].filter(Boolean).join(' ') +
			(person.education.titleAfter ? `, ${person.education.titleAfter}` : ''),
		post: person.post,
		unit: one(agency.units, (unit) => unit.id === person.unitId).name
	});
	const head = (unit: LedUnit): Persona => {
		const person = byId.get(unit.headId);
		if (!person) throw new Error(`the head of ${unit.name} is not in ${agency.name}`);
		return persona(person);
	};

	const bkpsdm = office(TRAINING_HOUSE);
	const subdistrict = office(MAIN_SUBDISTRICT[agency.key]);
	const counter = within(subdistrict, 'Seksi Pelayanan Umum');
	const officeOf = new Map(agency.units.map((unit) => [unit.id, unit.officeId]));
	const sitsIn = (unit: LedUnit) => (person: Person) => officeOf.get(person.unitId) === unit.id;
	const inspectorate = office('Inspektorat');

	return {
		trainingAdmin: head(within(bkpsdm, 'Bidang Pengembangan Kompetensi')),
		agencyHead: head(bkpsdm),
		authorizedOfficial: head(office('Sekretariat Daerah')),
		unitHead: head(subdistrict),
		unitAdmin: head(within(subdistrict, 'Subbagian Umum dan Kepegawaian')),
		supervisor: head(counter),
		employee: persona(
			youngest(
				agency.people,
				(person) => person.unitId === counter.id && person.postKind === 'general' && person.kind === 'PNS'
			)
		),
		facilitator: persona(
			youngest(agency.people, (person) => sitsIn(bkpsdm)(person) && person.post.startsWith('Widyaiswara'))
		),
		auditor: persona(
			youngest(agency.people, (person) => sitsIn(inspectorate)(person) && person.post.startsWith('Auditor '))
		)
	};
}

function one<T>(list: readonly T[], fits: (item: T) => boolean): T {
	const [found, second] = list.filter(fits);
	if (found === undefined || second !== undefined) throw new Error('not exactly one fits');
	return found;
}

function youngest(people: readonly Person[], fits: (person: Person) => boolean): Person {
	const found = people
		.filter(fits)
		.toSorted((a, b) => b.birthDate.localeCompare(a.birthDate) || a.nip.localeCompare(b.nip))[0];
	if (!found) throw new Error('nobody fits');
	return found;
}
