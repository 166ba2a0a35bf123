/**
 * Module of the kubernetes plugin's backend that hands the portal's clusters to Amamba.
 *
 * @packageDocumentation
 */
export { kubernetesModuleAmamba as default } from './module';
