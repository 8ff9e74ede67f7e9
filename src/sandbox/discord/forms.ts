import type { SeenForm } from '../person.ts';
import { everyComponent, kind } from './check-components.ts';
import { asList, isObject, type Json } from './checks.ts';
import { limits } from './limits.ts';
import { memberJson, userJson } from './payloads.ts';
import type { OpenForm, World } from './world.ts';

/** A form as Discord's client shows, checks and sends it. */

type Value = string | string[] | boolean;

interface Field {
  label: string;
  input: Json;
  id: string;
}

const kindNames: Record<number, string> = {
  [kind.select]: 'select',
  [kind.users]: 'people',
  [kind.roles]: 'roles',
  [kind.mentionables]: 'people and roles',
  [kind.channels]: 'channels',
  [kind.upload]: 'files',
  [kind.radio]: 'radio',
  [kind.checkboxes]: 'checkboxes',
  [kind.checkbox]: 'checkbox',
};

/** The inputs of a form with the labels that stand at them. */
export function fieldsOf(form: OpenForm): Field[] {
  return form.components.flatMap((component) => {
    const inputs = component.type === kind.label ? [component.component] : asList(component.components);
    return inputs.filter(isObject).map((input) => ({
      label: String(component.type === kind.label ? component.label : input.label),
      input,
      id: String(input.custom_id),
    }));
  });
}

/** The form as the person sees it; options by the words that stand at them. */
export function seenForm(world: World, form: OpenForm): SeenForm {
  return {
    title: form.title,
    fields: fieldsOf(form).map(({ label, input, id }) => {
      const error = form.errors.get(id);
      return {
        label,
        kind:
          input.type === kind.input
            ? input.style === 2
              ? 'paragraph'
              : 'text'
            : (kindNames[Number(input.type)] ?? 'unknown'),
        value: inWords(world, input, heldBy(form, input)),
        ...(error === undefined ? {} : { error }),
      };
    }),
  };
}

/**
 * Types and chooses, as named by labels. Fields that are not named keep what they hold.
 * @throws Error for a label or an option that is not there: nobody could fill that.
 */
export function fillForm(world: World, form: OpenForm, values: Record<string, string | string[]>): void {
  const fields = fieldsOf(form);
  for (const [label, value] of Object.entries(values)) {
    const field = fields.find((f) => f.label === label);
    if (!field) {
      const labels = fields.map((f) => `"${f.label}"`).join(', ');
      throw new Error(`The form "${form.title}" has no field "${label}". It has: ${labels}.`);
    }
    form.values.set(field.id, fromWords(world, field, value));
  }
}

/** What the client refuses before it sends anything. Fills `form.errors`; true when there is none. */
export function checkForm(form: OpenForm): boolean {
  form.errors.clear();
  for (const { input, id } of fieldsOf(form)) {
    const wrong = wrongWith(input, heldBy(form, input));
    if (wrong !== undefined) form.errors.set(id, wrong);
  }
  return form.errors.size === 0;
}

function wrongWith(input: Json, value: Value): string | undefined {
  const needed = input.required !== false;
  if (typeof value === 'boolean') return undefined;
  if (value.length === 0) return needed ? 'This field is required' : undefined;
  if (typeof value === 'string') {
    if (input.type !== kind.input) return undefined;
    const min = Number(input.min_length ?? 0);
    const max = Number(input.max_length ?? limits.inputMax.max);
    if (value.length < min) return `Must be at least ${min} characters long`;
    return value.length > max ? `Must be ${max} or fewer characters long` : undefined;
  }
  const min = Number(input.min_values ?? 1);
  const max = Number(input.max_values ?? (input.type === kind.checkboxes ? asList(input.options).length : 1));
  if (value.length < min) return `Choose at least ${min}`;
  return value.length > max ? `Choose at most ${max}` : undefined;
}

/**
 * The `data` of the modal submit interaction: Labels with their component inside, legacy rows with theirs.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
 */
