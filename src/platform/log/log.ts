import pino from 'pino';

/** Structured lines on standard output; `requestId` ties a line to what the person saw. Never log names or NIP. */
export const log = pino({ level: process.env['ASAH_LOG'] ?? 'info', base: undefined });
