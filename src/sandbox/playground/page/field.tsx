import { fromLocalInput, toLocalInput } from './times.tsx';

/** One input of a form, whatever the platform calls it. Values are in the words that people see. */
export interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  required: boolean;
  kind:
    | 'text'
    | 'long'
    | 'select'
    | 'multi'
    | 'radio'
    | 'checkboxes'
    | 'instant'
    | 'date'
    | 'time'
    | 'number';
  options?: { label: string; hint?: string }[];
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  zone: string;
  value: string | string[];
  onChange(value: string | string[]): void;
}

export function FormField(props: FieldProps) {
  const { id, label, hint, error, required } = props;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const group = props.kind === 'radio' || props.kind === 'checkboxes';
  const words = (
    <>
      {label}
      {required ? (
        <span className="required" aria-hidden="true">
          {' '}
          *
        </span>
      ) : (
        <span className="optional"> (optional)</span>
      )}
    </>
  );
  const rest = (
    <>
      {error ? (
        <p className="error" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </>
  );
  if (group) {
    return (
      <fieldset className="field" aria-describedby={described || undefined} data-error={Boolean(error)}>
        <legend>{words}</legend>
        <Choices {...props} />
        {rest}
      </fieldset>
    );
  }
  return (
    <div className="field" data-error={Boolean(error)}>
      <label htmlFor={id}>{words}</label>
      <Input {...props} described={described} />
      {rest}
    </div>
  );
}

function Input(props: FieldProps & { described: string }) {
  const { id, kind, zone, onChange, options = [] } = props;
  const value = Array.isArray(props.value) ? (props.value[0] ?? '') : props.value;
  const common = {
    id,
    'aria-describedby': props.described || undefined,
    'aria-invalid': props.error ? true : undefined,
    'aria-required': props.required || undefined,
  };
  switch (kind) {
    case 'long':
      return (
        <textarea
          {...common}
          rows={3}
          value={value}
          placeholder={props.placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'select':
      return (
        <select {...common} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{props.placeholder ?? 'Choose …'}</option>
          {options.map((option) => (
            <option key={option.label}>{option.label}</option>
          ))}
        </select>
      );
    case 'multi':
      return (
        <select
          {...common}
          multiple
          size={Math.min(6, Math.max(2, options.length))}
          value={Array.isArray(props.value) ? props.value : value ? [value] : []}
          onChange={(event) => onChange([...event.target.selectedOptions].map((option) => option.value))}
        >
          {options.map((option) => (
            <option key={option.label}>{option.label}</option>
          ))}
        </select>
      );
    case 'instant':
      return (
        <input
          {...common}
          type="datetime-local"
          value={toLocalInput(value, zone)}
          onChange={(event) => onChange(fromLocalInput(event.target.value, zone))}
        />
      );
    default:
      return (
        <input
          {...common}
          type={kind === 'text' ? 'text' : kind}
          value={value}
          placeholder={props.placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

function Choices({ id, kind, options = [], value, onChange }: FieldProps) {
  const chosen = Array.isArray(value) ? value : value ? [value] : [];
  const many = kind === 'checkboxes';
  return options.map((option, i) => (
    <label key={option.label} className="choice">
      <input
        type={many ? 'checkbox' : 'radio'}
        name={id}
        id={i === 0 ? id : undefined}
        checked={chosen.includes(option.label)}
        onChange={(event) =>
          onChange(
            many
              ? options
                  .map((one) => one.label)
                  .filter((one) => (one === option.label ? event.target.checked : chosen.includes(one)))
              : option.label,
          )
        }
      />
      <span>
        {option.label}
        {option.hint ? <small>{option.hint}</small> : null}
      </span>
    </label>
  ));
}
