export { GIVEN_ROLES, fullName, type GivenRole } from './model.ts';
export { canReadPerson, canSeeNip, type PersonPlace } from './access.ts';
