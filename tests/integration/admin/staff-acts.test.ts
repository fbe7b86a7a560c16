import { describe, expect, it } from 'vitest';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createStaffActs } from '#app/infra/db/staff-acts.repo.server.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { renameStaff } from '#app/services/rename-staff.ts';
import { resendMessage } from '#app/services/resend-message.ts';
import { retryEvent } from '#app/services/retry-event.ts';
import { saveSettings } from '#app/services/save-settings.ts';
import { updateCase } from '#app/services/update-case.ts';
import { useTestDatabase } from '#tests/setup/database.ts';
import {
  aCase,
  aCustomer,
  anAction,
  anAnswer,
  anEvent,
  anInvitation,
  anOrder,
  aShop,
  daysAgo,
  hoursAhead,
  insert,
  NOW,
} from './seed.ts';

const database = useTestDatabase();

function ports(now: Date = NOW) {
  const jobs: Job[] = [];
  return {
    jobs,
    acts: createStaffActs(database.pool),
    admin: createAdminReads(database.pool),
    clock: { now: async () => now },
    producer: {
      enqueue: async (more: Job[]) => void jobs.push(...more),
      enqueueAgain: async (more: Job[]) => void jobs.push(...more),
    },
  };
}

describe('a case', () => {
  it('is acknowledged, resolved, closed with a root cause and reopened; each act leaves a note and an event', async () => {
    const shopId = await aShop(database.pool, { settings: { cases: { detractorTargetHours: 6 } } });
    await insert(database.pool, 'staff', { shop_id: shopId, user_id: '7', name: 'Ada', last_seen_at: NOW });
    const customerId = await aCustomer(database.pool, shopId, {
      first_name: 'Ina',
      band: 'at_risk',
      health: 45.5,
    });
    await anOrder(database.pool, shopId, '1001', {
      customer_id: customerId,
      doc: { lines: [{ title: 'Lamp', quantity: 1, netMinor: 500 }] },
    });
    const responseId = await anAnswer(database.pool, shopId, {
      customer_id: customerId,
      rating: 1,
      comment: 'Broken',
    });
    const caseId = await aCase(database.pool, shopId, 1, {
      customer_id: customerId,
      order_id: '1001',
      response_id: responseId,
    });
    await anAction(database.pool, shopId, {
      customer_id: customerId,
      payload: { responseId },
      created_at: daysAgo(0.1),
    });
    await anAction(database.pool, shopId, { customer_id: customerId, payload: { responseId: caseId } });
    const act = (command: object) => updateCase(ports(), { shopId, staffId: '7', caseId, command });

    expect(await act({ act: 'close', rootCause: 'Packing' })).toMatchObject({
      outcome: 'refused',
      field: null,
    });
    expect(await act({ act: 'acknowledge' })).toMatchObject({ outcome: 'changed' });
    expect(await act({ act: 'resolve', resolution: '  ' })).toMatchObject({
      outcome: 'refused',
      field: 'resolution',
    });
    expect(await act({ act: 'resolve', resolution: 'Sent a new lamp' })).toMatchObject({
      outcome: 'changed',
    });
    expect(await act({ act: 'close' })).toMatchObject({ outcome: 'refused', field: 'rootCause' });
    expect(await act({ act: 'close', rootCause: 'Packing' })).toMatchObject({ outcome: 'changed' });
    expect(await act({ act: 'note', note: 'Told the packers' })).toMatchObject({ outcome: 'changed' });

    const closed = await ports().admin.case(shopId, caseId);
    expect(closed).toMatchObject({
      status: 'closed',
      ownerId: '7',
      ownerName: 'Ada',
      rootCause: 'Packing',
      resolution: 'Sent a new lamp',
      customerBand: 'at_risk',
      customerHealth: 45.5,
      answer: { rating: 1, comment: 'Broken' },
      order: { lines: [{ title: 'Lamp', quantity: 1, netMinor: 500 }] },
    });
    expect(closed!.notes.map((note) => note.kind)).toEqual(['acknowledge', 'resolve', 'close', 'note']);
    expect(closed!.messages).toHaveLength(1);

    expect(await act({ act: 'reopen' })).toMatchObject({ outcome: 'changed' });
    const reopened = await ports().admin.case(shopId, caseId);
    expect(reopened).toMatchObject({
      status: 'open',
      dueAt: hoursAhead(6).toISOString(),
      closedAt: null,
      acknowledgedAt: null,
    });
    const { rows } = await database.pool.query(
      `select topic, status, ref_id from event where shop_id = $1 and source = 'staff' order by created_at`,
      [shopId],
    );
    expect(rows.map((row) => row.topic)).toEqual([
      'case.acknowledge',
      'case.resolve',
      'case.close',
      'case.note',
      'case.reopen',
    ]);
    expect(rows.every((row) => row.ref_id === caseId)).toBe(true);
    // What follows for the customer is decided by the line.
    expect(rows.flatMap((row) => (row.status === 'received' ? [row.topic] : []))).toEqual([
      'case.resolve',
      'case.close',
      'case.reopen',
    ]);
  });

  it('changes once when two people act at the same moment', async () => {
    const shopId = await aShop(database.pool);
    const caseId = await aCase(database.pool, shopId, 1);
    const both = await Promise.all(
      ['7', '8'].map((staffId) =>
        updateCase(ports(), { shopId, staffId, caseId, command: { act: 'acknowledge' } }),
      ),
    );
    expect(both.map((result) => result.outcome).sort()).toEqual(['changed', 'refused']);
    const { rows } = await database.pool.query(
      'select count(*)::int as notes from case_note where shop_id = $1',
      [shopId],
    );
    expect(rows[0].notes).toBe(1);
  });

  it('is out of reach from another shop, and unknown acts change nothing', async () => {
    const shopId = await aShop(database.pool);
    const other = await aShop(database.pool);
    const caseId = await aCase(database.pool, shopId, 1);
    for (const [shop, command] of [
      [other, { act: 'acknowledge' }],
      [other, { act: 'assign' }],
      [shopId, { act: 'explode' }],
    ] as const) {
      expect(await updateCase(ports(), { shopId: shop, staffId: '7', caseId, command })).toMatchObject({
        outcome: 'refused',
      });
    }
    expect(await ports().admin.case(shopId, caseId)).toMatchObject({
      status: 'open',
      ownerId: null,
      notes: [],
    });
    expect(
      await updateCase(ports(), { shopId, staffId: '7', caseId, command: { act: 'assign' } }),
    ).toMatchObject({ outcome: 'changed' });
    expect(await ports().admin.case(shopId, caseId)).toMatchObject({ ownerId: '7' });
  });
});

