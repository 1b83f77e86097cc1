import { expect, it } from 'vitest';
import { dattoRmmSource } from '../../../src/adapters/usage/datto-rmm/usage-source.ts';
import {
  type DattoRmmSimulator,
  startDattoRmmSimulator,
} from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';

it('counts the same in the form of the specification as on the wire', async () => {
  const options = { seed: 4, now: () => 1_796_000_000_000 };
  const [wire, spec] = await Promise.all([
    startDattoRmmSimulator(options),
    startDattoRmmSimulator({ ...options, mode: 'spec' }),
  ]);
  const answerOf = ({ url, apiKey, apiSecret }: DattoRmmSimulator) =>
    dattoRmmSource({ apiUrl: url, apiKey, apiSecret }).count({ signal: new AbortController().signal });
  const answer = await answerOf(wire);
  expect(answer.devices.length).toBeGreaterThan(250);
  expect(await answerOf(spec)).toEqual(answer);
  await Promise.all([wire.close(), spec.close()]);
});
