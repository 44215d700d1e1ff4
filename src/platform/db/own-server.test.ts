import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXTENSIONS, ROLES, missingRights } from './own-server.ts';

const first = readFileSync(join(import.meta.dirname, '../../../db/migrations/0001-platform.sql'), 'utf8');
const named = (pattern: RegExp) => [...first.matchAll(pattern)].map((match) => match[1]).sort();

const owner = {
	user: 'asah',
	database: 'asah',
	mayCreate: true,
	mayUsePublic: true,
	mayMakeRoles: true,
	superuser: false,
	roles: [],
	members: [],
	extensions: [],
	trusted: [...EXTENSIONS]
};

describe('an own server', () => {
	test('is asked for exactly the extensions and roles that the migrations use', () => {
		expect(named(/create extension if not exists (\w+)/g)).toEqual([...EXTENSIONS].sort());
		expect(named(/create role (\w+)/g)).toEqual([...ROLES].sort());
	});

	test('needs nothing more when the user owns the database and may make roles', () => {
		expect(missingRights(owner)).toEqual([]);
	});

	test('needs nothing more when an administrator has made all there is to make', () => {
		const prepared = {
			...owner,
			mayMakeRoles: false,
			trusted: [],
			extensions: [...EXTENSIONS],
			roles: [...ROLES]
		};
		expect(missingRights({ ...prepared, members: [...ROLES] })).toEqual([]);
	});

	test('names the statements for a user who may do nothing', () => {
		const bare = { ...owner, user: 'pak "budi"', mayCreate: false, mayUsePublic: false, mayMakeRoles: false };
		expect(missingRights(bare)).toEqual([
			'grant create on database "asah" to "pak ""budi""";',
			'grant create on schema public to "pak ""budi""";',
			'create extension ltree;',
			'create extension pg_trgm;',
			'create extension btree_gist;',
			...ROLES.flatMap((role) => [
				`create role ${role} nologin nobypassrls;`,
				`grant ${role} to "pak ""budi""" with admin option;`
			])
		]);
	});

	test('asks for a role that somebody else made and did not give', () => {
		expect(missingRights({ ...owner, roles: ['asah_auth'] })).toEqual([
			'grant asah_auth to "asah" with admin option;'
		]);
	});
});
