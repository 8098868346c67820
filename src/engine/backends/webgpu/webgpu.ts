import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend';
import { DeviceLoss } from '../deviceLoss';
import { BackendUnavailableError } from '../errors';
import { findPackage } from '../packages';
import { loadDawn } from './dawn';
import { isSoftwareAdapter } from './softwareAdapter';
import { hasVulkanLoader } from './vulkanLoader';

const NAME = 'webgpu';

/** The graphics processor through Dawn, Chromium's WebGPU: any vendor's, with nothing but its driver installed. */
export const webgpu: Backend = {
  name: NAME,
  find: (home) => void dawnPackage(home),
  async start(home) {
    const gpu = await loadDawn(dawnPackage(home));
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw noAdapter();
    const device = await adapter.requestDevice(deviceDescriptor(adapter));
    // younger than the types
    const { info } = adapter as GPUAdapter & { readonly info: GPUAdapterInfo };
    const loss = new DeviceLoss(NAME);
    const stop = watch(device, loss);
    // it refuses to load where there is no navigator.gpu
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    tf.registerBackend(NAME, () => new WebGPUBackend(device, info));
    if (!(await tf.setBackend(NAME))) throw noAdapter();
    return {
      name: NAME,
      device: deviceName(info),
      driver: info.description === '' ? undefined : info.description,
      software: isSoftwareAdapter(info),
      loss,
      stop: () => {
        stop();
        tf.removeBackend(NAME);
        device.destroy();
      },
    };
  },
};

function dawnPackage(home: string): string {
  const file = findPackage(NAME, home);
  if (file !== undefined) return file;
  throw new BackendUnavailableError(
    NAME,
    'its native library is not installed',
    'run "Scrawl: Install Backend…", or install the package for your platform',
  );
}

/** All the limits that the TensorFlow.js backend makes use of, as high as the adapter has them. */
function deviceDescriptor({ features, limits }: GPUAdapter): GPUDeviceDescriptor {
  return {
    requiredFeatures: features.has('timestamp-query') ? ['timestamp-query'] : [],
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  };
}

/**
 * Notes when the device is lost, and errors of its work, which WebGPU throws nowhere: what comes after one is not to be
 * trusted.
 *
 * @returns what ends the watch
 */
function watch(device: GPUDevice, loss: DeviceLoss): () => void {
  const onError = (event: Event) => loss.lose(asError((event as GPUUncapturedErrorEvent).error));
  let watching = true;
  device.addEventListener('uncapturederror', onError);
  void device.lost.then(({ message }) => {
    if (watching) loss.lose(new Error(message));
  });
  return () => {
    watching = false;
    device.removeEventListener('uncapturederror', onError);
  };
}

/** WebGPU's errors are no Errors. */
function asError(error: GPUError): Error {
  return new Error(`${error.constructor.name}: ${error.message}`, { cause: error });
}

function deviceName({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const named = [vendor, architecture, device].filter((part) => part !== '').join(' ');
  return named === '' ? description : named;
}

function noAdapter(): BackendUnavailableError {
  if (process.platform !== 'linux')
    return new BackendUnavailableError(NAME, 'it finds no graphics processor', 'install its driver');
  return hasVulkanLoader()
    ? new BackendUnavailableError(
        NAME,
        'no Vulkan driver has a device',
        "install your graphics processor's driver",
      )
    : new BackendUnavailableError(
        NAME,
        'the Vulkan loader libvulkan.so.1 is missing',
        "install libvulkan1 (Debian, Ubuntu) or vulkan-loader (Fedora, Arch: vulkan-icd-loader) and your graphics processor's driver",
      );
}
