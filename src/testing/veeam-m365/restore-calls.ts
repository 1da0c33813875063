import { type Answer, connectionReset, htmlAnswer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call } from '../route.ts';
import { certificateProblem } from './certificate.ts';
import type { MailboxOrder, MailboxRestore } from './mailbox-restores.ts';
import { asBoolean, asObject, field, type JsonObject, readAction, readObject } from './request-body.ts';
import { bulkStatistics, mailboxStatistics } from './restore-answer.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import type { LiveMailbox } from './tenant.ts';
import { traitsOf } from './versions.ts';

/** Restores one mailbox, to where it was or to another one. */
export function restoreMailbox(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
): Answer | Promise<Answer> {
  // Known to the organization is enough: where the session has nothing of it, nothing is restored (VM-9).
  const mailbox = server.tenant.mailboxes.find(({ id }) => id === call.params.mailboxId?.toLowerCase());
  if (!mailbox) return server.notFound('mailbox');
  const order = readOrder(server, version, call, mailbox);
  if (typeof order === 'string') return server.badRequest(order);
  const refusal = version !== 'v5' && certificateProblem(server, readObject(call));
  if (refusal) return refusal;

  const settings = server.scenario.mailboxRestore ?? {};
  return carryOut(server, version, call, session, [order], ({ outcomes: [outcome] }) =>
    outcome === undefined ? undefined : mailboxStatistics(outcome, settings),
  );
}

/** Restores several mailboxes to where they were. */
export function restoreMailboxes(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
): Answer | Promise<Answer> {
  const options = version === 'v5' ? readInput(server, call, 'restoreTo') : readObject(call);
  if (!options) return server.badRequest('The request body is not valid.');
  const strict = server.scenario.strict;
  const listed = field(options, version === 'v5' ? 'mailBoxes' : 'mailboxes', strict);
  // Not documented; without a list all that the session shows are restored.
  const mailboxes = Array.isArray(listed) ? listed.map((one) => findMailbox(server, one)) : server.mailboxesOf(session);
  const found = mailboxes.filter((mailbox) => mailbox !== undefined);
  const skipUnresolved = asBoolean(field(options, 'skipUnresolved', strict)) === true;
  if (found.length < mailboxes.length && !skipUnresolved) return server.badRequest('A mailbox was not found.');
  const refusal = version !== 'v5' && certificateProblem(server, options);
  if (refusal) return refusal;

  const settings = server.scenario.mailboxRestore ?? {};
  const orders = found.map((mailbox) => ({
    ...toOrder(server, options, mailbox, mailbox),
    isUnresolved: settings.unresolvedMailboxes?.includes(mailbox.position) ?? false,
  }));
  return carryOut(server, version, call, session, orders, (restore) =>
    bulkStatistics(restore, settings, skipUnresolved),
  );
}

/** Starts a restore in a session of its own, and answers its id, or blocks (VM-11, VM-15). */
export function carryOut(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  orders: readonly MailboxOrder[],
  toBody: (restore: MailboxRestore) => unknown,
  isOperator = false,
): Answer | Promise<Answer> {
  const usual = isOperator || traitsOf[version].restoresInOwnSession ? 'session' : 'counters';
  const { answer = usual } = server.scenario.mailboxRestore ?? {};
  if (answer === 'session') {
    const sent = startInOwnSession(server, call, session, orders);
    return answer === usual || sent === connectionReset ? sent : deviating(sent, 'mailboxRestore.answer');
  }
  const restore = server.restores.start(session, orders);
  const held = hold(server, call, restore, () => toBody(restore));
  return answer === usual
    ? held
    : held.then((sent) => (sent === connectionReset ? sent : deviating(sent, 'mailboxRestore.answer')));
}

function startInOwnSession(
  server: VeeamServer,
  call: Call,
  { type, at, job }: Session,
  orders: readonly MailboxOrder[],
): Answer {
  const { loseRestoreAnswer, htmlInsteadOfRestoreAnswer } = server.scenario.faults ?? {};
  const own = server.sessions.add({
    id: server.ids.uuid(),
    startEventId: server.ids.uuid(),
    createdAt: server.clock.now(),
    logon: server.callerOf(call),
    type,
    at,
    job,
  });
  const plannedEnd = server.restores.plannedEnd();
  // The end of the session is known before the restore, which asks for it.
  own.restore = { plannedEnd, truth: 'succeeded' };
  const restore = server.restores.start(own, orders);
  own.restore = {
    plannedEnd,
    get truth() {
      return restore.truth.truth;
    },
  };
  if (loseRestoreAnswer) return connectionReset;
  if (htmlInsteadOfRestoreAnswer) return deviating(htmlAnswer('Restore'), 'htmlInsteadOfRestoreAnswer');
  return jsonAnswer({ sessionId: own.id });
}

