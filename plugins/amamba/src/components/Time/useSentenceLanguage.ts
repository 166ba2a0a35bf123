import { useLanguage } from './useLanguage';

/** The language of sentences that come with the contract: those of health and of acts. English where there is no other. */
export function useSentenceLanguage(): 'en' | 'zh' {
  return /^zh\b/i.test(useLanguage()) ? 'zh' : 'en';
}
