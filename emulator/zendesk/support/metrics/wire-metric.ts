import type { Json } from '../wire.ts';
import type { TicketMetric } from './ticket-metrics.ts';

export function wireMetric(metric: TicketMetric, base: string): Json {
  return { url: `${base}/api/v2/ticket_metrics/${metric.id}.json`, ...metric };
}
