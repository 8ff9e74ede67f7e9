import {
  add,
  asList,
  checkBoolean,
  checkChoice,
  checkInteger,
  checkList,
  checkText,
  isObject,
  type Json,
  required,
} from './checks.ts';
import { limits } from './limits.ts';
import type { Path, Problem } from './refusal.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const slashName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Option types: https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type */
export const optionType = {
  subcommand: 1,
  group: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** Checks one command, as it is published. */
export function checkCommand(out: Problem[], at: Path, value: unknown): void {
  if (!isObject(value)) {
    required(out, at);
    return;
  }
  const type = value.type ?? 1;
  checkChoice(out, [...at, 'type'], type, [1, 2, 3, 4]);
  if (type !== 1) {
    checkText(out, [...at, 'name'], value.name, limits.commandName, 'required');
    checkLocalizations(out, [...at, 'name_localizations'], value.name_localizations, limits.commandName);
    if (value.description) {
      add(
        out,
        [...at, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
        'Context menu commands cannot have description',
      );
    }
    return;
  }
  checkNamed(out, at, value);
  checkOptions(out, [...at, 'options'], value.options);
  if (wordsOf(value) > limits.commandTotal.max) {
    add(
      out,
      at,
      'APPLICATION_COMMAND_TOO_LARGE',
      `Command exceeds maximum size (${limits.commandTotal.max})`,
    );
  }
}

/** Checks the whole list of a PUT. */
export function checkCommands(out: Problem[], value: unknown): void {
  const list = checkList(out, [], value, limits.commands, 'required');
  const taken = new Set<string>();
  for (const [i, command] of list.entries()) {
    checkCommand(out, [i], command);
    if (!isObject(command)) continue;
    const key = `${String(command.type ?? 1)}:${String(command.name)}`;
    if (taken.has(key)) {
      add(out, [i], 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Application command names must be unique');
    }
    taken.add(key);
  }
}

function checkNamed(out: Problem[], at: Path, named: Json): void {
  checkText(out, [...at, 'name'], named.name, limits.commandName, 'required');
  const name = String(named.name ?? '');
  if (
    name.length > 0 &&
    name.length <= limits.commandName.max &&
    !(slashName.test(name) && name === name.toLowerCase())
  ) {
    add(out, [...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  checkText(out, [...at, 'description'], named.description, limits.commandDescription, 'required');
  checkLocalizations(out, [...at, 'name_localizations'], named.name_localizations, limits.commandName);
  if (isObject(named.name_localizations)) {
    for (const [locale, words] of Object.entries(named.name_localizations)) {
      if (typeof words !== 'string' || (slashName.test(words) && words === words.toLowerCase())) continue;
      add(
        out,
        [...at, 'name_localizations', locale],
        'APPLICATION_COMMAND_INVALID_NAME',
        'Command name is invalid',
      );
    }
  }
  checkLocalizations(
    out,
    [...at, 'description_localizations'],
    named.description_localizations,
    limits.commandDescription,
  );
}

/** https://docs.discord.com/developers/reference#locales */
const locales =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );

function checkLocalizations(
  out: Problem[],
  at: Path,
  value: unknown,
  limit: { max: number; page: string },
): void {
  if (value === undefined || value === null) return;
  if (!isObject(value)) {
    required(out, at);
    return;
  }
  for (const [locale, words] of Object.entries(value)) {
    checkChoice(out, [...at, locale], locale, locales);
    checkText(out, [...at, locale], words, limit, 'required');
  }
}

function checkOptions(out: Problem[], at: Path, value: unknown): void {
  const options = checkList(out, at, value, limits.commandOptions);
  const taken = new Set<unknown>();
  let optional = false;
  const nested: number[] = [optionType.subcommand, optionType.group];
  const subs = options.filter((o) => isObject(o) && nested.includes(o.type as number)).length;
  if (subs > 0 && subs < options.length) {
    add(
      out,
      at,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  for (const [i, option] of options.entries()) {
    const path = [...at, i];
    if (!isObject(option)) {
      required(out, path);
      continue;
    }
    checkChoice(out, [...path, 'type'], option.type, Object.values(optionType));
    checkNamed(out, path, option);
    checkBoolean(out, [...path, 'required'], option.required);
    if (taken.has(option.name)) {
      add(
        out,
        [...path, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists',
      );
    }
    taken.add(option.name);
    if (option.required && optional) {
      add(
        out,
        path,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    optional ||= !option.required;
    checkInteger(out, [...path, 'min_length'], option.min_length, limits.optionLength);
    checkInteger(out, [...path, 'max_length'], option.max_length, { ...limits.optionLength, min: 1 });
    checkChoices(out, [...path, 'choices'], option.choices);
    if (option.autocomplete && asList(option.choices).length > 0) {
      add(
        out,
        path,
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'Autocomplete and choices are mutually exclusive',
      );
    }
    if (nested.includes(option.type as number)) checkOptions(out, [...path, 'options'], option.options);
  }
}

/** Choices of an option or of an autocomplete answer. */
export function checkChoices(out: Problem[], at: Path, value: unknown): void {
  for (const [i, choice] of checkList(out, at, value, limits.commandChoices).entries()) {
    if (!isObject(choice)) {
      required(out, [...at, i]);
      continue;
    }
    checkText(out, [...at, i, 'name'], choice.name, limits.choiceName, 'required');
    checkLocalizations(out, [...at, i, 'name_localizations'], choice.name_localizations, limits.choiceName);
    if (choice.value === undefined || choice.value === null) required(out, [...at, i, 'value']);
    else if (typeof choice.value === 'string')
      checkText(out, [...at, i, 'value'], choice.value, limits.choiceValue);
  }
}

/** Characters of all names, descriptions and values together, which Discord limits too. */
function wordsOf(value: Json): number {
  const own = [value.name, value.description, value.value].reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    0,
  );
  const inner = [...asList(value.options), ...asList(value.choices)].filter(isObject);
  return inner.reduce((sum, child) => sum + wordsOf(child), own);
}
