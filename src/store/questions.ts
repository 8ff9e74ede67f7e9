import type { Request } from '../core/request.ts';
import type { Tx } from './transaction.ts';

/** Writes the questions that were asked, and those that were answered. The request is written already: it is held. */
export async function writeQuestions(tx: Tx, before: Request, after: Request): Promise<void> {
  for (const { by, ...question } of after.questions) {
    const known = before.questions.find(({ id }) => id === question.id);
    if (!known) {
      await tx.question.createMany({
        data: {
          ...question,
          communityId: after.communityId,
          requestId: after.id,
          studentId: after.student.id,
          askerId: by.id,
        },
      });
    } else if (known.answer !== question.answer) {
      const { answer, answeredAt } = question;
      const { count } = await tx.question.updateMany({
        where: { id: question.id },
        data: { answer, answeredAt },
      });
      if (count !== 1) throw new Error(`The answer to ${question.id} met ${count} rows instead of one.`);
    }
  }
}
