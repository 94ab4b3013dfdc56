import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiResponse, DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from '#contracts/problem.js';

/** The answer of a route, from the schema itself. Without a schema: no content. */
export function Answers(status: number, schema: z.ZodType | null, description: string) {
  return schema === null
    ? ApiResponse({ status, description })
    : ApiResponse({ status, description, standardSchema: schema });
}

/** The answer of a route that sends the bytes of a file, of whatever type it is. */
export function AnswersFile(status: number, description: string) {
  return ApiResponse({
    status,
    description,
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  });
}

type JsonSchema = Record<string, unknown>;

/**
 * zod to JSON Schema 2020-12, the dialect of OpenAPI 3.1. A schema with `meta({ id })` becomes a component; what a client sends may
 * leave out defaults and what it gets may not, so the two get components of different names.
 */
function convert(schema: unknown, options: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const suffix = options.schemaType === 'input' ? 'Input' : '';
  const json = z.toJSONSchema(schema, { target: 'draft-2020-12', io: options.schemaType }) as JsonSchema;
  const { $schema: _, $defs = {}, ...whole } = json;
  const components = Object.fromEntries(
    Object.entries($defs as Record<string, JsonSchema>).map(([id, part]) => [`${id}${suffix}`, renamed(part, suffix)]),
  );
  return { schema: renamed(whole, suffix), components };
}

/** Points references at the components and drops `id`, which means something else in JSON Schema. */
function renamed(schema: JsonSchema, suffix: string): JsonSchema {
  const { id: _, ...rest } = schema;
  return JSON.parse(JSON.stringify(rest).replace(/"#\/\$defs\/([^"]+)"/g, `"#/components/schemas/$1${suffix}"`));
}

export function createOpenApiDocument(app: NestExpressApplication): OpenAPIObject {
  const base = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Thông Hành')
    .setDescription(
      'API của hệ thống quản lý đoàn đi công tác nước ngoài. Errors are application/problem+json; branch on `code`. ' +
        'Lists are paged by an opaque cursor. Instants are UTC; calendar days mean Asia/Ho_Chi_Minh.',
    )
    .setVersion('1')
    .addServer('/')
    .addCookieAuth('th_session', { type: 'apiKey', in: 'cookie', name: 'th_session' }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'Token of another system (tht_…)' }, 'token')
    .addSecurityRequirements('session')
    .build();
  const document = SwaggerModule.createDocument(app, base, {
    standardSchemaConverter: convert,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    autoTagControllers: true,
  });
  return withProblems(document);
}

/** Every route may answer with a problem. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const converted = convert(problem, { schemaType: 'output' });
  const schemas = { ...document.components?.schemas, ...(converted?.components as Record<string, never>) };
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as { responses?: Record<string, unknown> }[]) {
      if (operation.responses) operation.responses.default = { description: 'A refusal or a fault', content };
    }
  }
  return { ...document, components: { ...document.components, schemas } };
}

/** `/api/v1/openapi.json` and the page `/api/reference`, whose scripts and styles come from this server. */
export function serveReference(app: NestExpressApplication): void {
  let document: OpenAPIObject | undefined;
  SwaggerModule.setup(
    'api/reference',
    app,
    () => {
      document ??= createOpenApiDocument(app);
      return document;
    },
    {
      jsonDocumentUrl: 'api/v1/openapi.json',
      raw: ['json'],
      customSiteTitle: 'Thông Hành: tài liệu API',
      swaggerOptions: { validatorUrl: null, tryItOutEnabled: false },
    },
  );
}
