/** Cycles that nobody has to look at, as filters of the column `class`: the runtime's own, and what pools let go of by themselves. */
export const HARMLESS = '/^(runtime|pool)$/';
export const NOT_HARMLESS = '/^(?!(runtime|pool)$)/';
