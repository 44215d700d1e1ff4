/** A class as its papers tell of it: words and civil times of the agency's zone, nothing to look up any more. */
export type Lesson = {
	classId: string;
	code: string;
	name: string;
	status: string;
	program: string;
	mode: string;
	place: string;
	startsOn: string;
	endsOn: string;
	seats: number;
	attendancePercent: number;
	agency: string;
	city: string;
	outcomes: string[];
	modules: { name: string; hours: number }[];
	plan: { title: string; year: number; cost: number; decree: string | null } | null;
	sessions: Meeting[];
	people: Participant[];
	costs: { kind: string; description: string; planned: number; realised: number | null }[];
	reactions: { seated: number; given: number; mean: number | null };
};

export type Meeting = {
	topic: string;
	module: string | null;
	on: string;
	from: string;
	to: string;
	place: string;
	hours: number;
	facilitators: string;
	/** Its sheet has been filled. */
	held: boolean;
};

export type Participant = {
	personId: string;
	name: string;
	nip: string | null;
	/** pangkat and golongan: Penata (III/c). */
	rank: string | null;
	post: string;
	unitId: string;
	unit: string;
	/** Post of who leads the unit, to whom letters go. */
	unitHead: string;
	status: string;
	/** Sessions they were there for, of how many whose sheet has been filled. */
	there: number;
	held: number;
};
