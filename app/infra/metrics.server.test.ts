import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.server.ts';

const DEPTH = { waiting: 3, active: 1, delayed: 2 };

describe('createMetrics', () => {
  it('counts by closed label sets: no path, shop or token becomes a label', async () => {
    const metrics = createMetrics();
    metrics.observeRequest('GET', '/s/0198c0de/secret-token', 200, 0.01);
    metrics.observeRequest('PROPFIND', '/wp-login.php', 404, 0.01);
    metrics.observeRequest('POST', '/webhooks/shopify', 200, 0.01);
    metrics.countEvent('shopify', 'processed');
    metrics.countAction('open_case', 'done');
    metrics.countSend('sent');
    metrics.observeScoreLag(1.5);
    metrics.observeJob('event.process', 'completed', 0.02);
    const text = await metrics.registry.metrics();
    expect(text).not.toMatch(/secret-token|wp-login|PROPFIND/);
    for (const line of [
      'aftercare_http_request_seconds_count{method="GET",area="s",status="200"} 1',
      'aftercare_http_request_seconds_count{method="OTHER",area="other",status="404"} 1',
      'aftercare_http_request_seconds_count{method="POST",area="webhooks",status="200"} 1',
      'aftercare_events_total{source="shopify",status="processed"} 1',
      'aftercare_actions_total{kind="open_case",status="done"} 1',
      'aftercare_sends_total{outcome="sent"} 1',
      'aftercare_webhook_to_score_seconds_bucket{le="2"} 1',
      'aftercare_job_seconds_count{job="event.process",outcome="completed"} 1',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('reads the queues at each scrape, and serves the rest while they are away', async () => {
    const metrics = createMetrics();
    let away = false;
    metrics.observeQueues(async () => {
      if (away) throw new Error('the queue is away');
      return { intake: DEPTH, scoring: DEPTH, actions: DEPTH, upkeep: DEPTH };
    });
    expect(await metrics.registry.metrics()).toContain(
      'aftercare_queue_jobs{queue="intake",state="waiting"} 3',
    );
    away = true;
    const text = await metrics.registry.metrics();
    expect(text).not.toContain('aftercare_queue_jobs{');
    expect(text).toContain('process_cpu_seconds_total');
  });
});
