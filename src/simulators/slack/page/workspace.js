/** The last state read from the stand-in; modules look at it when they draw. */
export const workspace = { current: undefined };
