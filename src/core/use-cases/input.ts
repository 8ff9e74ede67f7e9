import { z } from 'zod';

/** How many requests a list shows at once: what fits a message on every platform with its buttons. */
export const PAGE_SIZE = 5;

export const Id = z.uuid();
export const requestInput = z.object({ requestId: Id });
export const pageInput = z.object({ page: z.coerce.number().int().min(1).max(10_000).default(1) });
/** An instant, as ISO text with an offset. */
export const InstantText = z.iso.datetime({ offset: true }).transform((iso) => new Date(iso));
