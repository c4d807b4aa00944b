/** What mends a stuck route: each a section of docs/runbook.md, by its heading there. */
export const repairTitles = {
  retryNow: 'Retry now',
  redo: 'Redo a step',
  skip: 'Skip',
  completeByHand: 'Complete by hand',
  commitments: 'Ask for commitments again',
  places: 'Add places',
  hold: 'Hold a route',
  changeAddress: "Change a partner's address",
  holdPartner: 'Hold a whole partner',
  reset: 'Reset after a bug fix',
  bulk: 'Bulk repair',
  rules: 'Another rule set',
} as const;
