/** Each is played by itself, on top of the usual schedules. */
export const hazardNames = [
  'misrouted-answer',
  'gateway-prefix',
  'late-commit',
  'single-401',
  'late-401',
  'gateway-json',
  'deep-json',
  'slow-body',
  'hanging-body',
  'slow-login',
  'suspended-machine',
  'clock-set-back',
  'clock-skew',
  'dying-connections',
] as const;

export type HazardName = (typeof hazardNames)[number];
