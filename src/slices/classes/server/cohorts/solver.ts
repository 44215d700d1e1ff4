import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type loadHighs from 'highs';
import type { Program } from '../../cohorts/program.ts';
import type { SolveProgram, Solved, Whole } from '../../cohorts/solve.ts';

type Asked = { program: Program; asked: { whole: Whole; seconds: number; gap: number } };
type Answer = Solved | { failed: string };

/**
 * What runs in the thread. It is handed over as its own text, because the built server is one bundle and has no second
 * file to start: so it may use nothing from around it, not even an import.
 */
function thread(): void {
	const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
	const path = String(workerData);
	const load: typeof loadHighs = process.getBuiltinModule('node:module').createRequire(path)(path);
	const loading = load();
	const solve = async ({ program, asked }: Asked): Promise<Solved> => {
		const highs = await loading;
		const columns = program.worth.length;
		const rows = program.limits.length;
		const { integer, continuous } = highs.constants.variableType;
		const whole = program.kind.map(
			(kind) => (kind === 'choice' && asked.whole !== 'none') || (kind === 'people' && asked.whole === 'all')
		);
		const model = highs.createModel({
			numCols: columns,
			numRows: rows,
			colCost: program.worth.map((worth) => -worth),
			colLower: new Float64Array(columns),
			colUpper: program.upper,
			rowLower: new Float64Array(rows).fill(-highs.infinity),
			rowUpper: program.limits,
			matrix: {
				format: 'csr',
				numRows: rows,
				numCols: columns,
				starts: program.starts,
				indices: program.indices,
				values: program.values
			},
			integrality: whole.map((one) => (one ? integer : continuous))
		});
		try {
			model.options.set({
				output_flag: false,
				time_limit: asked.seconds,
				mip_rel_gap: asked.gap,
				random_seed: 1
			});
			model.run();
			const feasible = Number(model.info.get('primal_solution_status')) === 2;
			const optimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
			const dual = whole.includes(true) ? -Number(model.info.get('mip_dual_bound')) : Infinity;
			return {
				x: feasible ? Array.from(model.getSolution().colValue) : null,
				bound: Number.isFinite(dual) || !optimal ? dual : -model.getObjectiveValue()
			};
		} finally {
			model.dispose();
		}
	};
	parentPort?.on('message', (question: Asked) => {
		solve(question).then(
			(answer) => parentPort.postMessage(answer),
			(error: unknown) => parentPort.postMessage({ failed: String(error) })
		);
	});
}

/**
 * HiGHS in a thread of its own, because it computes for seconds without a pause and the server has other things to do.
 * The thread lives for one split and ends whatever comes of it.
 */
export async function withSolver<Result>(work: (solve: SolveProgram) => Promise<Result>): Promise<Result> {
	const worker = new Worker(`(${thread.toString()})()`, {
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
