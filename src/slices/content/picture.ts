export const MOST_PICTURE_BYTES = 5 * 1024 * 1024;

/** From here on a picture is slow on a phone with a weak signal; its author is told. */
export const HEAVY_PICTURE_BYTES = 300 * 1024;