export function submission(world: World, form: OpenForm): Json {
  const answer = (input: Json): Json => {
    const value = heldBy(form, input);
    const base = { type: input.type, id: input.id, custom_id: input.custom_id };
    if (Array.isArray(value)) return { ...base, values: value };
    return { ...base, value: input.type === kind.radio && value === '' ? null : value };
  };
  const components = withNumbers(form.components).map((component) => {
    const base = { type: component.type, id: component.id };
    if (component.type === kind.label) return { ...base, component: answer(component.component as Json) };
    if (component.type === kind.row)
      return { ...base, components: (component.components as Json[]).map(answer) };
    return base;
  });
  const resolved = resolve(
    world,
    everyComponent(components).flatMap((c) => asList(c.values).map(String)),
  );
  return { custom_id: form.customId, components, ...(resolved ? { resolved } : {}) };
}

/** People and roles that an interaction names, as Discord adds them beside the bare ids. */
export function resolve(world: World, ids: string[]): Json | undefined {
  const users = ids.flatMap((id) => world.users.get(id) ?? []);
  const roles = ids.flatMap((id) => world.roles.get(id) ?? []);
  const channels = ids.flatMap((id) => world.channels.get(id) ?? []);
  if (users.length + roles.length + channels.length === 0) return undefined;
  return {
    ...(users.length
      ? {
          users: Object.fromEntries(users.map((u) => [u.id, userJson(u)])),
          members: Object.fromEntries(users.map((u) => [u.id, memberJson(world, u, false)])),
        }
      : {}),
    ...(roles.length
      ? {
          roles: Object.fromEntries(
            roles.map((r) => [r.id, { id: r.id, name: r.name, permissions: r.permissions.toString() }]),
          ),
        }
      : {}),
    ...(channels.length
      ? {
          channels: Object.fromEntries(
            channels.map((c) => [c.id, { id: c.id, name: c.name, type: c.type, permissions: '0' }]),
          ),
        }
      : {}),
  };
}

/** What the field holds: what was entered, or else what the form came with. Options by their values. */
function heldBy(form: OpenForm, input: Json): Value {
  const entered = form.values.get(String(input.custom_id));
  if (entered !== undefined) return entered;
  if (input.type === kind.input) return String(input.value ?? '');
  if (input.type === kind.checkbox) return input.default === true;
  const chosen = options(input)
    .filter((o) => o.default === true)
    .map((o) => String(o.value));
  if (input.type === kind.radio) return chosen[0] ?? '';
  const presets = asList(input.default_values).filter(isObject);
  return [...chosen, ...presets.map((p) => String(p.id))];
}

const options = (input: Json): Json[] => asList(input.options).filter(isObject);

function inWords(world: World, input: Json, value: Value): string | string[] {
  const word = (v: string): string => {
    const option = options(input).find((o) => o.value === v);
    const named = world.users.get(v) ?? world.roles.get(v) ?? world.channels.get(v);
    return option ? String(option.label) : (named?.name ?? v);
  };
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.map(word) : input.type === kind.radio ? word(value) : value;
}

function fromWords(world: World, field: Field, value: string | string[]): Value {
  const { input, label } = field;
  const words = Array.isArray(value) ? value : value === '' ? [] : [value];
  if (input.type === kind.input) return Array.isArray(value) ? value.join('\n') : value;
  if (input.type === kind.checkbox) return ['yes', 'true', 'on'].includes(words[0] ?? '');
  const pick = (word: string): string => {
    const option = options(input).find((o) => o.label === word);
    if (option) return String(option.value);
    const id = input.type === kind.select || options(input).length > 0 ? undefined : named(world, word);
    if (id) return id;
    const all = options(input).map((o) => `"${String(o.label)}"`);
    throw new Error(`The field "${label}" has no option "${word}". It has: ${all.join(', ')}.`);
  };
  return input.type === kind.radio ? pick(words[0] ?? '') : words.map(pick);
}

/** The id of a person, role or channel by name, with or without the sign before it, or by id. */
export function named(world: World, word: string): string | undefined {
  const bare = word.replace(/^[@#]|^<[@#]&?!?|>$/g, '');
  const all = [...world.users.values(), ...world.roles.values(), ...world.channels.values()];
  return all.find((thing) => thing.id === bare || thing.name === bare)?.id;
}

function withNumbers(components: Json[]): Json[] {
  const copy = structuredClone(components);
  everyComponent(copy).forEach((component, i) => {
    component.id ||= i + 1;
  });
  return copy;
}
