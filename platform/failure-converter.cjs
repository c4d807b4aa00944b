// Failure messages and stack traces are encrypted like any payload. CommonJS: the SDK loads it by its path.
const { DefaultFailureConverter } = require('@temporalio/common');

const readable = new DefaultFailureConverter();

/**
 * What names ids, events and codes, and never anything of a person, stays readable: that code and history do not fit, by which
 * the replay gate and resets go; and why a repair typed in the Temporal UI was refused, for the UI decodes no failures.
 */
class FailureConverter extends DefaultFailureConverter {
  errorToFailure(error, payloadConverter) {
    return error?.name === 'DeterminismViolationError' || error?.type === 'RepairRefused'
      ? readable.errorToFailure(error, payloadConverter)
      : super.errorToFailure(error, payloadConverter);
  }
}

exports.failureConverter = new FailureConverter({ encodeCommonAttributes: true });
