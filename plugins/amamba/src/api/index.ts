export {
  amambaApiRef,
  createLazyClient,
  useAmambaApi,
  type AmambaApi,
} from './AmambaApi';
