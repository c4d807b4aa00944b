// Failure messages and stack traces are encrypted like any payload. CommonJS: the SDK loads it by its path.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
