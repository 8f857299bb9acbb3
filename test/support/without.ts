/** The same object without these keys, as Render leaves out what it does not know. */
export function without<T extends object, K extends keyof T>(value: T, ...keys: readonly K[]): Omit<T, K> {
  const rest: Partial<T> = { ...value };
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest as Omit<T, K>;
}
