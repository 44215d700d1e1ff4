export {
	classStatus,
	registrationStatus,
	SEATED,
	type AttendanceStatus,
	type ClassStatus,
	type RegistrationStatus
} from './model.ts';
export { attendedPercent, outcomeOf } from './attendance.ts';
