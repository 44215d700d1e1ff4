import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { SolveProgram, Solved } from '../../cohorts/solve.ts';

/**
 * HiGHS in a thread of its own: it computes for seconds without a pause, and the server has other things to do. The
 * thread's program stands here as text because the built server is bundled, and a bundle has no second file to start.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const loading = require(workerData)();
parentPort.on('message', async ({ program, asked }) => {
	try {
		const highs = await loading;
		const columns = program.worth.length;
		const rows = program.limits.length;
		const integrality = Int32Array.from(program.kind, (kind) => (kind === 'choice' && asked.whole !== 'none') || (kind === 'people' && asked.whole === 'all') ? 1 : 0);
		const model = highs.createModel({
			numCols: columns, numRows: rows,
			colCost: program.worth.map((worth) => -worth), colLower: new Float64Array(columns), colUpper: Float64Array.from(program.upper),
			rowLower: new Float64Array(rows).fill(-highs.infinity), rowUpper: Float64Array.from(program.limits),
			matrix: { format: 'csr', numRows: rows, numCols: columns, starts: program.starts, indices: program.indices, values: program.values },
			integrality
		});
		try {
			model.options.set({ output_flag: false, time_limit: asked.seconds, mip_rel_gap: asked.gap, random_seed: 1 });
			model.run();
			const mip = integrality.some((code) => code === 1);
			const feasible = model.info.get('primal_solution_status') === 2;
			const optimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
			const dual = mip ? -model.info.get('mip_dual_bound') : Infinity;
			const bound = Number.isFinite(dual) || !optimal ? dual : -model.getObjectiveValue();
			parentPort.postMessage({ x: feasible ? Array.from(model.getSolution().colValue) : null, bound });
		} finally { model.dispose(); }
	} catch (error) { parentPort.postMessage({ failed: String(error) }); }
});
`;

type Answer = Solved | { failed: string };

/** Starts the thread for one split, and ends it whatever comes of it. */
export async function withSolver<Result>(work: (solve: SolveProgram) => Promise<Result>): Promise<Result> {
	const worker = new Worker(THREAD, {
		eval: true,
		workerData: createRequire(import.meta.url).resolve('highs')
	});
	try {
		return await work(
			(program, asked) =>
				new Promise((resolve, reject) => {
					worker.removeAllListeners();
					worker.once('error', reject);
					worker.once('exit', () => reject(new Error('the solver ended')));
					worker.once('message', (answer: Answer) => {
						if ('failed' in answer) reject(new Error(answer.failed));
						else resolve(answer);
					});
					worker.postMessage({ program, asked });
				})
		);
	} finally {
		worker.removeAllListeners();
		await worker.terminate();
	}
}
