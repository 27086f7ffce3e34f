/** The one sentinel in arrays of ids: "there is none". Ids are dense and start at 0, so no array of ours can hold this many. */
export const NONE = 0xffff_ffff;
