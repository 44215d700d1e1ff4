/** Longest edge of what is sent, and of the small picture shown in lists, in pixels. */
const PHOTO_EDGE = 1600;
const THUMB_EDGE = 240;

/**
 * A photo as it is worth sending on a bad line, and a small picture of it: a 40 MB photo becomes some 300 KB, without
 * what the camera wrote into it. Null where the browser cannot read it; then it goes as it is and the server judges.
 */
export async function smallerPhoto(file: File): Promise<{ photo: File; thumb: File } | null> {
	if (!file.type.startsWith('image/')) return null;
	try {
		const picture = await createImageBitmap(file);
		const photo = await drawn(picture, PHOTO_EDGE, 0.82, file.name);
		const thumb = await drawn(picture, THUMB_EDGE, 0.7, file.name);
		picture.close();
		return photo === null || thumb === null ? null : { photo: photo.size < file.size ? photo : file, thumb };
	} catch {
		return null;
	}
}

function drawn(picture: ImageBitmap, edge: number, quality: number, name: string): Promise<File | null> {
	const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(picture.width * scale));
	canvas.height = Math.max(1, Math.round(picture.height * scale));
	canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return new Promise((resolve) =>
		canvas.toBlob(
			(blob) =>
				resolve(
					blob === null ? null : new File([blob], `${name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })
				),
			'image/jpeg',
			quality
		)
	);
}
