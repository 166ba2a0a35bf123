export { Ago } from './Ago';
export { Duration, useDurationText, useSpokenDuration } from './Duration';
export { formatExact } from './format';
export { Took } from './Took';
export { useLanguage } from './useLanguage';
export { useSentenceLanguage } from './useSentenceLanguage';
export { useNow } from './useNow';
