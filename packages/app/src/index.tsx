import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import App from './App';
import { preferBrowserLanguage } from './modules/language';
import '@backstage/ui/css/styles.css';

preferBrowserLanguage();
ReactDOM.createRoot(document.getElementById('root')!).render(App.createRoot());
