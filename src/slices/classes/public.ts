export {
	classStatus,
	registrationStatus,
	SEATED,
	type AttendanceStatus,
	type ClassStatus,
	type RegistrationStatus
} from './model.ts';
export { attendedPercent, outcomeOf } from './attendance.ts';
/** The coverage rule: how many of a unit may be away at an hour. */
export {
	coverageOf,
	mayBeAway,
	shortWithout,
	type Away,
	type Counter,
	type Covered,
	type Span
} from './coverage.ts';
