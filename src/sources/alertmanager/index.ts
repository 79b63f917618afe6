/** Reads what Prometheus Alertmanager pushes, and Grafana, which sends the same groups of alerts. */
export { alertmanager } from './alertmanager.ts'
export { grafana } from './grafana.ts'
