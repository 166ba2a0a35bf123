module.exports = require('../../scripts/eslint/index.cjs')(__dirname);
