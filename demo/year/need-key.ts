/** An accepted need by unit and competency. */
export type Accepted = ReadonlyMap<string, string>;
export const needKey = (unitId: string, competencyId: string): string => `${unitId} ${competencyId}`;
