import { renderPdf } from '#platform/documents/render-pdf.ts';

const PROOF = '#image(bytes(sys.inputs.logo), format: "svg", width: 20mm, alt: "logo")';

/** Can this logo be printed? A file may begin like a picture and be none: found out once, not with every paper. */
export async function logoProof(svg: string): Promise<boolean> {
	try {
		await renderPdf(PROOF, { logo: svg }, { createdAt: new Date(0), standard: 'a-2a' });
		return true;
	} catch {
		return false;
	}
}
