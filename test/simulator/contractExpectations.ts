/** For each call of one object, an id that nothing has. */
export const unknowns = {
  "/owners/{ownerId}": "tea-unknown",
  "/projects/{projectId}": "prj-unknown",
  "/environments/{environmentId}": "evm-unknown",
  "/services/{serviceId}": "srv-unknown",
  "/services/{serviceId}/deploys": "srv-unknown",
  "/services/{serviceId}/events": "srv-unknown",
  "/services/{serviceId}/instances": "srv-unknown",
  "/events/{eventId}": "evt-unknown",
  "/blueprints/{blueprintId}": "exs-unknown",
};

const lists = ["/owners", "/projects", "/services", "/blueprints"];
const deploy = "/services/{serviceId}/deploys";

/** The calls and answers that a whole tour must have met, so that a check that never ran cannot pass. */
export const expectedCalls = [
  ...lists.map(list => `GET ${list} 200`),
  ...Object.keys(unknowns).flatMap(template => [`GET ${template} 200`, `GET ${template} 404`]),
  ...["/users", "/environments", "/logs", `${deploy}/{deployId}`].map(template => `GET ${template} 200`),
  ...["201", "202", "400", "404", "409"].map(status => `POST ${deploy} ${status}`),
  ...["200", "400"].map(status => `POST ${deploy}/{deployId}/cancel ${status}`),
  ...["201", "400", "404"].map(status => `POST /services/{serviceId}/rollback ${status}`),
  ...["200", "400"].map(status => `PATCH /services/{serviceId} ${status}`),
  ...["200", "400"].map(status => `POST /blueprints/validate ${status}`),
  ...["suspend 202", "resume 202", "resume 400", "restart 200", "restart 400"].map(
    action => `POST /services/{serviceId}/${action}`,
  ),
  ...[
    "GET /services 401",
    "GET /services 406",
    "GET /services 400",
    "GET /logs 400",
    "GET /logs/subscribe 101",
    "GET /logs/subscribe 400",
    "GET /environments 400",
  ],
  "GET /users 429",
];
export const expectedStatuses = [
  "build_failed",
  "build_in_progress",
  "canceled",
  "deactivated",
  "live",
  "pre_deploy_failed",
  "pre_deploy_in_progress",
  "queued",
  "update_failed",
  "update_in_progress",
];
export const expectedTriggers = [
  "api",
  "deploy_hook",
  "manual",
  "new_commit",
  "rollback",
  "service_resumed",
  "service_updated",
];
export const expectedEvents = [
  "build_ended",
  "build_started",
  "commit_ignored",
  "deploy_ended",
  "deploy_started",
  "image_pull_failed",
  "pipeline_minutes_exhausted",
  "pre_deploy_ended",
  "pre_deploy_started",
  "server_available",
  "server_failed",
  "server_restarted",
  "service_resumed",
  "service_suspended",
  "suspender_added",
  "suspender_removed",
];
