import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/adapters/http/vendor-session.ts';
import { sharedReading } from '../../../src/adapters/usage/counting/shared-reading.ts';

/** A reading whose end the test decides. */
function open() {
  const readings: { call: Call; end: (value: string) => void; fail: (error: Error) => void }[] = [];
  const read = sharedReading<string>(
    (call) =>
      new Promise((end, fail) => {
        readings.push({ call, end, fail });
        if (!call.signal.aborted) call.onRequest?.();
        if (call.signal.aborted) fail(new Error('stopped'));
        call.signal.addEventListener('abort', () => fail(new Error('stopped')));
      }),
  );
  return { read, readings };
}
const caller = () => {
  const stop = new AbortController();
  let requests = 0;
  const call: Call = { signal: stop.signal, onRequest: () => requests++ };
  return { call, stop, requests: () => requests };
};

describe('a shared reading', () => {
  it('serves all who ask while it is under way', async () => {
    const { read, readings } = open();
    const both = [read(caller().call), read(caller().call)];
    await null;
    expect(readings).toHaveLength(1);
    readings[0]?.end('list');
    expect(await Promise.all(both)).toEqual(['list', 'list']);
  });

  it('is never given again once it has ended, well or badly', async () => {
    const { read, readings } = open();
    const first = read(caller().call);
    await null;
    readings[0]?.fail(new Error('vendor'));
    await expect(first).rejects.toThrow('vendor');
    const second = read(caller().call);
    await null;
    readings[1]?.end('fresh');
    expect(await second).toBe('fresh');
  });

  it('goes on for the others when one gives up, who then hears of the requests', async () => {
    const { read, readings } = open();
    const [one, two] = [caller(), caller()];
    const gaveUp = read(one.call);
    const stays = read(two.call);
    await null;
    readings[0]?.call.onRequest?.();
    one.stop.abort();
    await expect(gaveUp).rejects.toThrow('stopped');
    readings[0]?.call.onRequest?.();
    expect([one.requests(), two.requests()]).toEqual([2, 1]);
    readings[0]?.end('list');
    expect(await stays).toBe('list');
  });

  it('is stopped when the last one gives up, and the next one reads afresh', async () => {
    const { read, readings } = open();
    const only = caller();
    const gaveUp = read(only.call);
    await null;
    only.stop.abort();
    await expect(gaveUp).rejects.toThrow('stopped');
    expect(readings[0]?.call.signal.aborted).toBe(true);
    const next = read(caller().call);
    await null;
    readings[1]?.end('fresh');
    expect(await next).toBe('fresh');
  });

  it('asks nothing of the vendor for one who comes aborted, but the refusal', async () => {
    const { read, readings } = open();
    const late = caller();
    late.stop.abort();
    await expect(read(late.call)).rejects.toThrow('stopped');
    expect(readings).toHaveLength(1);
  });
});
