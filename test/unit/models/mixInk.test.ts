import assert from 'node:assert/strict';
import { mixInk } from '../../../src/engine/models/mixInk';

const MIXING = { picture: 1, ink: 1 };
const mix = (picture: number[], points: number[], places: number[], mixing = MIXING) => [
  ...mixInk(Float32Array.from(picture), Float32Array.from(points), places, mixing),
];
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('one answer of a picture and of points', () => {
  it('is likeliest where both are sure, whatever the order of the classes', () => {
    const [a = 0, b = 0, c = 0] = mix([0.5, 0.4, 0.1], [0.1, 0.6, 0.3, 0], [0, 1, 2]);
    assert.ok(b > a && a > c, String([a, b, c]));
    const [turned = 0] = mix([0.4, 0.5, 0.1], [0.1, 0.6, 0.3, 0], [1, 0, 2]);
    assert.ok(Math.abs(turned - b) < 1e-6);
    assert.ok(Math.abs(sum([a, b, c]) - 1) < 1e-6);
  });

  it('is unsure of all where the points are of no character, and keeps which is likeliest', () => {
    const answer = mix([0.9, 0.05, 0.05], [0.01, 0.005, 0.005, 0.98], [0, 1, 2]);
    assert.ok((answer[0] ?? 0) < 0.4 && (answer[0] ?? 0) > (answer[1] ?? 0), String(answer));
    assert.ok(Math.abs(sum(answer) - 1) < 1e-6);
  });

  it('leaves the share of what the picture alone knows, though the points are of no character', () => {
    const answer = mix([0.1, 0.1, 0.8], [0.05, 0.05, 0.9], [0, 1, -1]);
    assert.ok(Math.abs((answer[2] ?? 0) - 0.8) < 1e-6, String(answer));
    assert.ok(Math.abs(sum(answer) - 1) < 1e-6);
  });

  it('is finite where a network rules out everything', () => {
    const answer = mix([0, 1], [1, 0, 0], [0, 1]);
    assert.ok(answer.every(Number.isFinite), String(answer));
  });
});
