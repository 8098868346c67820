/** Mesa's lavapipe calls itself llvmpipe; SwiftShader is Chromium's, WARP is Direct3D's. */
const SOFTWARE = /lavapipe|llvmpipe|swiftshader|\bwarp\b|microsoft basic render|software/i;

/** Whether an adapter is a program on the processor rather than a graphics processor. */
export function isSoftwareAdapter(
  info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'>,
): boolean {
  return SOFTWARE.test([info.vendor, info.architecture, info.device, info.description].join(' '));
}
