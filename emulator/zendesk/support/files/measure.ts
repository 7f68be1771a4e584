export interface Measures {
  readonly width: number;
  readonly height: number;
}

/** Width and height of an image in pixels; undefined for what is none. The library is loaded when the first image comes. */
export async function measure(contentType: string, bytes: Uint8Array): Promise<Measures | undefined> {
  if (!contentType.startsWith('image/')) return undefined;
  const { imageSize } = await import('image-size');
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    // Called an image by who sent it, and no image of a kind that is known.
    return undefined;
  }
}