describe('trying again', () => {
  it('replays one failed event, or all of them, and only failed ones of this shop', async () => {
    const shopId = await aShop(database.pool);
    const failed = [
      await anEvent(database.pool, shopId, { status: 'failed', error: 'x', attempts: 8 }),
      await anEvent(database.pool, shopId, { status: 'failed' }),
    ];
    const fine = await anEvent(database.pool, shopId);
    const foreign = await anEvent(database.pool, await aShop(database.pool), { status: 'failed' });
    const one = ports();
    expect(await retryEvent(one, { shopId, eventId: failed[0]! })).toEqual({ outcome: 'queued', count: 1 });
    expect(one.jobs).toEqual([{ name: 'event.process', payload: { shopId, eventId: failed[0] } }]);
    expect(await retryEvent(ports(), { shopId, eventId: fine })).toEqual({ outcome: 'nothing_failed' });
    expect(await retryEvent(ports(), { shopId, eventId: foreign })).toEqual({ outcome: 'nothing_failed' });
    expect(await retryEvent(ports(), { shopId, eventId: null })).toEqual({ outcome: 'queued', count: 1 });
    const { rows } = await database.pool.query(
      `select status, error, attempts from event where shop_id = $1 and id = any($2)`,
      [shopId, failed],
    );
    expect(rows).toEqual([
      { status: 'received', error: null, attempts: 0 },
      { status: 'received', error: null, attempts: 0 },
    ]);
  });

  it.each([
    ['unknown', 'queued'],
    ['failed', 'queued'],
    ['done', 'not_stuck'],
    ['claimed', 'not_stuck'],
  ])('an action that is %s: %s', async (status, outcome) => {
    const shopId = await aShop(database.pool);
    const actionId = await anAction(database.pool, shopId, { status });
    const used = ports();
    expect(await resendMessage(used, { shopId, actionId })).toEqual({ outcome });
    expect(await resendMessage(used, { shopId, actionId })).toEqual({ outcome: 'not_stuck' });
    expect(used.jobs).toHaveLength(outcome === 'queued' ? 1 : 0);
  });
});

