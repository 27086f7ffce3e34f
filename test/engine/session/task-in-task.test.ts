/** A task that asks for a task is refused at once, by name, and what comes after it settles. */
import { describe, expect, it } from 'vitest';
import { Once } from '../../../workers/session/running/once';
import { TaskRunner } from '../../../workers/session/running/task-runner';

const host = { pause: () => new Promise<void>((resolve) => setTimeout(resolve, 0)), now: () => performance.now() };

/** What a person would still get after a task asked for a task: an answer, a cancel, an end. */
async function goesOn(runner: TaskRunner): Promise<void> {
  await expect(runner.run(runner.draw(), () => Promise.resolve('answered'))).resolves.toBe('answered');
  await expect(runner.runBehind(runner.draw(), () => Promise.resolve('behind'))).resolves.toBe('behind');
  runner.cancel();
  await expect(runner.settled()).resolves.toBeUndefined();
}

describe('a task that asks', () => {
  it('for a task is refused', async () => {
    const runner = new TaskRunner(host);
    const ticket = runner.draw();
    const asked = runner.run(ticket, () => runner.run(ticket, () => Promise.resolve(1)));
    await expect(asked).rejects.toMatchObject({ name: 'TaskInTask' });
    await goesOn(runner);
  });

  it('for a task behind is refused, and one behind that asks for one before it', async () => {
    const runner = new TaskRunner(host);
    const ticket = runner.draw();
    const behind = runner.run(ticket, () => runner.runBehind(ticket, () => Promise.resolve(1)));
    await expect(behind).rejects.toMatchObject({ name: 'TaskInTask' });
    const before = runner.runBehind(ticket, () => runner.run(ticket, () => Promise.resolve(1)));
    await expect(before).rejects.toMatchObject({ name: 'TaskInTask' });
    await goesOn(runner);
  });

  it('for a value that a task computes is refused, whether it is there or not', async () => {
    const runner = new TaskRunner(host);
    const value = new Once((ticket) => runner.run(ticket, () => Promise.resolve('computed')));
    const ticket = runner.draw();
    const ask = () => runner.run(ticket, () => value.get(ticket));
    await expect(ask()).rejects.toMatchObject({ name: 'TaskInTask' });
    await expect(value.get(ticket)).resolves.toBe('computed');
    await expect(ask()).rejects.toMatchObject({ name: 'TaskInTask' });
    await goesOn(runner);
  });

  it('after its first pause is refused too', async () => {
    const runner = new TaskRunner(host);
    const ticket = runner.draw();
    const asked = runner.run(ticket, async () => {
      await host.pause();
      return runner.run(ticket, () => Promise.resolve(1));
    });
    await expect(asked).rejects.toMatchObject({ name: 'TaskInTask' });
    await goesOn(runner);
  });
});

describe('requests that do not ask from a task', () => {
  it('may ask for one task after another, and at the same time as others', async () => {
    const runner = new TaskRunner(host);
    const ticket = runner.draw();
    const first = runner.run(ticket, async () => {
      await host.pause();
      return 1;
    });
    const other = runner.run(runner.draw(), () => Promise.resolve(2));
    expect([await first, await other]).toEqual([1, 2]);
    await expect(runner.run(ticket, () => Promise.resolve(3))).resolves.toBe(3);
  });

  it('may ask for two tasks at once: the second waits', async () => {
    const runner = new TaskRunner(host);
    const ticket = runner.draw();
    const both = [1, 2].map((answer) => runner.run(ticket, () => Promise.resolve(answer)));
    await expect(Promise.all(both)).resolves.toEqual([1, 2]);
  });
});

describe('Cancelled', () => {
  it('is what a cancelled task ends as, whatever it came to', async () => {
    const runner = new TaskRunner(host);
    const outcomes = [() => Promise.resolve('a value'), () => Promise.reject(new Error('its file was closed'))];
    for (const outcome of outcomes) {
      const turn = runner.run(runner.draw(), async () => {
        await host.pause();
        runner.cancel();
        return outcome();
      });
      await expect(turn).rejects.toMatchObject({ name: 'Cancelled' });
    }
    await goesOn(runner);
  });
});
