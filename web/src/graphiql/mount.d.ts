// What the explorer knows of the GraphiQL inside it.

export interface Params {
  query: string;
  variables?: Record<string, unknown> | null;
  operationName?: string | null;
}

export interface Options {
  query?: string | undefined;
  variables?: string | undefined;
  theme: 'light' | 'dark' | null;
  token: () => string;
  /** The words of the panel of examples, which GraphiQL has only in English. */
  words: { title: string; summary: (documents: number, entities: number, relations: number) => string };
  onEdit: (edited: { query: string; variables: string }) => void;
  onAnswer: (params: Params, result: unknown) => void;
}

export function mount(element: HTMLElement, options: Options): Promise<() => void>;
export function withIds(query: string, ask: (body: { query: string; operationName?: string }) => Promise<unknown>): Promise<string>;
