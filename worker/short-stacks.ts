/**
 * The SDK keeps, for every promise that a parked workflow waits for, the stack it was made with: that is what the Stack
 * trace of the Temporal UI shows. Ten frames of each are a quarter of what a parked route takes; four still name the
 * stage and the step.
 */
import { setFlagsFromString } from 'node:v8';

const FRAMES = 4;

/** To be called before the worker is made: its threads take the limit over when they begin. */
export function keepStacksShort(): void {
  setFlagsFromString(`--stack-trace-limit=${FRAMES}`);
}
