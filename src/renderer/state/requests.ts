/**
 * Answers of the session, asked once and kept: keyed by (request, dump). Every request ends as an answer or as a failure that says why and can
 * be tried again; one that belongs to a dump no longer open is dropped.
 */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AnalysisSession } from '../../../workers/api';
import { holdFor } from './idle';

/** The questions that a view may ask: they change nothing. */
export type Question = Exclude<keyof AnalysisSession, 'open' | 'status' | 'cancel' | 'close' | 'takeNames'>;
export type Asked<Q extends Question> = Parameters<AnalysisSession[Q]>;
export type Answered<Q extends Question> = Awaited<ReturnType<AnalysisSession[Q]>>;

export type Answer<Value> =
  | { state: 'waiting'; value: null; error: null }
  | { state: 'ready'; value: Value; error: null }
  | { state: 'failed'; value: null; error: Error };

const WAITING: Answer<never> = { state: 'waiting', value: null, error: null };

/** Answers kept at most; one may be a page of 500 rows. */
const KEPT = 400;

export class RequestCache {
  readonly #answers = new Map<string, Answer<unknown>>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
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

  /** What is known now; asks nothing. The same value as long as nothing changed. */
  peek<Q extends Question>(question: Q, asked: Asked<Q>): Answer<Answered<Q>> {
    // The key names the question, so what lies under it is that question's answer.
    return (this.#answers.get(keyOf(question, asked)) ?? WAITING) as Answer<Answered<Q>>;
  }

  /** Asks, unless it was asked before and did not fail. */
  want<Q extends Question>(question: Q, asked: Asked<Q>): void {
    const key = keyOf(question, asked);
    const known = this.#answers.get(key);
    if (known !== undefined) {
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
    const known = this.peek(question, asked);
    if (known.state === 'ready') return known.value;
    const answer = await this.#ask(keyOf(question, asked), question, asked);
    if (answer.state === 'failed') throw answer.error;
    // The session answers the question that was asked.
    return answer.value as Answered<Q>;
  }

  async #ask(key: string, question: Question, asked: unknown[]): Promise<Answer<unknown>> {
    this.#answers.set(key, WAITING);
    const answer = await holdFor(this.#call(question, asked));
    this.#answers.set(key, answer);
    this.#forgetOldest();
    this.#version++;
    for (const listener of this.#listeners) listener();
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

  #forgetOldest(): void {
    for (const [key, answer] of this.#answers) {
      if (this.#answers.size <= KEPT) return;
      if (answer.state !== 'waiting') this.#answers.delete(key);
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
  useEffect(() => {
    if (stable !== null) cache.want(question, stable);
  }, [cache, question, stable]);
  const retry = useCallback(() => {
    if (stable !== null) cache.retry(question, stable);
  }, [cache, question, stable]);
  return { ...answer, retry };
}
