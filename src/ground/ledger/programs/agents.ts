import type { Signature } from './signature.ts'

/** Coding agents by the names and addresses they sign with, in author fields and `Co-authored-by` trailers. */
const AGENTS: readonly { agent: string; name?: RegExp; email?: RegExp }[] = [
  { agent: 'aider', name: /^aider\b/, email: /@aider\.chat$/ },
  { agent: 'amp', name: /^amp$/, email: /@ampcode\.com$/ },
  { agent: 'claude', name: /^claude(?: code)?(?: (?:opus|sonnet|haiku)\b.*)?(?:\[bot\])?$/, email: /@anthropic\.com$/ },
  { agent: 'codex', name: /^(?:openai )?codex(?:\[bot\])?$/, email: /^(?:codex|noreply)@openai\.com$/ },
  {
    agent: 'copilot',
    name: /^(?:github )?copilot(?:\[bot\])?$|^copilot-swe-agent(?:\[bot\])?$/,
    email: /[+^]copilot@users\.noreply\.github\.com$|^copilot@github\.com$/,
  },
  { agent: 'cursor', name: /^cursor(?: agent|\[bot\])?$/, email: /@cursor\.(?:com|sh)$/ },
  { agent: 'devin', name: /^devin(?: ai|-ai-integration)(?:\[bot\])?$/, email: /devin-ai-integration\[bot\]@/ },
  { agent: 'gemini', name: /^gemini(?: cli|-code-assist|-cli)?(?:\[bot\])?$/, email: /gemini-cli@google\.com$|gemini-code-assist\[bot\]@/ },
  { agent: 'jules', name: /^google-labs-jules(?:\[bot\])?$/, email: /google-labs-jules\[bot\]@/ },
  { agent: 'openhands', name: /^openhands\b/, email: /@all-hands\.dev$/ },
  { agent: 'windsurf', email: /@windsurf\.com$|@codeium\.com$/ },
]

/** The coding agent a name and address stand for; null for people and other programs. */
export function agentOf({ name, email }: Signature): string | null {
  const plainName = name.trim().toLowerCase()
  const address = email.trim().toLowerCase()
  return AGENTS.find((one) => one.name?.test(plainName) || one.email?.test(address))?.agent ?? null
}
