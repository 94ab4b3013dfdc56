// What Compose and this product ask of docker-compose.yml, for a machine without Docker.
import fs from 'node:fs';
import path from 'node:path';

const topLevel = new Set(['name', 'services', 'volumes', 'networks', 'configs', 'secrets', 'include', 'version']);
const serviceKeys = new Set(
  [
    'build command configs container_name depends_on deploy entrypoint environment env_file expose healthcheck hostname image init',
  ]
    .concat([
      'labels logging networks platform ports profiles pull_policy read_only restart secrets security_opt shm_size',
    ])
    .concat(['stop_grace_period stop_signal sysctls tmpfs ulimits user volumes working_dir cap_add cap_drop'])
    .flatMap((names) => names.split(' ')),
);
const conditions = new Set(['service_started', 'service_healthy', 'service_completed_successfully']);
const restarts = /^(no|always|unless-stopped|on-failure(:\d+)?)$/;
const duration = /^(\d+(us|ms|s|m|h))+$/;

/**
 * Everything wrong with a parsed compose file, as sentences. `folder`: where it lies. `ourImage`: the services of this
 * image read our configuration, so their variables must be ones it knows.
 */
export function composeProblems(document, { folder, ourImage, environmentNames }) {
  const problems = [];
  for (const key of Object.keys(document))
    if (!topLevel.has(key) && !key.startsWith('x-')) problems.push(`unknown top-level key ${key}`);
  const services = document.services ?? {};
  if (Object.keys(services).length === 0) problems.push('no services');
  for (const [name, service] of Object.entries(services)) {
    const say = (problem) => problems.push(`${name}: ${problem}`);
    checkShape(service, say);
    checkDependencies(service, services, say);
    checkVolumes(service, { document, folder }, say);
    if (service.image === ourImage)
      for (const variable of Object.keys(service.environment ?? {}))
        if (!environmentNames.includes(variable)) say(`the configuration knows no variable ${variable}`);
  }
  const used = Object.values(services).flatMap((service) =>
    (service.volumes ?? []).map((volume) => String(volume).split(':')[0]),
  );
  for (const volume of Object.keys(document.volumes ?? {}))
    if (!used.includes(volume)) problems.push(`volume ${volume} is used by no service`);
  return problems;
}

function checkShape(service, say) {
  for (const key of Object.keys(service)) if (!serviceKeys.has(key)) say(`unknown key ${key}`);
  if (service.image === undefined && service.build === undefined) say('needs an image or a build');
  if (service.restart !== undefined && !restarts.test(service.restart))
    say(`restart is ${JSON.stringify(service.restart)}`);
  if (service.command !== undefined && !isWords(service.command)) say('command must be a list of words');
  for (const port of service.ports ?? [])
    if (!/^((\d{1,3}\.){3}\d{1,3}:)?(\d+|\$\{\w+:-\d+\}):\d+(\/(tcp|udp))?$/.test(port))
      say(`port ${port} is not HOST:CONTAINER`);
  for (const [name, value] of Object.entries(service.environment ?? {}))
    if (typeof value !== 'string') say(`the value of ${name} must be quoted text`);
  const replicas = service.deploy?.replicas;
  if (replicas !== undefined && !(Number.isInteger(replicas) && replicas > 0)) say('deploy.replicas must be a number');
  if (replicas > 1 && (service.ports ?? []).length > 0) say('replicas cannot share a published port');
  const health = service.healthcheck;
  if (health === undefined) return;
  if (!(isWords(health.test) && ['CMD', 'CMD-SHELL', 'NONE'].includes(health.test[0])))
    say('healthcheck.test must start with CMD or CMD-SHELL');
  for (const key of ['interval', 'timeout', 'start_period'])
    if (health[key] !== undefined && !duration.test(health[key])) say(`healthcheck.${key} is no duration`);
}

const isWords = (value) => Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');

function checkDependencies(service, services, say) {
  for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
    const target = services[name];
    if (target === undefined) say(`depends on ${name}, which is not here`);
    else if (!conditions.has(condition)) say(`unknown condition ${condition} for ${name}`);
    else if (condition === 'service_healthy' && target.healthcheck === undefined)
      say(`waits for ${name} to be healthy, which has no healthcheck`);
    else if (condition === 'service_completed_successfully' && target.restart !== 'no')
      say(`waits for ${name} to end, which is restarted`);
  }
}

function checkVolumes(service, { document, folder }, say) {
  for (const volume of service.volumes ?? []) {
    const [source, target] = String(volume).split(':');
    if (!target?.startsWith('/')) say(`volume ${volume} has no absolute target`);
    if (source.startsWith('.')) {
      if (!fs.existsSync(path.join(folder, source))) say(`${source} does not exist`);
    } else if (!Object.hasOwn(document.volumes ?? {}, source)) say(`volume ${source} is not declared`);
  }
}

/** Values as Compose would pass them: `${NAME:-default}` and `${NAME:?message}` replaced from `given`. */
export function interpolated(environment, given) {
  const replace = (text) =>
    text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name, kind, rest) => given[name] || (kind === '-' ? rest : ''));
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, replace(String(value))]));
}
