/** Faces that need no network: initials on a colour that follows from the name; the bot has its mark. */

const colours = ['#b4540a', '#0f766e', '#7c3aed', '#be185d', '#1d4ed8', '#4d7c0f', '#a21caf', '#0e7490'];
const colourOf = (name: string): string => {
  const sum = [...name].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7);
  return colours[sum % colours.length] ?? '#334155';
};

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();

const BOT = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="#6366f1"/><stop offset="1" stop-color="#3730a3"/></linearGradient></defs><rect width="40" height="40" fill="url(#g)"/><circle cx="15" cy="17" r="6" fill="#fff"/><circle cx="26" cy="23" r="6" fill="#a5f3fc"/><path d="M15 17 26 23" stroke="#fff" stroke-width="2.5"/></svg>`;

/** A picture as a data: address, for elements that want one. */
export const faceUrl = (name: string, bot = false): string => {
  const svg = bot
    ? BOT
    : `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colourOf(name)}"/><text x="20" y="26" font-family="sans-serif" font-weight="600" font-size="16" fill="#fff" text-anchor="middle">${initials(name).replace(/[<>&]/g, '')}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

export const Face = ({ name, bot = false, size = 36 }: { name: string; bot?: boolean; size?: number }) => (
  <img className="face" src={faceUrl(name, bot)} alt="" width={size} height={size} />
);

/** The sign for "only you can see this". */
export const Eye = () => (
  <svg className="eye" viewBox="0 0 24 16" width="17" height="11" aria-hidden="true">
    <path d="M1 8s4-7 11-7 11 7 11 7-4 7-11 7S1 8 1 8Z" fill="none" stroke="currentColor" strokeWidth="2" />
    <circle cx="12" cy="8" r="3.4" fill="currentColor" />
  </svg>
);
