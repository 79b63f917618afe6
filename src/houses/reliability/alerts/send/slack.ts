import type { Notice } from '../notice.ts'
import { sentBy } from './answers.ts'
import type { Letter, SendContext, Sent } from './letter.ts'
import { type Line, wordingOf } from './wording.ts'

/** Sections of one message; Slack takes 50 blocks ("Reference: blocks"). */
const MOST = 20

/** Posts to an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/). */
export async function sendToSlack({ notice, address }: Letter, { intake }: SendContext): Promise<Sent> {
  const body = JSON.stringify(slackMessage(notice))
  return sentBy('Slack', () => intake.post({ url: address, headers: { 'content-type': 'application/json' }, body }))
}

/** Marks before what is told. */
const MARKS: Record<Line['mark'], string> = {
  page: ':rotating_light:',
  ticket: ':warning:',
  over: ':white_check_mark:',
  worse: ':small_red_triangle:',
  better: ':large_green_circle:',
  changed: ':small_blue_diamond:',
}

/** The text stands for the message where blocks cannot be shown: in notifications. */
export function slackMessage(notice: Notice): { text: string; blocks: unknown[] } {
  const { headline, lines, link } = wordingOf(notice)
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
  const rest = lines.length - MOST
  return {
    text: plain(headline),
    blocks: [
      section(`*${plain(headline)}*`),
      ...lines.slice(0, MOST).map((line) => section(lineText(line))),
      ...(rest > 0 ? [section(`and ${rest} more`)] : []),
      ...(link ? [section(`<${escaped(link.url)}|${link.label}>`)] : []),
    ],
  }
}

function lineText({ mark, text, more, link }: Line): string {
  const words = [text, more].filter(Boolean).join(' ')
  return `${MARKS[mark]} ${plain(words).slice(0, 2_500)}${link ? ` <${escaped(link.url)}|${link.label}>` : ''}`
}

/** An address that ends where it is meant to. */
function escaped(url: string): string {
  return url.replaceAll(/[<>|]/g, encodeURIComponent)
}

/** Slack reads these three itself ("Formatting text for app surfaces", escaping). */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
