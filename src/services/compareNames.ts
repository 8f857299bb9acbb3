const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Orders names as people do: without regard to case, and "api-2" before "api-10". */
export const compareNames: (a: string, b: string) => number = collator.compare;
