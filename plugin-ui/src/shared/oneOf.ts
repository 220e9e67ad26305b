/** The value if it is one of those; what somebody wrote into an address is not trusted to be. */
export function oneOf<const T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((one) => one === value);
}