/** Blocks until the restore has ended (VM-11). A caller who goes away loses the answer, and the restore goes on. */
async function hold(server: VeeamServer, call: Call, restore: MailboxRestore, toBody: () => unknown): Promise<Answer> {
  const { startedAt } = restore.truth;
  const { loseRestoreAnswer, htmlInsteadOfRestoreAnswer, unauthorizedAfterRestore } = server.scenario.faults ?? {};
  const lostAt = loseRestoreAnswer ? startedAt + (loseRestoreAnswer.afterMs ?? 0) : Number.POSITIVE_INFINITY;
  await sleepUntil(server, () => Math.min(restore.endsAt, lostAt), call.request.signal);
  if (loseRestoreAnswer) return connectionReset;
  server.restores.settle();
  if (unauthorizedAfterRestore) return server.unauthorized();
  if (restore.isCutShort) {
    return server.problem(
      500,
      'The server did not provide a meaningful reply; this might be caused by a contract mismatch, a premature session shutdown or an internal server error.',
    );
  }
  if (!htmlInsteadOfRestoreAnswer) return jsonAnswer(toBody());
  return deviating(htmlAnswer('Restore'), 'htmlInsteadOfRestoreAnswer');
}

/** Sleeps until a moment that the end of a session may bring forward. */
async function sleepUntil({ clock, sessions }: VeeamServer, moment: () => number, signal: AbortSignal): Promise<void> {
  // A timer may fire a little before its time.
  while (clock.now() < moment()) {
    const control = new AbortController();
    const abort = () => control.abort(signal.reason);
    const forget = sessions.onEnd(() => control.abort('woken'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await clock.sleep(moment() - clock.now(), control.signal);
    } catch (reason) {
      if (control.signal.reason !== 'woken') throw reason;
    } finally {
      forget();
      signal.removeEventListener('abort', abort);
    }
  }
}

/** What a call asks for; a text where it is refused. Only a restore to another place has a choice of items. */
function readOrder(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  mailbox: LiveMailbox,
): MailboxOrder | string {
  const toOther = call.url.pathname.toLowerCase().endsWith('/restoreto');
  const original =
    version === 'v5' ? readInput(server, call, 'restoretoOriginallocation') : !toOther && readObject(call);
  if (original) return { mailbox, target: mailbox, changedItems: true, deletedItems: true, isUnresolved: false };
  const other = version === 'v5' ? readInput(server, call, 'restoreTo') : toOther && readObject(call);
  if (!other) return 'The request body is not valid.';

  const address = field(other, 'mailbox', server.scenario.strict);
  // Not documented; without an address it goes back to where it was.
  const target = address === undefined ? mailbox : findMailbox(server, { email: address });
  return target ? toOrder(server, other, mailbox, target) : `Mailbox ${String(address)} was not found.`;
}

/** The input of a v5 action; undefined where the body names another one. */
function readInput({ scenario }: VeeamServer, call: Call, name: string): JsonObject | undefined {
  const action = readAction(call);
  const isNamed = scenario.strict ? action?.name === name : action?.name.toLowerCase() === name.toLowerCase();
  return isNamed ? asObject(action?.input) : undefined;
}

function toOrder(server: VeeamServer, options: JsonObject, mailbox: LiveMailbox, target: LiveMailbox): MailboxOrder {
  const isWanted = (name: string) => asBoolean(field(options, name, server.scenario.strict)) ?? true;
  const items = { changedItems: isWanted('changedItems'), deletedItems: isWanted('deletedItems') };
  return { mailbox, target, ...items, isUnresolved: false };
}

function findMailbox(server: VeeamServer, named: unknown): LiveMailbox | undefined {
  const { id, email } = asObject(named) ?? {};
  return server.tenant.mailboxes.find(
    (mailbox) => mailbox.id === String(id).toLowerCase() || mailbox.email === String(email).toLowerCase(),
  );
}
