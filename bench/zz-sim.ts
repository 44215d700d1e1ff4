import { estimating } from '#slices/needs/estimator.ts';
import { simulate, coverage } from '#slices/needs/estimator/test-simulation.ts';
const sim = simulate({ people: 14351, competencies: 20, groups: 14, whole: true, sources: { self: {raters:1, offset:.3}, supervisor: {raters:1, team:8, leniency:.35}, peer:{raters:2,team:8,offset:.1}, subordinate:{raters:.2,team:8} } });
console.log(sim.evidence.person.length);
for (let r=0;r<2;r++){
const t0=performance.now();
const it = estimating(sim.evidence, sim.question);
let worst=0, last=performance.now(), e:any;
const marks: string[]=[]; let prev=-1;
for(;;){ const s=it.next(); const now=performance.now(); worst=Math.max(worst, now-last); last=now; if(s.done){e=s.value;break;} if(s.value!==prev){marks.push(`${s.value.toFixed(2)}@${(now-t0).toFixed(0)}`);prev=s.value;} }
console.log((performance.now()-t0).toFixed(0),'ms worst slice',worst.toFixed(0), 'cov', coverage(sim,e.levels).toFixed(3), e.found.sweeps, marks.filter((_,i)=>i%10===0||i<15).slice(0,30).join(' '));
}
