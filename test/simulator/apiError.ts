/** Thrown by a route to answer with an error. The texts are the simulator's own: Render's are mostly unknown. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** @param status the HTTP status to answer with */
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The one error text that was recorded from Render itself. */
export function notFound(id: string): ApiError {
  return new ApiError(404, `not found: ${id}`);
}
