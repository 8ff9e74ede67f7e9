import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { after, DAY } from '../../src/core/time.ts';
import type { Person } from '../../src/sandbox/person.ts';
import { asks, choosesAnotherTime, claims, schedules } from '../support/asking.ts';
import { type Programme, startProgramme } from '../support/programme.ts';

const title = 'Mi bucle no termina';

describe.each(['slack', 'discord'] as const)('a Spanish student and an English mentor, on %s', (platform) => {
  let programme: Programme;
  let student: Person;
  let mentor: Person;
  beforeAll(async () => {
    programme = await startProgramme();
    ({ mentor } = programme.world.people[platform]);
    student = programme.world[platform].addUser({
      name: 'Sofía',
      timeZone: 'America/Bogota',
      locale: platform === 'slack' ? 'es-LA' : 'es-419',
    });
  });
  afterAll(() => programme.end());

  test('the form speaks Spanish at once, and so does what comes of it', async () => {
    const given: Record<string, string> = platform === 'discord' ? { duration: '30', urgency: 'normal' } : {};
    await student.types('mini-session', given);
    const form = await student.form();
    expect(form.title).toBe('Pedir una minisesión');
    expect(form.fields.slice(0, 3).map(({ label }) => label)).toEqual([
      'Título',
      'Tipo de sesión',
      'Descripción',
    ]);
    await student.fills({
      Título: title,
      'Tipo de sesión': 'Ayuda con un error',
      Descripción: 'Se queda dando vueltas.',
      // Typed in her own words where there is no picker.
      ...(platform === 'discord' ? { 'Horarios preferidos': 'mañana a las 15:00 America/Bogota' } : {}),
    });
    if (platform === 'discord') {
      // What was understood of it is shown before it is sent.
      await student.sees(/Horarios preferidos/, 'private');
      await student.presses('Enviar');
    }
    const received = await student.sees(/Tu solicitud ya está con el equipo de mentoría/, 'private');
    expect(received.text).toContain('30 minutos');
    expect(received.buttons).toEqual(['Mis solicitudes', 'Cancelar solicitud']);
  });

  test('the channel is in the community’s language, the mentor’s answer in theirs, the student’s message in hers', async () => {
    const { text, buttons } = await mentor.sees(title, 'channel');
    expect(text).toContain('Help with a bug');
    expect(buttons).toContain('Claim');
    await claims(mentor, title);
    const told = await student.sees(/Ya hay quien se encarga de tu solicitud/, 'dm');
    expect(told.text).toContain(title);
    expect(told.buttons).toEqual(['Detalles', 'Proponer hora', 'Cancelar']);
  });

  test('one session, each of the two reads it in their own language', async () => {
    const time = after(programme.clock.now(), 2 * DAY);
    if (platform === 'slack') await schedules(mentor, time);
    else {
      // She named a time, so another one is a proposal.
      await choosesAnotherTime(mentor, time);
      await student.sees(/¿Te viene bien esta hora\?/, 'dm');
      await student.presses('Aceptar', /¿Te viene bien/);
      await student.sees(/La sesión está fijada/, 'private');
    }
    expect((await mentor.sees(/Mini session scheduled/, 'dm')).text).toContain('Duration');
    const hers = await student.sees(/Minisesión programada/, 'dm');
    expect(hers.text).toContain('Duración');
    expect(hers.buttons).toContain('Entrar');
  });

  test('lists and refusals speak Spanish, too', async () => {
    await student.types('mini-sessions');
    await student.sees(/Mis solicitudes[\s\S]*📅 Programada/, 'private');
    await student.types('mini-mentor');
    await student.sees(/Esto es para el equipo de mentoría/, 'private');
  });

  test('a notification reads well: whole words of one language, by her own clock', () => {
    if (platform === 'discord') return; // A notification of Discord shows the card itself.
    const texts = programme.wire.flatMap(({ path, body }) =>
      path === 'chat.postMessage' ? [String((body as { text?: unknown }).text)] : [],
    );
    const [hers] = texts.filter((text) => text.includes('Minisesión programada'));
    expect(hers).toMatch(
      /^Minisesión programada\. Mi bucle no termina Cuándo: (lun|mar|mié|jue|vie|sáb|dom) \d+ \p{L}+, \d\d:\d\d Duración: 30 minutos Con: Mia /u,
    );
  });
});

test('a community that speaks Spanish does so in its channels, and to whoever speaks a language that I do not', async () => {
  const programme = await startProgramme({ env: { COMMUNITY_LANGUAGE: 'es' } });
  try {
    for (const platform of ['slack', 'discord'] as const) {
      const { student, mentor } = programme.world.people[platform];
      const guest = programme.world[platform].addUser({
        name: 'Inès',
        timeZone: 'Europe/Paris',
        locale: 'fr-FR',
      });
      await guest.types('mini-session');
      expect((await guest.form()).title).toBe('Pedir una minisesión');
      await guest.closesForm();
      // The community is one: its requests come to the channels of both platforms.
      const asked = `Tests that fail on ${platform}`;
      await asks(student, asked);
      expect((await mentor.sees(asked, 'channel')).buttons).toContain('Me encargo');
      await mentor.presses('Me encargo', asked);
      await mentor.sees(/It is yours/, 'private');
    }
  } finally {
    await programme.end();
  }
});
