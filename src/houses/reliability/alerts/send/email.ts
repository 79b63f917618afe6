import type { Transporter } from 'nodemailer'
import type { Notice } from '../notice.ts'
import type { Letter, SendContext, Sent } from './letter.ts'
import { wordingOf } from './wording.ts'

const SECONDS = 20

let transport: { url: string; mail: Transporter } | null = null

/**
 * Sends by the mail server of whoever runs this installation: `SMTP_URL` (`smtps://user:password@mail.example.org`), from
 * `SMTP_FROM`. The message has the same Message-ID when it is sent again.
 */
export async function sendMail({ id, notice, address }: Letter, _context: SendContext): Promise<Sent> {
  const { SMTP_URL: url, SMTP_FROM: from } = process.env
  if (!url || !from)
    return {
      state: 'gone',
      code: 'alerts.no_mail_server',
      message: 'No mail server is set, so nothing can be sent by e-mail.',
      fix: 'Start Throughline with SMTP_URL=smtps://user:password@mail.example.org and SMTP_FROM=throughline@example.org, then try again.',
    }
  const { createTransport } = await import('nodemailer') // not before there is a letter: each start of the command line would load it
  if (transport?.url !== url) {
    transport?.mail.close()
    const mail = createTransport(url, {
      connectionTimeout: SECONDS * 1000,
      greetingTimeout: SECONDS * 1000,
      socketTimeout: SECONDS * 1000,
    } as object)
    transport = { url, mail }
  }
  try {
    await transport.mail.sendMail({
      from,
      to: address,
      messageId: `<${id}@throughline>`,
      ...mailOf(notice),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { state: 'sent' }
  } catch (error) {
    const { responseCode, message } = error as Error & { responseCode?: number }
    // Replies from 500 on are final (RFC 5321, section 4.2.1).
    const isFinal = responseCode !== undefined && responseCode >= 500
    return {
      state: isFinal ? 'gone' : 'failed',
      code: 'alerts.mail_failed',
      message: `The mail server did not take it: ${message.slice(0, 300)}`,
    }
  }
}

/** Subject and text. */
export function mailOf(notice: Notice): { subject: string; text: string } {
  const { headline, about, lines, link } = wordingOf(notice)
  const told = lines.flatMap(({ label, text, more, since, link: own }) => [
    `[${label}] ${text}`,
    ...[[since ? `Since ${minute(since)}.` : '', more].filter(Boolean).join(' ')].filter(Boolean),
    ...(own ? [`${own.label}: ${own.url}`] : []),
    '',
  ])
  const end = link ? [`${link.label}: ${link.url}`, ''] : []
  return { subject: headline, text: [`${about}, ${minute(notice.at)}`, '', ...told, ...end].join('\n') }
}

/** `2026-06-01 12:00 UTC` */
function minute(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`
}
