/**
 * Answers of the session, asked once and kept: keyed by (request, dump). When names change, answers become old: they
 * stay in sight until newer ones come. Every request ends as an answer or as a failure that says why and can
 * be tried again; one that belongs to a dump no longer open is dropped.
 */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AnalysisSession } from '../../../workers/api';
import { holdFor } from './idle';

/** The questions that a view may ask: they change nothing. */
export type Question = Exclude<
  keyof AnalysisSession,
  'open' | 'status' | 'cancel' | 'close' | 'takeNames' | 'giveNames'
>;
export type Asked<Q extends Question> = Parameters<AnalysisSession[Q]>;
export type Answered<Q extends Question> = Awaited<ReturnType<AnalysisSession[Q]>>;

export type Answer<Value> =
  | { state: 'waiting'; value: null; error: null }
  | { state: 'ready'; value: Value; error: null }
  | { state: 'failed'; value: null; error: Error };

const WAITING: Answer<never> = { state: 'waiting', value: null, error: null };

/** Answers kept at most; one may be a page of 500 rows. */
const KEPT = 400;

interface Kept {
  /** What is shown: of an older generation until the new answer comes. */
  answer: Answer<unknown>;
  /** The generation in which it was asked last. */
  generation: number;
  asking: boolean;
}

export class RequestCache {
  readonly #answers = new Map<string, Kept>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #generation = 0;
  readonly #session: AnalysisSession;
  readonly #onFailure: (error: Error) => void;

  /** One cache per opened dump: a new dump gets a new one. `onFailure` hears of each failure, for what concerns the whole window. */
  constructor(session: AnalysisSession, onFailure: (error: Error) => void = () => undefined) {
    this.#session = session;
    this.#onFailure = onFailure;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with every answer, for who follows several at once. */
  version = (): number => this.#version;

  /** Changes when all answers have become old: who follows one asks for it again. */
  generation = (): number => this.#generation;

  /** Makes all answers old. They are shown until newer ones come, which is when somebody wants them. */
  refresh(): void {
    this.#generation++;
    this.#tell();
  }

  /** What is known now; asks nothing. The same value as long as nothing changed. */
  peek<Q extends Question>(question: Q, asked: Asked<Q>): Answer<Answered<Q>> {
    // The key names the question, so what lies under it is that question's answer.
    return (this.#answers.get(keyOf(question, asked))?.answer ?? WAITING) as Answer<Answered<Q>>;
  }

  /** Asks, unless it was asked before in this generation. */
  want<Q extends Question>(question: Q, asked: Asked<Q>): void {
    const key = keyOf(question, asked);
    const known = this.#answers.get(key);
    if (known?.generation === this.#generation) {
      // To the young end of the map: the oldest goes first.
      this.#answers.delete(key);
      this.#answers.set(key, known);
      return;
    }
    void this.#ask(key, question, asked);
  }

  /** Asks again what failed. */
  retry<Q extends Question>(question: Q, asked: Asked<Q>): void {
    void this.#ask(keyOf(question, asked), question, asked);
  }

  /** Asks and waits; for actions rather than views. Rejects as the session does. */
  async ask<Q extends Question>(question: Q, ...asked: Asked<Q>): Promise<Answered<Q>> {
    const known = this.#answers.get(keyOf(question, asked));
    // The key names the question, so what lies under it is that question's answer.
    if (known?.generation === this.#generation && known.answer.state === 'ready')
      return known.answer.value as Answered<Q>;
    const answer = await this.#ask(keyOf(question, asked), question, asked);
    if (answer.state === 'failed') throw answer.error;
    // The session answers the question that was asked.
    return answer.value as Answered<Q>;
  }

  async #ask(key: string, question: Question, asked: unknown[]): Promise<Answer<unknown>> {
    const before = this.#answers.get(key)?.answer;
    const kept: Kept = {
      answer: before?.state === 'ready' ? before : WAITING,
      generation: this.#generation,
      asking: true,
    };
    this.#answers.delete(key);
    this.#answers.set(key, kept);
    const answer = await holdFor(this.#call(question, asked));
    kept.asking = false;
    // One that was asked again since then is about to be answered anew.
    if (this.#answers.get(key) === kept) kept.answer = answer;
    this.#forgetOldest();
    this.#tell();
    if (answer.state === 'failed') this.#onFailure(answer.error);
    return answer;
  }

  async #call(question: Question, asked: unknown[]): Promise<Answer<unknown>> {
    try {
      // `asked` was typed against `question` by the public methods; a union of signatures cannot be called otherwise. Called as a method,
      // for a session may be an object or a proxy of one.
      const session = this.#session as unknown as Record<Question, (...args: unknown[]) => Promise<unknown>>;
      return { state: 'ready', value: await session[question](...asked), error: null };
    } catch (error) {
      return { state: 'failed', value: null, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  #tell(): void {
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  #forgetOldest(): void {
    for (const [key, { asking }] of this.#answers) {
      if (this.#answers.size <= KEPT) return;
      if (!asking) this.#answers.delete(key);
    }
  }
}

function keyOf(question: Question, asked: unknown[]): string {
  return `${question}:${JSON.stringify(asked)}`;
}

/** An answer with the way to ask again. */
export type Asking<Value> = Answer<Value> & { retry: () => void };

/** Asks through a given cache and follows the answer; `asked` null asks nothing and stays waiting. */
export function useAnswerFrom<Q extends Question>(
  cache: RequestCache,
  question: Q,
  asked: Asked<Q> | null,
): Asking<Answered<Q>> {
  const key = asked === null ? null : keyOf(question, asked);
  // The arguments by value: a caller may build them anew in each rendering.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const stable = useMemo(() => asked, [key]);
  const answer = useSyncExternalStore(cache.subscribe, () =>
    stable === null ? WAITING : cache.peek(question, stable),
  );
  const generation = useSyncExternalStore(cache.subscribe, cache.generation);
  useEffect(() => {
    if (stable !== null) cache.want(question, stable);
  }, [cache, generation, question, stable]);
  const retry = useCallback(() => {
    if (stable !== null) cache.retry(question, stable);
  }, [cache, question, stable]);
  return { ...answer, retry };
}
