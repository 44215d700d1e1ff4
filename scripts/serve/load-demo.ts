import { loadDemo, tidyDemo } from '../../demo/load.ts';
import { sentence } from '../terminal.mjs';
import { COMPLETE } from './first-data.ts';

// Ends with the process that asked for it, however that one ended.
process.on('disconnect', () => process.exit(1));

const url = process.argv[2];
if (!url) throw new Error('usage: load-demo.ts <postgres address>');
await loadDemo(url, (line) => console.log(sentence('demo.line', { line })));
process.send?.(COMPLETE);
await tidyDemo(url);
// Closing the channel instead would read as the parent's end.
process.exit(0);
