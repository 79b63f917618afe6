import { BlockList, isIP } from 'node:net'
import { Refusal } from '../../core/index.ts'

/** What is no place on the open internet: IANA's special-purpose registry, multicast, and a cloud's address of its own host. */
const SPECIAL_IPV4 = subnets(
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16',
  '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32',
)
/** All of IPv6 that is given out (RFC 4291); what carries an IPv4 address inside lies outside of it, but for the next two. */
const GLOBAL_IPV6 = subnets('2000::/3')
/** IETF protocols with Teredo, documentation, 6to4. */
const SPECIAL_IPV6 = subnets('2001::/23 2001:db8::/32 2002::/16 3fff::/20')

/** Whether an address is one of the open internet, rather than of this machine, this network or a cloud's metadata. */
export function isPublic(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  if (isIP(plain) === 4) return !SPECIAL_IPV4.check(plain, 'ipv4')
  return isIP(plain) === 6 && GLOBAL_IPV6.check(plain, 'ipv6') && !SPECIAL_IPV6.check(plain, 'ipv6')
}

/** Tells which addresses may be reached although they are not public. */
export type Allowed = (address: string) => boolean

/**
 * Reads `ALLOW_PRIVATE_ADDRESSES`: `all`, or addresses and subnets with commas between, `10.0.0.0/8,192.168.7.20`.
 * Refuses anything else, so that a slip of the pen opens nothing.
 */
export function allowedAddresses(text: string | undefined): Allowed {
  const parts = (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  if (parts.includes('all')) return () => true
  let list: BlockList
  try {
    list = subnets(...parts)
  } catch (error) {
    throw new Refusal('outgoing.bad_setting', `ALLOW_PRIVATE_ADDRESSES: ${(error as Error).message}`, {
      fix: 'Write "all", or addresses and subnets with commas between, for example 10.0.0.0/8,192.168.7.20.',
    })
  }
  return (address) => {
    const plain = address.replace(/%.*$/, '')
    return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
  }
}

function subnets(...lines: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of lines.flatMap((line) => line.split(' '))) {
    const [network = '', bits] = subnet.split('/')
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(network) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) throw new Error(`"${subnet}" is not a subnet`)
    list.addSubnet(network, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family)
  }
  return list
}
