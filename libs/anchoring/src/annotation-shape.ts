import { asList, isRecord, type Json } from './json.js';

/** What is wrong with an annotation: where (a JSON pointer) and what. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
/** An absolute IRI, as far as a pattern tells. */
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]*$/;
/** xsd:dateTime with the time zone that the model requires (3.3.1). */
const DATE_TIME = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** What the Web Annotation Data Model (W3C Recommendation, 2017) forbids in an annotation or a page of annotations. */
export function faultsOf(json: Json): Fault[] {
  if (!isRecord(json)) return [{ pointer: '', detail: 'not an object' }];
  const context = asList(json['@context']).includes(CONTEXT)
    ? []
    : [{ pointer: '/@context', detail: `must hold ${CONTEXT}` }];
  const types = asList(json['type']);
  if (types.includes('AnnotationPage')) {
    const items = asList(json['items']);
    return [...context, ...identifier(json), ...items.flatMap((item, index) => itemFaults(item, `/items/${index}`))];
  }
  return [...context, ...annotationFaults(json, '')];
}

/** The items of a page are annotations, or only named. */
function itemFaults(item: Json, at: string): Fault[] {
  if (typeof item === 'string') return isIri(item, at);
  return isRecord(item) ? annotationFaults(item, at) : [{ pointer: at, detail: 'must be an annotation or an IRI' }];
}

function annotationFaults(annotation: Record<string, Json>, at: string): Fault[] {
  const faults: Fault[] = [...identifier(annotation, at)];
  if (!asList(annotation['type']).includes('Annotation'))
    faults.push({ pointer: `${at}/type`, detail: 'must be Annotation' });
  const targets = asList(annotation['target']);
  if (targets.length === 0) faults.push({ pointer: `${at}/target`, detail: 'is missing' });
  if (annotation['body'] !== undefined && annotation['bodyValue'] !== undefined) {
    faults.push({ pointer: `${at}/bodyValue`, detail: 'cannot stand beside body' });
  }
  if (annotation['bodyValue'] !== undefined && typeof annotation['bodyValue'] !== 'string') {
    faults.push({ pointer: `${at}/bodyValue`, detail: 'must be one string' });
  }
  for (const name of ['created', 'modified', 'generated']) {
    const value = annotation[name];
    if (value !== undefined && !(typeof value === 'string' && DATE_TIME.test(value))) {
      faults.push({ pointer: `${at}/${name}`, detail: 'must be an xsd:dateTime with a time zone' });
    }
  }
  for (const name of ['rights', 'canonical', 'via', 'creator', 'generator']) {
    faults.push(
      ...asList(annotation[name]).flatMap(value =>
        reference(value, `${at}/${name}`, name === 'creator' || name === 'generator'),
      ),
    );
  }
  asList(annotation['body']).forEach((body, index) =>
    faults.push(...resourceFaults(body, place(annotation['body'], `${at}/body`, index))),
  );
  targets.forEach((target, index) =>
    faults.push(...resourceFaults(target, place(annotation['target'], `${at}/target`, index))),
  );
  return faults;
}

const place = (value: Json, pointer: string, index: number) => (Array.isArray(value) ? `${pointer}/${index}` : pointer);

function identifier({ id }: Record<string, Json>, at = ''): Fault[] {
  return typeof id === 'string' ? isIri(id, `${at}/id`) : [{ pointer: `${at}/id`, detail: 'must be one IRI' }];
}

const isIri = (value: string, pointer: string): Fault[] =>
  IRI.test(value) ? [] : [{ pointer, detail: `is no IRI: ${value.slice(0, 80)}` }];

function reference(value: Json, pointer: string, orObject: boolean): Fault[] {
  if (typeof value === 'string') return isIri(value, pointer);
  return orObject && isRecord(value) ? [] : [{ pointer, detail: 'must be an IRI' }];
}

/** A body or a target: an IRI, or an object that says what it is. */
function resourceFaults(resource: Json, at: string): Fault[] {
  if (typeof resource === 'string') return isIri(resource, at);
  if (!isRecord(resource)) return [{ pointer: at, detail: 'must be an IRI or an object' }];
  const faults: Fault[] = [];
  const { id, type, value, selector } = resource;
  if (id !== undefined)
    faults.push(
      ...(typeof id === 'string' ? isIri(id, `${at}/id`) : [{ pointer: `${at}/id`, detail: 'must be one IRI' }]),
    );
  const types = asList(type);
  if (types.includes('TextualBody') && typeof value !== 'string')
    faults.push({ pointer: `${at}/value`, detail: 'must be one string' });
  if (
    types.filter(name => name === 'Choice' || name === 'List' || name === 'Composite' || name === 'Independents')
      .length > 1
  ) {
    faults.push({ pointer: `${at}/type`, detail: 'can be one kind of set only' });
  }
  for (const name of ['processingLanguage', 'textDirection']) {
    if (Array.isArray(resource[name])) faults.push({ pointer: `${at}/${name}`, detail: 'must be one value' });
  }
  asList(selector).forEach((one, index) =>
    faults.push(...selectorFaults(one, place(selector, `${at}/selector`, index))),
  );
  return faults;
}

/** Selectors that refine each other deeper than this refine nothing. */
const MAX_DEPTH = 16;

function selectorFaults(selector: Json, at: string, depth = 0): Fault[] {
  if (depth > MAX_DEPTH) return [{ pointer: at, detail: `is refined more than ${MAX_DEPTH} times` }];
  if (typeof selector === 'string') return isIri(selector, at);
  if (!isRecord(selector)) return [{ pointer: at, detail: 'must be an IRI or an object' }];
  const { type, exact, prefix, suffix, start, end } = selector;
  const faults: Fault[] = [];
  if (type === 'TextQuoteSelector') {
    if (typeof exact !== 'string') faults.push({ pointer: `${at}/exact`, detail: 'must be one string' });
    if (prefix !== undefined && typeof prefix !== 'string')
      faults.push({ pointer: `${at}/prefix`, detail: 'must be one string' });
    if (suffix !== undefined && typeof suffix !== 'string')
      faults.push({ pointer: `${at}/suffix`, detail: 'must be one string' });
  }
  if (type === 'TextPositionSelector') {
    if (!isCount(start)) faults.push({ pointer: `${at}/start`, detail: 'must be an integer from 0' });
    if (!isCount(end) || (isCount(start) && end < start))
      faults.push({ pointer: `${at}/end`, detail: 'must be an integer from start' });
  }
  if (type === 'RangeSelector') {
    for (const name of ['startSelector', 'endSelector']) {
      const inner = selector[name];
      // Hypothesis writes ranges of its own, with containers and offsets; they are no business of the model.
      if (inner === undefined && selector['startContainer'] !== undefined) continue;
      faults.push(
        ...(inner === undefined
          ? [{ pointer: `${at}/${name}`, detail: 'is missing' }]
          : selectorFaults(inner, `${at}/${name}`, depth + 1)),
      );
    }
  }
  const refinements = asList(selector['refinedBy']);
  return [
    ...faults,
    ...refinements.flatMap((inner, index) =>
      selectorFaults(inner, place(selector['refinedBy'], `${at}/refinedBy`, index), depth + 1),
    ),
  ];
}

const isCount = (value: Json): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
