import type { KubeEvent, KubeJob, KubePod } from '../objects';

/** What is looked at beside an object. What is absent is not known, and never counts against the object. */
export interface HealthContext {
  /** milliseconds since 1970 */
  readonly now: number;
  /** events of the objects at hand; without them some reasons stay unnamed */
  readonly events?: readonly KubeEvent[];
  /** of a workload its own pods; of a Service those of its namespace */
  readonly pods?: readonly KubePod[];
  /** of a CronJob its jobs */
  readonly jobs?: readonly KubeJob[];
  /** of an Ingress the names of the Services in its namespace */
  readonly services?: ReadonlySet<string>;
  /** names of the cluster's ingress classes */
  readonly ingressClasses?: ReadonlySet<string>;
}