it('takes the invitation along when a survey is resent; its place in the ledger comes with the claim', async () => {
  const { pool } = database;
  const shopId = await aShop(pool);
  const customerId = await aCustomer(pool, shopId);
  const invitationId = await anInvitation(pool, shopId, customerId, { reason: 'unknown' });
  const actionId = await anAction(pool, shopId, {
    kind: 'send_survey',
    status: 'unknown',
    payload: { invitationId },
  });
  const contact = {
    action_id: actionId,
    customer_id: customerId,
    topic: 'survey',
    status: 'unknown',
    at: NOW,
  };
  await insert(pool, 'contact', { shop_id: shopId, ...contact });
  expect(await resendMessage(ports(), { shopId, actionId })).toEqual({ outcome: 'queued' });
  const { rows } = await pool.query(
    `select i.status as invitation, i.reason, c.status as contact from survey_invitation i, contact c where i.shop_id = $1 and c.shop_id = $1`,
    [shopId],
  );
  expect(rows).toEqual([{ invitation: 'sending', reason: null, contact: 'unknown' }]);
});

describe('settings', () => {
  const stored = (shopId: string) => ports().acts.loadSettings(shopId);

  it('merges what a form sends and keeps the rest', async () => {
    const shopId = await aShop(database.pool, { settings: { brandName: 'Nord', caps: { surveyDays: 20 } } });
    const save = (patch: object) => saveSettings(ports(), { shopId, json: JSON.stringify(patch) });
    expect(await save({ caps: { npsDays: 100 }, compensation: { percentBySeverity: [1, 2, 3] } })).toEqual({
      outcome: 'saved',
    });
    expect(await stored(shopId)).toMatchObject({
      brandName: 'Nord',
      caps: { surveyDays: 20, npsDays: 100 },
      compensation: { percentBySeverity: [1, 2, 3] },
    });
  });

  it.each([
    ['{"caps":{"surveyDays":-1}}', 'caps.surveyDays'],
    ['{"brandColor":"red"}', 'brandColor'],
    ['{"sendHour":null}', 'sendHour'],
    ['not json', ''],
    ['[]', ''],
  ])('refuses %s and stores nothing', async (json, field) => {
    const shopId = await aShop(database.pool);
    expect(await saveSettings(ports(), { shopId, json })).toMatchObject({
      outcome: 'invalid',
      errors: [{ field }],
    });
    expect(await stored(shopId)).toEqual({});
  });

  it('lets no writer undo what another one wrote in between', async () => {
    const shopId = await aShop(database.pool);
    const { acts } = ports();
    const seen = await acts.loadSettings(shopId);
    expect(await acts.saveSettings(shopId, seen, { brandName: 'First' })).toBe(true);
    expect(await acts.saveSettings(shopId, seen, { brandName: 'Second' })).toBe(false);
    expect(await stored(shopId)).toEqual({ brandName: 'First' });
  });

  it('notes staff once and lets them name themselves', async () => {
    const shopId = await aShop(database.pool);
    const used = ports();
    await used.acts.touchStaff(shopId, { userId: '7', name: 'Staff 7' });
    expect(await renameStaff(used, { shopId, staffId: '7', name: ' Ada ' })).toEqual({ outcome: 'renamed' });
    await used.acts.touchStaff(shopId, { userId: '7', name: 'Staff 7' });
    expect((await used.admin.system(shopId)).staff.map((person) => person.name)).toEqual(['Ada']);
    expect(await renameStaff(used, { shopId, staffId: '7', name: ' ' })).toMatchObject({
      outcome: 'refused',
    });
    expect(await renameStaff(used, { shopId, staffId: '9', name: 'Eve' })).toMatchObject({
      outcome: 'refused',
    });
  });
});
