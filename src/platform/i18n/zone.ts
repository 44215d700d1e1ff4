const WIB = 'Asia/Jakarta';

let asked = (): string | null | undefined => null;

/** Where the zone of whoever reads comes from: the request on the server, the page in a browser. */
export const zoneFrom = (source: () => string | null | undefined): void => void (asked = source);

/** The zone in which instants are told: the agency's of whoever reads; a stranger's is WIB. */
export const currentZone = (): string => asked() ?? WIB;
