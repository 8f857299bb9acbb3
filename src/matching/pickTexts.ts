/** What a person reads in a list of services. */

/** What the list is for. @param purpose to follow "to": "deploy" */
export function pickText(purpose: string): string {
  return `Choose the service to ${purpose} (type to filter)`;
}

/** Above the services that match what is open. */
export const matchingHeading = "this workspace";

/** The row that loads the services once more. */
export const tryAgain = "Try again";

/** In place of services where the account has none. */
export const noServices = {
  label: "This API key sees no services.",
  detail: "Create one in the Render Dashboard, then refresh.",
};

/** Behind the place of a service that is suspended. */
export const suspendedText = "suspended";
