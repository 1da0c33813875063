import {
  createFinalURL,
  createQuerySerializer,
  defaultPathSerializer,
  type QuerySerializerOptions,
} from 'openapi-fetch';

/** A body that can be sent again after a login was renewed. */
export type RequestContent = string | Uint8Array<ArrayBuffer> | Blob | FormData | URLSearchParams;

/** One call of an endpoint: what is sent. How it is sent is in `Call`. */
export interface ApiRequest {
  readonly method: string;
  /** Path of the API, relative to the base URL, with `{name}` for each path parameter. */
  readonly path: string;
  readonly params?: { readonly path?: object | undefined; readonly query?: object | undefined } | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent instead of `body`, unchanged. A form has its own content type; bytes need one in `headers`. */
  readonly content?: RequestContent | undefined;
  /** Headers of this request alone, names in lower case. They take precedence over the headers for a gateway. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default lists as `name=a&name=b` */
  readonly querySerializer?: QuerySerializerOptions | undefined;
}

type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'patch' | 'head';

/** Paths of a document that have the method; the others say `method?: never`. */
type PathsWith<Paths, Method extends HttpMethod> = {
  [Path in keyof Paths]: Paths[Path] extends { readonly [M in Method]: object } ? Path : never;
}[keyof Paths];

type OperationOf<Paths, Path extends keyof Paths, Method> = Method extends keyof Paths[Path]
  ? Paths[Path][Method]
  : never;

/** Parameters in headers and cookies are set by the transport. */
type Parameters<Operation> = Operation extends { parameters: infer All }
  ? Pick<All, Extract<keyof All, 'path' | 'query'>>
  : unknown;

type ParametersInit<P> = unknown extends P
  ? { readonly params?: undefined }
  : Record<never, never> extends P
    ? { readonly params?: P | undefined }
    : { readonly params: P };

type BodyInit<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { readonly body: Body }
  : Operation extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? { readonly body?: Body | undefined }
    : { readonly body?: undefined };

type Init<Operation> = ParametersInit<Parameters<Operation>> &
  BodyInit<Operation> & { readonly querySerializer?: QuerySerializerOptions };

type InitArgument<I> = Record<never, never> extends I ? [init?: I] : [init: I];

/** Makes requests of one OpenAPI document: method, path, parameters and body are checked against its `paths`. */
export type RequestMaker<Paths extends object> = <
  Method extends HttpMethod,
  Path extends PathsWith<Paths, Method> & string,
>(
  method: Method,
  path: Path,
  ...init: InitArgument<Init<OperationOf<Paths, Path, Method>>>
) => ApiRequest;

/** A request as a value. Each system gives it the type of its own document: `const request: RequestMaker<paths>`. */
export function apiRequest(method: string, path: string, init: object = {}): ApiRequest {
  return { method: method.toUpperCase(), path, ...init };
}

/** The URL of a request, parameters percent-encoded. */
export function urlOf({ path, params, querySerializer }: ApiRequest, baseUrl: string): string {
  return createFinalURL(path, {
    baseUrl,
    params: { path: params?.path as Record<string, unknown>, query: params?.query as Record<string, unknown> },
    querySerializer: createQuerySerializer(querySerializer),
    pathSerializer: defaultPathSerializer,
  });
}
