import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// a busy machine draws slowly
configure({ asyncUtilTimeout: 5000 });
jest.setTimeout(30_000);
