const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long something took: "42 s", "1 min 5 s", "2 h 3 min". Negative spans count as 0, as Render's `startedAt` may
 * lie a few milliseconds before `createdAt`.
 */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.round(ms / second)) * second;
  if (whole < minute) return `${whole / second} s`;
  if (whole < hour) return joined(Math.floor(whole / minute), "min", (whole % minute) / second, "s");
  return joined(Math.floor(whole / hour), "h", Math.floor((whole % hour) / minute), "min");
}

/** How long ago something was: "now", "5 min", "2 h", "3 d", "8 mo", "2 y". Times to come count as now. */
export function ageText(ms: number): string {
  if (ms < minute) return "now";
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < day) return `${Math.floor(ms / hour)} h`;
  if (ms < 60 * day) return `${Math.floor(ms / day)} d`;
  if (ms < 365 * day) return `${Math.floor(ms / (30 * day))} mo`;
  return `${Math.floor(ms / (365 * day))} y`;
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
