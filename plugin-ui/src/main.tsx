import '@fontsource-variable/open-sans/wght.css';
import '@patternfly/react-core/dist/styles/base.css';
import './theme/theme.css';
import './theme/layout.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { chooseHost } from './host/choose';
import { speak } from './i18n';

const root = document.getElementById('console');
if (root) {
  const host = chooseHost();
  void speak(host.locale()).then(() =>
    createRoot(root).render(
      <StrictMode>
        <App host={host} />
      </StrictMode>,
    ),
  );
}
