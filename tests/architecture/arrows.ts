/** Who may import whom: arrows 1-7 and 10 of docs/architecture.md. */
import { IO_PACKAGES } from './homes.ts';
import { importsOf, isScript, isTest, type Import, type Offence, type Source } from './source.ts';

const DOMAIN = 'app/domain/';
const DECIDE = 'app/domain/core/decide.ts';
const CORE = 'app/domain/core/';
const CONTRACT = 'app/domain/surveys/contract.ts';
/** How a request gets in: who calls, and what the process was built with. */
const DOORS = [
  'app/infra/deps.server.ts',
  'app/infra/admin-context.server.ts',
  'app/infra/callers.server.ts',
];
/** What the process was built with, and what observes it. */
const SEEN_EVERYWHERE = ['deps', 'log', 'metrics', 'tracing'].map((name) => `app/infra/${name}.server.ts`);
/** Frameworks that belong to the edges, not to a service. */
const EDGE_PACKAGES = /^(react|react-dom|express|@remix-run\/.+|@shopify\/.+)$/;

/** What an import breaks, or undefined. */
type Rule = (file: string, to: Import) => string | undefined;

const within = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(folder));
const capabilityOf = (path: string) =>
  path.startsWith(DOMAIN) ? path.slice(DOMAIN.length).split('/')[0] : undefined;

const domainIsClosed: Rule = (file, to) => {
  if (!within(file, DOMAIN) || to.target === 'zod' || within(to.target, DOMAIN)) return undefined;
  return 'The domain imports zod and the domain only: take the value as a parameter, or move this work to a service or to infra.';
};

const capabilitiesMeetInDecide: Rule = (file, to) => {
  const own = capabilityOf(file);
  const other = capabilityOf(to.target);
  if (!own || !other || own === other || file === DECIDE) return undefined;
  if (own === 'core') {
    return 'In core only decide.ts knows capabilities: move what both need into core, or let decide.ts hand it over.';
  }
  if (to.target === DECIDE)
    return 'A capability never calls decide.ts: return data, and let decide.ts call you.';
  if (other === 'core') return undefined;
  return `"${own}" may not import "${other}": let them meet in core/decide.ts through events and actions, or move the shared word to core.`;
};

const servicesStayPure: Rule = (file, to) => {
  if (!within(file, 'app/services/')) return undefined;
  if (within(to.target, DOMAIN, 'app/services/')) return undefined;
  if (within(to.target, 'app/infra/')) {
    return to.typeOnly
      ? undefined
      : 'A service imports only types from infra: take the thing through deps (services/deps.ts).';
  }
  if (to.isFile)
    return 'A service imports the domain, other services and types of infra: pass the rest in through deps.';
  if (to.typeOnly || !(IO_PACKAGES.test(to.target) || EDGE_PACKAGES.test(to.target))) return undefined;
  return `A service does no I/O of its own: put "${to.target}" behind a port in services/deps.ts, made in infra.`;
};

const infraServes: Rule = (file, to) => {
  if (!within(file, 'app/infra/')) return undefined;
  if (within(to.target, 'app/services/', 'app/routes/', 'app/components/')) {
    return 'Infra never knows services or routes: declare the shape where it is used and let TypeScript match it, or pass a function in.';
  }
  if (within(to.target, DOMAIN) && !within(to.target, CORE) && to.target !== CONTRACT && !to.typeOnly) {
    return 'Infra imports types of the domain (and values of domain/core only): let a service call this rule and hand the result over.';
  }
  return undefined;
};

const edgesTranslate: Rule = (file, to) => {
  if (within(file, 'app/routes/') && within(to.target, 'app/infra/')) {
    if (to.typeOnly || DOORS.includes(to.target)) return undefined;
    return 'A route reaches infra through infra/deps.server.ts only: add what it needs to the deps.';
  }
  if (within(file, 'workers/') && within(to.target, 'app/') && !to.typeOnly) {
    if (within(to.target, 'app/services/', 'app/infra/queue/', CORE, ...SEEN_EVERYWHERE)) return undefined;
    // main.ts puts the process together (configuration, log, pool, probes); queries it leaves to services.
    const query = within(to.target, 'app/infra/db/reads/') || to.target.includes('.repo.');
    if (file === 'workers/main.ts' && within(to.target, 'app/infra/') && !query) return undefined;
    return 'A worker only starts the queue and calls services: import a service, infra/deps.server.ts or infra/queue.';
  }
  return undefined;
};

const nobodyKnowsTheEdges: Rule = (file, to) => {
  if (within(file, 'app/') && within(to.target, 'workers/', 'server/')) {
    return 'The app never imports workers or server: move what both need to a service or to infra.';
  }
  return undefined;
};

const extensionsStandAlone: Rule = (file, to) => {
  const own = /^extensions\/[^/]+\//.exec(file)?.[0];
  if (!own || !to.isFile || within(to.target, own)) return undefined;
  if (to.target === CONTRACT && to.typeOnly) return undefined;
  return 'An extension only has `import type … from app/domain/surveys/contract.ts`: it is built and shipped by itself.';
};

const standInsStayOut: Rule = (file, to) => {
  if (!within(file, 'app/', 'workers/', 'server/', 'extensions/')) return undefined;
  if (!within(to.target, 'dev-store/', 'bench/', 'tests/')) return undefined;
  return 'dev-store, bench and tests never ship: the app reaches the dev store over HTTP (DEV_STORE_URL).';
};

const RULES: readonly Rule[] = [
  domainIsClosed,
  capabilitiesMeetInDecide,
  servicesStayPure,
  infraServes,
  edgesTranslate,
  nobodyKnowsTheEdges,
  extensionsStandAlone,
  standInsStayOut,
];

/** All imports that go against an arrow. Tests may use test tools, and fixtures of other layers. */
export function brokenArrows(sources: readonly Source[]): Offence[] {
  return sources
    .filter(({ path }) => isScript(path) && !path.startsWith('tests/'))
    .flatMap((source) =>
      importsOf(source).flatMap((to) => {
        // Tests beside infra and services build the real thing; the domain's need nothing but itself.
        const tools = !to.isFile || within(to.target, 'tests/');
        if (isTest(source.path) && (tools || !within(source.path, DOMAIN))) return [];
        return RULES.flatMap((rule) => {
          const message = rule(source.path, to);
          return message
            ? [{ path: source.path, line: to.line, message: `imports ${to.specifier}. ${message}` }]
            : [];
        });
      }),
    );
}
