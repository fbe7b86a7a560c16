/** Single homes, file endings and purity: arrows 5, 6, 8 and 9, and "no clock, random, env, async" in the domain. */
import ts from 'typescript';
import {
  importsOf,
  isScript,
  isTest,
  lineOf,
  parse,
  visit,
  type Import,
  type Offence,
  type Source,
} from './source.ts';

interface Home {
  owns: (to: Import) => boolean;
  at: RegExp;
  message: string;
}

const HOMES: readonly Home[] = [
  {
    owns: (to) => !to.isFile && to.target.startsWith('@remix-run/'),
    at: /^app\/(routes\/|root\.tsx$|entry\.|routes\.ts$)|^server\//,
    message:
      'Remix lives in routes, root, entry and server: pass data, links and forms into components as props.',
  },
  {
    owns: (to) =>
      /^(pg|pg-copy-streams|@prisma\/.+|prisma)$/.test(to.target) || to.target.startsWith('app/generated/'),
    at: /^app\/infra\/db\//,
    message: 'Prisma and pg live in infra/db: add a repository method or a read model and call that.',
  },
  {
    owns: (to) => /^(bullmq|ioredis)$/.test(to.target),
    at: /^app\/infra\/queue\//,
    message:
      'BullMQ and ioredis live in infra/queue: enqueue through the producer, start workers through the runtime.',
  },
  {
    owns: (to) => /^@shopify\/(shopify-api|graphql-client|admin-api-client)$/.test(to.target) && !to.typeOnly,
    at: /^app\/(infra\/shopify\/|shopify\.server\.ts$|entry\.server\.tsx$)|^server\//,
    message: "Shopify's API lives in infra/shopify: add an operation there.",
  },
];

/** Packages that reach outside the process. `node:crypto`, `node:path` and the like only compute. */
export const IO_PACKAGES =
  /^(node:)?(fs|http|https|http2|net|tls|dns|dgram|child_process|worker_threads|cluster|readline)(\/promises)?$|^(pg|pg-copy-streams|bullmq|ioredis|express|nodemailer|pino|prom-client|rate-limiter-flexible|@prisma\/.+|@remix-run\/express)$|^@shopify\/(shopify-app-remix|shopify-api)$|^@opentelemetry\/.+$/;
/** Holding a connection is doing I/O, even if only its type is imported. */
const IO_TYPES = /^pg$/;
/** Computes, but must not reach a browser; `.server` keeps it out. */
const SERVER_ONLY = /^react-dom\/server/;
/** Remix decides by itself what of these reaches the browser. */
const NAMED_BY_REMIX = /^app\/(routes\/|root\.tsx$|entry\.|routes\.ts$)/;
const SHIPPED = /^(app|server|workers|extensions)\//;

/** Packages, `process.env` and GraphQL used outside their single home. */
export function strayUses(sources: readonly Source[]): Offence[] {
  return sources
    .filter(({ path }) => isScript(path) && SHIPPED.test(path) && !isTest(path))
    .flatMap((source) => [...strayImports(source), ...strayWords(source)]);
}

function strayImports(source: Source): Offence[] {
  return importsOf(source).flatMap((to) =>
    HOMES.filter((home) => home.owns(to) && !home.at.test(source.path)).map((home) => ({
      path: source.path,
      line: to.line,
      message: `imports ${to.specifier}. ${home.message}`,
    })),
  );
}

function strayWords(source: Source): Offence[] {
  const { path } = source;
  const found: Offence[] = [];
  const report = (node: ts.Node, message: string) => found.push({ path, line: lineOf(node), message });
  const readsEnv = path.startsWith('app/') && path !== 'app/infra/env.server.ts';
  const graphql = path.startsWith('app/') && !path.startsWith('app/infra/shopify/');
  const edge = /^(app\/routes|workers)\//.test(path);
  visit(parse(source), (node) => {
    if (readsEnv && isEnv(node)) {
      report(
        node,
        'reads process.env. app/infra/env.server.ts is its only home: add the variable there and take it from the config.',
      );
    }
    const literal = ts.isStringLiteralLike(node)
      ? node.text
      : ts.isTemplateExpression(node)
        ? node.head.text
        : '';
    if (graphql && /^\s*(#graphql\b|(query|mutation|subscription)\s*\w*\s*(\([^)]*\)\s*)?\{)/.test(literal)) {
      report(node, 'holds a GraphQL operation. Operations live in app/infra/shopify: call one from there.');
    }
    if (edge && /^(SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH)\s/.test(literal.trim())) {
      report(node, 'holds SQL. Add a repository method or a read model in app/infra/db and call that.');
    }
    if (edge && isQueueName(node)) {
      report(
        node,
        'names a queue. Names live in app/infra/queue/jobs.ts: enqueue by job, start by the runtime.',
      );
    }
    if (path.startsWith('app/') && opensAtImport(node)) {
      report(
        node,
        'opens a connection when it is imported. Open it in a function that deps.server or main calls.',
      );
    }
  });
  return found;
}

function isEnv(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) && node.name.text === 'env' && node.expression.getText() === 'process'
  );
}

