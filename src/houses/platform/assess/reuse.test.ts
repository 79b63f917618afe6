import { describe, expect, it } from 'vitest'
import { busiestArea } from './area.ts'
import { capabilitiesIn, type ComponentFacts, needsIn } from './reuse.ts'

function component(name: string, more: Partial<ComponentFacts> = {}): ComponentFacts {
  return {
    ref: `component:default/${name}`,
    title: name,
    owner: `group:default/${name}-team`,
    provides: [],
    platform: false,
    dependsOn: [],
    providesApis: [],
    consumesApis: [],
    ...more,
  }
}
const payments = component('payments', { provides: ['payments'], platform: true })
const cart = component('cart', { dependsOn: [payments.ref] })

describe('reuse of the platform', () => {
  it('counts a need as met when a component uses the shared provider', () => {
    expect(needsIn([payments, cart])).toEqual([{ component: cart.ref, capability: 'payments', met: true, providers: [payments.ref] }])
  })

  it('counts a component that builds its own beside the shared one as not met, even when it uses both', () => {
    const rebel = component('rebel', { provides: ['payments'], dependsOn: [payments.ref] })
    expect(needsIn([payments, rebel])).toEqual([{ component: rebel.ref, capability: 'payments', met: false, providers: [payments.ref] }])
  })

  it('does not blame the first who builds what nobody else provides', () => {
    expect(needsIn([component('pioneer', { provides: ['search'] })])).toEqual([])
  })

  it('blames both when the same capability is built twice and nobody shares it', () => {
    const twice = [component('a', { provides: ['search'] }), component('b', { provides: ['search'] })]
    expect(needsIn(twice).map(({ component, met }) => [component, met])).toEqual([
      ['component:default/a', false],
      ['component:default/b', false],
    ])
  })

  it('takes a provider as shared when another owner uses it, by dependency or by API, and not when only its own team does', () => {
    const byApi = component('mail', { provides: ['mail'], providesApis: ['api:default/mail'] })
    const reader = component('reader', { consumesApis: ['api:default/mail'] })
    expect(capabilitiesIn([byApi, reader])[0]!.providers[0]).toEqual({ ref: byApi.ref, shared: true, users: [reader.ref] })
    const sibling = component('sibling', { owner: byApi.owner, dependsOn: [byApi.ref] })
    expect(capabilitiesIn([byApi, sibling])[0]!.providers[0]!.shared).toBe(false)
    expect(needsIn([byApi, sibling])).toEqual([])
    const shared = component('post', { provides: ['mail'], platform: true })
    expect(needsIn([byApi, sibling, shared]).map(({ component: ref, met }) => [ref, met])).toEqual([
      [byApi.ref, false],
      [sibling.ref, false],
    ])
  })
})

describe('the busiest area', () => {
  it('is the folder most commits touch, one level deeper when one folder takes nearly all', () => {
    expect(
      busiestArea(
        [
          { area: 'docs', commits: 4 },
          { area: 'api', commits: 5 },
        ],
        [{ area: 'api/x', commits: 5 }],
        10,
      ),
    ).toEqual({ area: 'api', commits: 5 })
    expect(
      busiestArea(
        [{ area: 'src', commits: 9 }],
        [
          { area: 'src/web', commits: 6 },
          { area: 'docs/x', commits: 8 },
        ],
        10,
      ),
    ).toEqual({ area: 'src/web', commits: 6 })
  })

  it('is not known when nothing lies in a folder', () => {
    expect(busiestArea([], [], 10)).toBeNull()
  })
})
