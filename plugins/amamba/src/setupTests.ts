import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// a busy machine draws slowly
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(180_000);

// jsdom measures no text; the editor asks where it stands
Range.prototype.getClientRects = () => document.body.getClientRects();
