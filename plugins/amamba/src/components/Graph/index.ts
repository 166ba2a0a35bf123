export * from './geometry';
export { GraphBar, LIST_ABOVE } from './GraphBar';
export { GraphCanvas, type NodeContent } from './GraphCanvas';
export { layoutLayers } from './layers';
