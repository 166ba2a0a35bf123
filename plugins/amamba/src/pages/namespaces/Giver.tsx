import { isEntityRef, Person } from '../../components/Cause';

/** Who gave a namespace or a cluster: a user, linked, or another service by its name. */
export function Giver(props: { who: string }) {
  const { who } = props;
  return isEntityRef(who) ? <Person who={who} /> : <>{who}</>;
}
