import { endsWords, headline, leftWords, type Notice, type NoticeAlert, wordsOf } from '../notice.ts'
import { sentBy } from './answers.ts'
import type { Letter, SendContext, Sent } from './letter.ts'
import { linkTo } from './link.ts'

/** Sections of one message; Slack takes 50 blocks ("Reference: blocks"). */
const MOST = 20

/** Posts to an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/). */
export async function sendToSlack({ notice, address }: Letter, { intake }: SendContext): Promise<Sent> {
  const body = JSON.stringify(slackMessage(notice))
  return sentBy('Slack', () => intake.post({ url: address, headers: { 'content-type': 'application/json' }, body }))
}

/** The text stands for the message where blocks cannot be shown: in notifications. */
export function slackMessage(notice: Notice): { text: string; blocks: unknown[] } {
  const { alerts } = notice
  const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
  const rest = alerts.length - MOST
  const link = linkTo(notice)
  return {
    text: plain(headline(notice)),
    blocks: [
      section(`*${plain(headline(notice))}*`),
      ...alerts.slice(0, MOST).map((alert) => section(line(alert, wordsOf(notice)))),
      ...(rest > 0 ? [section(`and ${rest} more`)] : []),
      ...(link ? [section(`<${escaped(link)}|Acknowledge or silence>`)] : []),
    ],
  }
}

function line(alert: NoticeAlert, wordsOf: (alert: NoticeAlert) => string): string {
  const mark = alert.event === 'resolved' ? ':white_check_mark:' : alert.severity === 'page' ? ':rotating_light:' : ':warning:'
  const runbook = alert.runbook && alert.event === 'firing' ? ` <${escaped(alert.runbook)}|What to do>` : ''
  const words = [wordsOf(alert), leftWords(alert), endsWords(alert)].filter(Boolean).join(' ')
  return `${mark} ${plain(words).slice(0, 2_500)}${runbook}`
}

/** An address that ends where it is meant to. */
function escaped(url: string): string {
  return url.replaceAll(/[<>|]/g, encodeURIComponent)
}

/** Slack reads these three itself ("Formatting text for app surfaces", escaping). */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
