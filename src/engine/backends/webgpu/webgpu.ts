import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend';
import { DeviceLoss } from '../deviceLoss';
import { BackendUnavailableError } from '../errors';
import { findPackage } from '../packages';
import { loadDawn } from './dawn';
import { isSoftwareAdapter } from './softwareAdapter';
import { hasVulkanLoader } from './vulkanLoader';
import { watchDevice } from './watchDevice';

const NAME = 'webgpu';

/** The graphics processor through Dawn, Chromium's WebGPU: any vendor's, with nothing but its driver installed. */
export const webgpu: Backend = {
  name: NAME,
  find: (home) => void dawnPackage(home),
  async start(home) {
    // before Dawn is there, or it would register a backend with a device of its own, which asks Dawn for what it refuses
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    const gpu = await loadDawn(dawnPackage(home));
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) throw noAdapter();
    const device = await adapter.requestDevice(deviceDescriptor(adapter));
    // younger than the types
    const { info } = adapter as GPUAdapter & { readonly info: GPUAdapterInfo };
    const loss = new DeviceLoss(NAME);
    const stopWatching = watchDevice(device, loss);
    tf.registerBackend(NAME, () => new WebGPUBackend(device, info));
    if (!(await tf.setBackend(NAME))) throw noAdapter();
    return {
      name: NAME,
      device: deviceName(info),
      driver: info.description === '' ? undefined : info.description,
      software: isSoftwareAdapter(info),
      loss,
      stop: () => {
        stopWatching();
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
    'run "Scrawl: Install WebGPU"',
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
