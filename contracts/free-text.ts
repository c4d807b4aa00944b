/** What people write in their own words. It is sealed, and travels with the route: its room is bounded. */
import { z } from 'zod';

export const FreeText = z.string().trim().min(1).max(1200);