function isQueueName(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) &&
    ['intake', 'scoring', 'upkeep'].includes(node.text) &&
    !ts.isJsxAttribute(node.parent)
  );
}

/** `new Pool()` and the like outside any function. */
function opensAtImport(node: ts.Node): boolean {
  if (!ts.isNewExpression(node)) return false;
  if (
    !/(^|\.)(Queue|Worker|QueueEvents|FlowProducer|Redis|Pool|Client|PrismaClient)$/.test(
      node.expression.getText(),
    )
  )
    return false;
  return !ts.findAncestor(node, (parent) => ts.isFunctionLike(parent) || ts.isPropertyDeclaration(parent));
}

/** Files of the app that do I/O without saying so in their name, and the reverse. */
export function wrongEndings(sources: readonly Source[]): Offence[] {
  return sources.flatMap((source) => {
    const { path } = source;
    if (!path.startsWith('app/') || !isScript(path) || isTest(path) || NAMED_BY_REMIX.test(path)) return [];
    const imports = importsOf(source);
    const named = path.endsWith('.server.ts') || path.endsWith('.server.tsx');
    const leavesProcess = usesOutside(source);
    const does = leavesProcess || imports.some((to) => doesIo(to));
    if (does && !named) {
      return [
        {
          path,
          line: 1,
          message: 'does I/O: rename it to end in .server.ts, or take the I/O as a parameter.',
        },
      ];
    }
    const touches =
      does ||
      imports.some((to) => isServerFile(to) || IO_PACKAGES.test(to.target) || SERVER_ONLY.test(to.specifier));
    if (named && !touches) {
      return [
        {
          path,
          line: 1,
          message: 'does no I/O: drop ".server" from its name, so that tests and pages can use it.',
        },
      ];
    }
    return [];
  });
}

const isServerFile = (to: Import) => to.isFile && /\.server(\.tsx?)?$/.test(to.target);
const doesIo = (to: Import) =>
  to.typeOnly ? IO_TYPES.test(to.target) : isServerFile(to) || IO_PACKAGES.test(to.target);

function usesOutside(source: Source): boolean {
  let found = false;
  visit(parse(source), (node) => {
    if (isEnv(node)) found = true;
    if (ts.isCallExpression(node) && /^(globalThis\.)?fetch$/.test(node.expression.getText()))
      found ||= !inBrowser(source.path);
  });
  return found;
}

/** Components run in the browser, where fetch is the browser's. */
const inBrowser = (path: string) => path.startsWith('app/components/');

const IMPURE: readonly [RegExp, string][] = [
  [/^Date\.now$/, 'reads the clock. Take `now: Date` as a parameter.'],
  [/^performance\.now$/, 'reads the clock. Take `now: Date` as a parameter.'],
  [/^Math\.random$/, 'draws a random number. Take an id or a number made by the caller.'],
  [/^(globalThis\.)?crypto\./, "uses the machine's randomness. Take the value as a parameter."],
  [
    /^(setTimeout|setInterval|setImmediate|queueMicrotask|fetch)$/,
    'waits or calls out. The domain only computes: do this in a service.',
  ],
  [/^console\./, 'prints. Return what is worth saying; services log.'],
];

/** Clock, randomness, environment and asynchrony inside the domain. */
export function impurities(sources: readonly Source[]): Offence[] {
  return sources.flatMap((source) => {
    const { path } = source;
    if (!path.startsWith('app/domain/') || !isScript(path) || isTest(path)) return [];
    const found: Offence[] = [];
    const report = (node: ts.Node, message: string) => found.push({ path, line: lineOf(node), message });
    visit(parse(source), (node) => {
      if (ts.isCallExpression(node)) {
        const called = node.expression.getText();
        for (const [name, message] of IMPURE) if (name.test(called)) report(node, message);
      }
      if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
        report(node, 'reads the clock. Take `now: Date` as a parameter.');
      }
      if (isEnv(node)) report(node, 'reads the environment. Take the setting as a parameter.');
      if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) {
        report(node, 'is asynchronous. The domain only computes: load before, save after, in a service.');
      }
    });
    return found;
  });
}
